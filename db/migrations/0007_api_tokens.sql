-- Who may come in by the web server, besides the one token of the settings. A token itself is nowhere: its
-- digest tells it again.
create table api_token (
    name text primary key,
    digest bytea not null unique,
    scope text not null check (scope in ('read', 'write')),
    created_at timestamptz not null,
    revoked_at timestamptz
);
