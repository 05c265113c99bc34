-- Runs that were asked for over the API, before they begin: the same key asks for the same run, always.
create table run_trigger (
    run_id text primary key,
    caller text not null,
    key text,
    asked jsonb not null,
    created_at timestamptz not null,
    unique (caller, key)
);
create index on run_trigger (created_at);
create index on outreach_run (created_at) where finished_at is null;
