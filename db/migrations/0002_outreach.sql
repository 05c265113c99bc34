-- The system's own records (SPEC section 4) and the promises that PostgreSQL carries.

create table outreach_run (
    id text primary key,
    created_at timestamptz not null,
    week_start date not null,
    planned integer not null,
    started integer not null default 0,
    passed_over jsonb not null default '[]',
    finished_at timestamptz
);

create table outreach_cycle (
    id text collate "C" primary key,
    role_id text collate "C" not null references role,
    company_id text collate "C" not null references company,
    run_id text references outreach_run,
    parent_cycle_id text collate "C" references outreach_cycle,
    generation integer not null,
    urgent boolean not null,
    status text not null check (status in ('waiting', 'active', 'held', 'closed')),
    stage text check (stage in ('initial', 'follow_up_1', 'follow_up_2', 'follow_up_3')),
    outcome text check (outcome in ('responded', 'no_response', 'undeliverable', 'role_closed',
                                    'withdrawn', 'stopped', 'not_admitted')),
    waiting_for text,
    next_action_at timestamptz,
    created_at timestamptz not null,
    closed_at timestamptz,
    ordinal bigint generated always as identity,
    wait_until timestamptz,
    slot_week date,
    admitted_run_id text references outreach_run,
    specialist_id text collate "C",
    subject text,
    held_reason text,
    held_until timestamptz,
    responded_at timestamptz,
    returned boolean not null default false,
    moved_on_at timestamptz,
    check ((status = 'closed') = (outcome is not null)),
    check ((status = 'closed') = (closed_at is not null)),
    check ((status = 'held') = (held_reason is not null))
);
create unique index one_open_cycle_per_role on outreach_cycle (role_id) where status <> 'closed';
create index cycle_by_role on outreach_cycle (role_id, ordinal desc);
create index cycle_by_company on outreach_cycle (company_id) where status <> 'closed';
create index cycle_waiting on outreach_cycle (company_id, id) where status = 'waiting';
create index cycle_by_run on outreach_cycle (run_id, id);
create index cycle_by_admitting_run on outreach_cycle (admitted_run_id, id);
create index cycle_by_parent on outreach_cycle (parent_cycle_id);
create index cycle_open_by_time on outreach_cycle (next_action_at) where status <> 'closed';

create table candidate_outreach_history (
    candidate_id text collate "C" not null references candidate,
    role_id text collate "C" not null references role,
    cycle_id text collate "C" not null references outreach_cycle,
    cycle_number integer not null,
    status text not null check (status in ('claimed', 'pitched', 'responded', 'no_response',
                                           'declined', 'placed', 'withdrawn', 'released')),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    responded_at timestamptz,
    primary key (cycle_id, candidate_id)
);
-- R9: nobody is pitched for the same role twice.
create unique index never_twice on candidate_outreach_history (candidate_id, role_id)
    where status <> 'released';
create index pitch_by_candidate on candidate_outreach_history (candidate_id, cycle_id);
create index pitch_by_role on candidate_outreach_history (role_id) where status = 'responded';

create table email_limiter (
    company_id text collate "C" not null references company,
    week_start date not null,
    used integer not null check (used >= 0),
    weekly_limit integer not null,
    primary key (company_id, week_start)
);

create table outreach_log (
    id bigint generated always as identity primary key,
    cycle_id text collate "C" not null references outreach_cycle,
    role_id text collate "C" not null references role,
    company_id text collate "C" not null references company,
    stage text not null check (stage in ('initial', 'follow_up_1', 'follow_up_2', 'follow_up_3')),
    status text not null check (status in ('sending', 'sent', 'uncertain', 'failed', 'skipped')),
    urgent boolean not null,
    sender text not null,
    recipients text[] not null,
    contact_ids text[] not null,
    candidate_ids text[] not null,
    refused jsonb not null default '{}',
    deferred jsonb not null default '{}',
    subject text not null,
    text text not null,
    html text not null,
    message_id text not null,
    in_reply_to text,
    template text not null,
    variant text not null,
    created_at timestamptz not null,
    in_flight_since timestamptz,
    attempts integer not null default 0,
    sent_at timestamptz,
    uncertain_at timestamptz,
    response_received_at timestamptz,
    resend boolean not null default false,
    service_id text not null default '',
    error text
);
-- R10: one row, so one Message-ID, per stage of a cycle.
create unique index one_email_per_stage on outreach_log (cycle_id, stage);
create unique index one_message_id on outreach_log (message_id);
create index email_in_flight on outreach_log (in_flight_since) where in_flight_since is not null;
create index email_by_time on outreach_log (sent_at);

create table follow_up_task (
    id bigint generated always as identity primary key,
    cycle_id text collate "C" not null references outreach_cycle,
    stage text not null check (stage in ('follow_up_1', 'follow_up_2', 'follow_up_3', 'next_roles')),
    due_at timestamptz not null,
    status text not null check (status in ('pending', 'done', 'cancelled')),
    completed_at timestamptz,
    unique (cycle_id, stage)
);
create index task_due on follow_up_task (due_at) where status = 'pending';

-- Everything that happened to a cycle, in words that a person reads with `show`.
create table cycle_event (
    id bigint generated always as identity primary key,
    cycle_id text collate "C" not null references outreach_cycle,
    at timestamptz not null,
    kind text not null,
    detail text not null default ''
);
create index event_by_cycle on cycle_event (cycle_id, id);

-- R13: a refined bio, kept once per (candidate, role, source text, prompt version, model).
create table candidate_bio (
    candidate_id text collate "C" not null references candidate,
    role_id text collate "C" not null references role,
    source_hash text not null,
    prompt_version text not null,
    model text not null,
    text text not null,
    created_at timestamptz not null,
    primary key (candidate_id, role_id, source_hash, prompt_version, model)
);

-- One row: the switch that `hold-all` turns (SPEC section 6).
create table control (
    only_row boolean primary key default true check (only_row),
    hold_all boolean not null default false,
    changed_at timestamptz
);
insert into control default values;

-- A waiting cycle with nobody left to put forward: it ends at the next booking (R15).
create function is_deserted(cycle text, today date) returns boolean
language sql stable as $$
    select not exists (select from candidate_outreach_history h
                       join candidate_now c on c.id = h.candidate_id
                       where h.cycle_id = cycle and h.status in ('claimed', 'pitched')
                         and c.status = 'available' and c.start_date >= today)
$$;

-- R1, once: what speaks against pitching a role, the first that applies; NULL means pitchable.
-- `waiting_cycle_id` names the cycle that waits for the role's slot: it asks in the role's place (R4).
-- `lifted` names the roles that a person asks for although their last cycle was stopped.
create function role_standing(today date, zone text, reply_expiry_days integer, role_rest_days integer,
                              lifted text[])
returns table (role_id text, company_id text, waiting_cycle_id text, reason text)
language sql stable as $$
    select r.id, r.company_id,
           case when o.status = 'waiting' then o.id end,
           case
               when c.suppressed then 'company_suppressed'
               when not exists (select from partner_contact p where p.company_id = c.id)
                   then 'no_partner_contact'
               when c.specialist_id is null and not exists (select from specialist s where s.is_default)
                   then 'no_specialist'
               when o.status = 'waiting' then null
               when last.outcome = 'stopped' and r.id <> all(lifted) then 'stopped'
               when o.id is not null then 'open_cycle'
               when exists (select from candidate_outreach_history h
                            where h.role_id = r.id and h.status = 'responded'
                              and (h.responded_at at time zone zone)::date > today - reply_expiry_days)
                   then 'awaiting_outcome'
               when role_rest_days > 0 and last.outcome = 'no_response'
                    and (last.closed_at at time zone zone)::date > today - role_rest_days
                   then 'resting'
           end
    from role r
    join company_now c on c.id = r.company_id
    left join outreach_cycle o on o.role_id = r.id and o.status <> 'closed'
                              and not (o.status = 'waiting' and is_deserted(o.id, today))
    left join lateral (select y.outcome, y.closed_at from outreach_cycle y
                       where y.role_id = r.id order by y.ordinal desc limit 1) last on true
    where r.status = 'open' and not exists (select from role_change x where x.role_id = r.id)
$$;

-- A live pitch holds a candidate's attention (SPEC section 2): its cycle is open, or it was answered,
-- has no outcome yet and has not expired.
create function live_pitches(today date, zone text, reply_expiry_days integer)
returns table (candidate_id text, cycle_id text)
language sql stable as $$
    select h.candidate_id, h.cycle_id
    from outreach_cycle y
    join candidate_outreach_history h on h.cycle_id = y.id and h.status in ('claimed', 'pitched')
    where y.status <> 'closed'
    union all
    select h.candidate_id, h.cycle_id
    from candidate_outreach_history h
    where h.status = 'responded' and (h.responded_at at time zone zone)::date > today - reply_expiry_days
$$;
