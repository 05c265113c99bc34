-- name: tokens
select name, digest, scope, created_at, revoked_at from api_token order by name

-- name: put
-- A name that is in use stays whose it is; a revoked one may be given anew.
insert into api_token (name, digest, scope, created_at) values (:name, :digest, :scope, :now)
on conflict (name) do update set digest = excluded.digest, scope = excluded.scope,
    created_at = excluded.created_at, revoked_at = null
    where api_token.revoked_at is not null
returning name

-- name: revoke
update api_token set revoked_at = :now where name = :name and revoked_at is null returning name

-- name: session_key
select token_key from control
