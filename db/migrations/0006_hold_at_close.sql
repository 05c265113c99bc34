-- An answer that is taken back leaves a thread as it was: held, where it was held.
alter table outreach_cycle
    add column held_at_close text,
    add column held_at_close_until timestamptz;

update outreach_cycle y set held_at_close = 'person'
where y.outcome = 'responded'
  and 'person' = (select e.detail from cycle_event e
                  where e.cycle_id = y.id and e.kind in ('held', 'released')
                  order by e.id desc limit 1);
