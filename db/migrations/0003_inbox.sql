-- What comes back (mail, and what mail services tell), and what follows from it.

-- Everything that came in, exactly as it came, before anything is made of it; nothing is ever dropped.
create table inbox (
    id bigint generated always as identity primary key,
    key text not null unique,
    form text not null check (form in ('mail', 'event')),
    source text not null,
    raw bytea not null,
    envelope_to text[] not null default '{}',
    to_fetch text not null default '',
    received_at timestamptz not null,
    status text not null default 'stored' check (status in ('stored', 'unmatched', 'attached', 'set_aside')),
    kind text not null default '',
    sender text not null default '',
    sender_name text not null default '',
    subject text not null default '',
    text text not null default '',
    message_id text,
    mail jsonb not null default '{}',
    cycle_id text collate "C" references outreach_cycle,
    log_id bigint references outreach_log,
    matched_by text,
    effect text not null default '',
    addresses text[] not null default '{}',
    processed_at timestamptz,
    told_at timestamptz,
    attempts integer not null default 0,
    error text,
    check ((status = 'attached') = (cycle_id is not null))
);
create index inbox_by_cycle on inbox (cycle_id, id);
create index inbox_for_a_person on inbox (id) where status = 'unmatched';
create index inbox_unfinished on inbox (id)
    where status = 'stored' or (told_at is null and (status = 'attached' or addresses <> '{}'));

-- What a specialist is told by e-mail: one row and one Message-ID each, sent by a workflow of its own.
create table notice (
    id bigint generated always as identity primary key,
    inbox_id bigint not null unique references inbox,
    cycle_id text collate "C" not null references outreach_cycle,
    created_at timestamptz not null,
    message_id text unique,
    recipient text,
    subject text,
    text text,
    in_flight_since timestamptz,
    sent_at timestamptz,
    given_up_at timestamptz,
    attempts integer not null default 0,
    error text
);
create index notice_unsent on notice (id) where sent_at is null and given_up_at is null;

-- Where reading a mailbox goes on.
create table mailbox_position (
    mailbox text primary key,
    uid_validity bigint not null,
    last_uid bigint not null,
    updated_at timestamptz not null
);

-- Signs reply addresses and the links of opt-outs; made once, shared by every worker.
alter table control add token_key bytea not null
    default sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'));
create unique index cycle_by_ordinal on outreach_cycle (ordinal);

-- Addresses whose delivery failed after a server had accepted the e-mail, with the words of the bounce.
alter table outreach_log add bounced jsonb not null default '{}', add delivered_at timestamptz;
create function lowered(texts text[]) returns text[] language sql immutable strict parallel safe
    return array(select lower(one) from unnest(texts) one);
create index email_by_recipient on outreach_log using gin (lowered(recipients));
create index email_by_service_id on outreach_log (service_id) where service_id <> '';

-- R8, outcomes: `declined` and `placed` are a pitch's status; an interview keeps it live.
alter table candidate_outreach_history
    add interview_at timestamptz,
    add outcome_at timestamptz,
    add moved_on_at timestamptz;

-- A person can take a suppression back; it stays on record.
alter table suppressed_address add lifted_at timestamptz;

create or replace view partner_contact as
select p.id, p.company_id, p.first_name, p.last_name, p.email
from contact p
where p.active and p.layout_name = 'partner' and p.email ~ '^[^@[:space:]]+@[^@[:space:]]+$'
  and not exists (select from suppressed_address s where s.address = lower(p.email) and s.lifted_at is null);

-- R1 as before, but a waiting cycle whose company has just answered goes on waiting: it asks for no slot
-- until its `held_until` has passed. An interview restarts the days in which an outcome is awaited.
create or replace function role_standing(today date, zone text, reply_expiry_days integer,
                                         role_rest_days integer, lifted text[])
returns table (role_id text, company_id text, waiting_cycle_id text, reason text)
language sql stable as $$
    select r.id, r.company_id,
           case when o.status = 'waiting' and not waits_on then o.id end,
           case
               when c.suppressed then 'company_suppressed'
               when not exists (select from partner_contact p where p.company_id = c.id)
                   then 'no_partner_contact'
               when c.specialist_id is null and not exists (select from specialist s where s.is_default)
                   then 'no_specialist'
               when o.status = 'waiting' and not waits_on then null
               when last.outcome = 'stopped' and r.id <> all(lifted) then 'stopped'
               when o.id is not null then 'open_cycle'
               when exists (select from candidate_outreach_history h
                            where h.role_id = r.id and h.status = 'responded'
                              and (coalesce(h.interview_at, h.responded_at) at time zone zone)::date
                                  > today - reply_expiry_days)
                   then 'awaiting_outcome'
               when role_rest_days > 0 and last.outcome = 'no_response'
                    and (last.closed_at at time zone zone)::date > today - role_rest_days
                   then 'resting'
           end
    from role r
    join company_now c on c.id = r.company_id
    left join outreach_cycle o on o.role_id = r.id and o.status <> 'closed'
                              and not (o.status = 'waiting' and is_deserted(o.id, today))
    left join lateral (select coalesce((o.held_until at time zone zone)::date > today, false) as waits_on) w
                   on true
    left join lateral (select y.outcome, y.closed_at from outreach_cycle y
                       where y.role_id = r.id order by y.ordinal desc limit 1) last on true
    where r.status = 'open' and not exists (select from role_change x where x.role_id = r.id)
$$;

create or replace function live_pitches(today date, zone text, reply_expiry_days integer)
returns table (candidate_id text, cycle_id text)
language sql stable as $$
    select h.candidate_id, h.cycle_id
    from outreach_cycle y
    join candidate_outreach_history h on h.cycle_id = y.id and h.status in ('claimed', 'pitched')
    where y.status <> 'closed'
    union all
    select h.candidate_id, h.cycle_id
    from candidate_outreach_history h
    where h.status = 'responded'
      and (coalesce(h.interview_at, h.responded_at) at time zone zone)::date > today - reply_expiry_days
$$;
