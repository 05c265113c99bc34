-- What analytics ask of every thread, on its cycle's own row: when a server accepted its first e-mail, with
-- which variant of the letter, and after which stage it was answered.
alter table outreach_cycle
    add column begun_at timestamptz,
    add column variant text,
    add column answered_stage text
        check (answered_stage in ('initial', 'follow_up_1', 'follow_up_2', 'follow_up_3'));

-- An e-mail that was answered has arrived, even if nobody knows how its hand-over ended.
update outreach_cycle y
set begun_at = coalesce(l.sent_at, l.uncertain_at), variant = l.variant
from outreach_log l
where l.cycle_id = y.id and l.stage = 'initial' and (l.sent_at is not null or y.responded_at is not null);

update outreach_cycle y
set answered_stage = coalesce((select l.stage from outreach_log l
                               where l.cycle_id = y.id and l.sent_at <= y.responded_at
                               order by l.id desc limit 1), 'initial')
where y.responded_at is not null;

create index cycle_begun on outreach_cycle (begun_at) where begun_at is not null;
create index email_bounced on outreach_log (cycle_id) where bounced <> '{}';
