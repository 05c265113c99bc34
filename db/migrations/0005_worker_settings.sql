-- What each worker that runs was told: who launches is told what workers do, not what the command's own
-- settings say. No secret stands here. The times are this server's, so that machines need not agree on one.
create table worker_settings (
    id text primary key,
    task_queue text not null,
    told jsonb not null,
    started_at timestamptz not null default now(),
    beat_at timestamptz not null default now()
);
