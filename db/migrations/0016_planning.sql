-- R1 as before, read faster. A waiting cycle with nobody left to put forward asks for nothing: it ends at the
-- next booking (R15). A role's last cycle is looked up where none is open: an open one is the last, or one that
-- a person opened again, which stands whatever came after it.
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
                              and coalesce(h.interview_at, h.responded_at)
                                  > (today - reply_expiry_days)::timestamp at time zone 'UTC' - interval '1 day'
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
                              and (o.status <> 'waiting'
                                   or exists (select from (select h.candidate_id
                                                           from candidate_outreach_history h
                                                           where h.cycle_id = o.id
                                                             and h.status in ('claimed', 'pitched') offset 0) h
                                              join candidate_now n on n.id = h.candidate_id
                                              where n.status = 'available' and n.start_date >= today))
    left join lateral (select coalesce((o.held_until at time zone zone)::date > today, false) as waits_on) w
                   on true
    left join lateral (select y.outcome, y.closed_at from outreach_cycle y
                       where o.id is null and y.role_id = r.id order by y.ordinal desc limit 1) last on true
    where r.status = 'open' and not exists (select from role_change x where x.role_id = r.id)
$$;

drop function is_deserted;

-- A candidate's score for one role is read from the index alone.
alter table match drop constraint match_pkey, add primary key (candidate_id, role_id) include (score);
