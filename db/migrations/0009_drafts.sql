-- Letters that wait for a person's word (OUTREACH_APPROVAL), and what was decided about them.

create table draft (
    id bigint generated always as identity primary key,
    cycle_id text collate "C" not null references outreach_cycle,
    stage text not null check (stage in ('initial', 'follow_up_1', 'follow_up_2', 'follow_up_3')),
    status text not null default 'waiting' check (status in ('waiting', 'approved', 'refused', 'outdated')),
    created_at timestamptz not null,
    urgent boolean not null,
    forced boolean not null,
    sender text not null,
    recipients text[] not null,
    contact_ids text[] not null,
    candidate_ids text[] not null,
    subject text not null,
    text text not null,
    html text not null,
    closing text not null,
    hash text not null,
    source_hash text not null,
    edited boolean not null default false,
    decided_by text,
    decided_at timestamptz,
    note text not null default '',
    check ((decided_at is null) = (decided_by is null)),
    check (status not in ('approved', 'refused') or decided_at is not null)
);
create unique index one_waiting_draft on draft (cycle_id) where status = 'waiting';
create index draft_by_cycle on draft (cycle_id, id desc);
create index draft_waiting on draft ((not urgent), created_at, id) where status = 'waiting';

-- A person took the candidate out of this cycle before its first e-mail: no top-up brings them back to it.
alter table candidate_outreach_history add column dropped boolean not null default false;
create index pitch_dropped on candidate_outreach_history (candidate_id, role_id) where dropped;
