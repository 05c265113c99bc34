-- What people read: lists, records, today. And companies that nobody writes to by a person's word (R1).

create index cycle_of_company on outreach_cycle (company_id, ordinal desc);
create index cycle_answered on outreach_cycle (company_id, responded_at) where responded_at is not null;
create index cycle_held on outreach_cycle (id) where status = 'held';
create index cycle_not_moved_on on outreach_cycle (closed_at) where status = 'closed' and moved_on_at is null;
create index email_by_company on outreach_log (company_id, stage, sent_at) where sent_at is not null;
create index email_by_cycle on outreach_log (cycle_id, sent_at) where sent_at is not null;
create index email_unsettled on outreach_log (cycle_id) where status in ('sending', 'uncertain');
create index inbox_by_time on inbox (received_at);
create index pitch_put_forward on candidate_outreach_history (cycle_id, candidate_id)
    where status in ('claimed', 'pitched');
drop index pitch_by_candidate;
create index pitch_by_candidate on candidate_outreach_history (candidate_id, cycle_id) include (role_id, status);
create index pitch_answered on candidate_outreach_history (coalesce(interview_at, responded_at))
    where status = 'responded';
create index run_by_time on outreach_run (created_at desc, id desc);

-- As before; that an answer is younger than some instant comes first, for the index.
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
      and coalesce(h.interview_at, h.responded_at)
          > (today - reply_expiry_days)::timestamp at time zone 'UTC' - interval '1 day'
      and (coalesce(h.interview_at, h.responded_at) at time zone zone)::date > today - reply_expiry_days
$$;

-- A person can take a company's suppression back; it stays on record.
alter table suppressed_company add lifted_at timestamptz;

create or replace view company_now as
select c.id, c.name, c.industry, c.website, c.time_zone, c.specialist_id, c.weekly_limit,
       c.suppressed or x.company_id is not null as suppressed
from company c left join suppressed_company x on x.company_id = c.id and x.lifted_at is null;

-- R1, R11: nobody at a suppressed company is written to, whatever address they have.
create or replace view partner_contact as
select p.id, p.company_id, p.first_name, p.last_name, p.email
from contact p
where p.active and p.layout_name = 'partner' and p.email ~ '^[^@[:space:]]+@[^@[:space:]]+$'
  and not exists (select from suppressed_address s where s.address = lower(p.email) and s.lifted_at is null)
  and not exists (select from company_now c where c.id = p.company_id and c.suppressed);
