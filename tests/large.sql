-- Fills a migrated, empty database (tests/large.py says with how much). What happened is drawn by arithmetic
-- from the numbers of role and round: the same world every time. Round 0 of a role is its open cycle, round
-- k was begun about k months ago. Cycles (r, k) and (r - 1, k + 1) put the same candidates forward, so that
-- the later one can come from the earlier one (R8).

create function pg_temp.ask(name text) returns bigint language sql stable as
    $$ select current_setting('large.' || name)::bigint $$;
create function pg_temp.moment() returns timestamptz language sql stable as
    $$ select current_setting('large.now')::timestamptz $$;
create function pg_temp.dice(a bigint, b bigint, salt bigint, sides bigint) returns int
language sql immutable as
    $$ select ((((a * 7919 + b * 104729 + salt * 15485863 + 12345) % 2147483647) * 48271 % 2147483647)
               * 16807 % 2147483647 % sides)::int $$;
create function pg_temp.pick(words text[], number bigint) returns text language sql immutable as
    $$ select words[1 + number % cardinality(words)] $$;
create function pg_temp.stage(number bigint) returns text language sql immutable as
    $$ select (array['initial', 'follow_up_1', 'follow_up_2', 'follow_up_3', 'next_roles'])[number + 1] $$;

-- part: records
insert into specialist (id, name, email, title, phone, is_default)
select 's' || lpad(n::text, 2, '0'), pg_temp.pick(firsts, n * 5) || ' ' || pg_temp.pick(lasts, n * 3),
       'specialist.' || n || '@beyond.example', 'Partnership Specialist', '+44 20 7946 00' || n, n = 10
from generate_series(10, 21) n,
     (values (array['Sofia', 'James', 'Amara', 'Luis', 'Ingrid', 'Kenji', 'Noor'],
              array['Marsh', 'O''Neill', 'Okafor', 'Prieto', 'Lind', 'Mori', 'Haddad'])) w(firsts, lasts);

insert into company (id, name, industry, website, time_zone, specialist_id, suppressed)
select 'c' || lpad(n::text, 4, '0'),
       pg_temp.pick(starts, n) || ' ' || pg_temp.pick(ends, n / cardinality(starts)),
       pg_temp.pick(industries, pg_temp.dice(n, 0, 1, 1000)), 'https://c' || n || '.example',
       pg_temp.pick(zones, pg_temp.dice(n, 0, 2, 1000)),
       case when n % 9 > 0 then 's' || (10 + pg_temp.dice(n, 0, 3, 12)) end,
       n > pg_temp.ask('companies') - 3 and n > 30
from generate_series(1, pg_temp.ask('companies')) n,
     (values (array['Acme', 'Northwind', 'Blue Harbour', 'Cedar', 'Lumen', 'Orbit', 'Quarry', 'Willow', 'Atlas',
                    'Beacon', 'Copper', 'Delta', 'Ember', 'Fjord', 'Granite', 'Halcyon', 'Iris', 'Juniper',
                    'Kestrel', '100% Green'],
              array['Robotics', 'Clinics', '& Sons', 'Logistics', 'Analytics', 'Media', 'Foods', 'Energy',
                    'Partners', 'Studios', 'Systems', 'Labs', 'Capital', 'Travel', 'Textiles', 'Games'],
              array['Software', 'Healthcare', 'Logistics', 'Finance', 'Media', 'Energy', 'Education', 'Retail'],
              array['Europe/London', 'America/New_York', 'Asia/Tokyo', 'Europe/Berlin', null])
     ) w(starts, ends, industries, zones);

insert into contact (id, company_id, first_name, last_name, email, layout_name)
select 'k' || lpad(n::text, 4, '0') || '-' || i, 'c' || lpad(n::text, 4, '0'),
       pg_temp.pick(firsts, n * 3 + i), pg_temp.pick(lasts, n + i * 5),
       'contact.' || i || '@c' || n || '.example', case when i < 4 then 'partner' else 'billing' end
from generate_series(1, pg_temp.ask('companies') - 1) n,
     lateral generate_series(1, 1 + pg_temp.dice(n, 0, 4, 4)) i,
     (values (array['Ana', 'Tom', 'Li', 'Olga', 'Priya', 'Marco', 'Yuki', 'Fatima', 'Sven', 'Chloé'],
              array['Reed', 'Wei', 'Souza', 'Petrova', 'Shah', 'Rossi', 'Sató', 'Diallo', 'Berg'])
     ) w(firsts, lasts);

-- Some companies have many roles, most have few; the last ones have none.
insert into role (id, company_id, title, industry, location, description, status)
select 'r' || lpad(n::text, 5, '0'), c.id, pg_temp.pick(titles, pg_temp.dice(n, 0, 5, 1000)) || ' Intern',
       c.industry, pg_temp.pick(cities, pg_temp.dice(n, 0, 6, 1000)), 'Learn from people who care.',
       case when n >= pg_temp.ask('open') and n % 5 = 0 then 'filled'
            when n >= pg_temp.ask('open') and n % 5 = 1 then 'closed' else 'open' end
from generate_series(0, pg_temp.ask('roles') - 1) n
join company c on c.id = 'c' || lpad((1 + floor((pg_temp.ask('companies') - 6)
        * power((n * 1327 % pg_temp.ask('roles'))::float8 / pg_temp.ask('roles'), 1.5)))::text, 4, '0'),
     (values (array['Data Analyst', 'Web Developer', 'Fleet Planner', 'Care Coordinator', 'Port Operations',
                    'UX Designer', 'Financial Modelling', 'Copywriter', 'Energy Auditor', 'Lab Assistant',
                    'C++ Developer', 'Event Manager', 'Translator (EN_FR)', 'Game Tester'],
              array['London', 'New York', 'Tokyo', 'Berlin', 'Remote', 'Barcelona'])) w(titles, cities);

-- The first are to be had, the last tenth was placed, was withdrawn, or should have started.
insert into candidate (id, first_name, last_name, email, bio, skills, interests, university, visa_required,
                       start_date, end_date, status)
select 'p' || lpad(n::text, 5, '0'), pg_temp.pick(firsts, n), pg_temp.pick(lasts, n / 7),
       'candidate.' || n || '@students.example', 'Built a timetable app that 300 students use.',
       array['Python', 'SQL', pg_temp.pick(array['R', 'Figma', 'Excel', 'C++', 'Spanish'], n)],
       array['climbing', 'chess'], 'University of ' || pg_temp.pick(array['Leeds', 'Lagos', 'Lund'], n),
       pg_temp.dice(n, 0, 7, 10) < 4, start, start + 90,
       case when gone = 0 then 'placed' when gone = 1 then 'withdrawn' else 'available' end
from generate_series(0, pg_temp.ask('candidates') - 1) n
cross join lateral (select case when n >= pg_temp.ask('available') then n % 3 end as gone) g
cross join lateral (select pg_temp.moment()::date + case when gone = 2 then -1 - pg_temp.dice(n, 0, 8, 60)
                                                 else 5 + pg_temp.dice(n, 0, 8, 295) end as start) s,
     (values (array['Ada', 'Bela', 'Chidi', 'Dara', 'Emil', 'Farah', 'Goran', 'Hana', 'Ivo', 'Jia', 'Kofi'],
              array['Byron', 'Nagy', 'Eze', 'Sok', 'Holm', 'Aziz', 'Ilić', 'Sató 佐藤', 'O''Hara', 'Lee',
                    'Mensah', 'Weiß', 'Underhill'])) w(firsts, lasts);

insert into suppressed_address (address, reason, created_at)
select lower(email), 'unsubscribe', pg_temp.moment() - interval '40 days'
from contact where id like 'k%7-2' or id like 'k%3-3';

-- part: cycles
create temp table round as
with every as (
    select r, k::int, pg_temp.dice(r, k, 9, 1000) as luck,
           k = 0 as open, 3 * r % pg_temp.ask('available') + 3 * k as first_candidate
    from generate_series(0, pg_temp.ask('roles') - 1) r, generate_series(0, pg_temp.ask('rounds') - 1) k
    where k > 0 or r < pg_temp.ask('open')
), ends as (
    select *,
           case when not open then null
                when luck < 80 then 'waiting' when luck < 160 then 'held' else 'active' end as standing,
           case when open then null
                when luck < 180 then 'responded' when luck < 590 then 'no_response'
                when luck < 630 then 'undeliverable' when luck < 710 then 'role_closed'
                when luck < 780 then 'withdrawn' when luck < 830 then 'stopped' else 'not_admitted'
           end as outcome
    from every
), sent as (
    select *,
           case when standing = 'waiting' or outcome = 'not_admitted' then 0
                when outcome = 'no_response' then 4
                when outcome = 'responded' then 1 + least(pg_temp.dice(r, k, 10, 7) / 2, 3)
                when outcome = 'undeliverable' then greatest(0, pg_temp.dice(r, k, 10, 5) - 2)
                when standing = 'held' then 1 + pg_temp.dice(r, k, 10, 4)
                when standing = 'active' and luck < 180 then 0
                when standing = 'active' then 1 + pg_temp.dice(r, k, 10, 4)
                else pg_temp.dice(r, k, 10, 4) end as letters
    from ends
), begun as (
    select *,
           case when standing = 'waiting' then pg_temp.moment() - make_interval(secs => pg_temp.dice(r, k, 11, 12 * 86400))
                when open and letters = 0 then pg_temp.moment() - make_interval(secs => 60 + pg_temp.dice(r, k, 11, 3000))
                when open then pg_temp.moment() - make_interval(hours => 48 * (letters - 1),
                                                        secs => 1800 + pg_temp.dice(r, k, 11, 47 * 3600 - 1800))
                when r >= pg_temp.ask('open') and k = 1
                    then pg_temp.moment() - interval '8 days' - make_interval(secs => pg_temp.dice(r, k, 11, 3 * 86400))
                else date_trunc('day', pg_temp.moment(), 'UTC') + interval '9 hours'
                     - make_interval(days => 31 * k + pg_temp.dice(r, k, 11, 20), secs => - pg_temp.dice(r, k, 12, 1800))
           end as created_at
    from sent
), timed as (
    select *, created_at + make_interval(secs => 20 + pg_temp.dice(r, k, 13, 900)) as first_at from begun
)
select *,
       case when letters > 0 then first_at + interval '48 hours' * (letters - 1) end as last_at,
       case
           when open then null
           when outcome = 'responded' then first_at + interval '48 hours' * (letters - 1)
                                 + make_interval(secs => 600 + power(pg_temp.dice(r, k, 14, 1000) / 1000.0, 2) * 169200)
           when outcome = 'no_response' then first_at + interval '192 hours'
           when outcome = 'not_admitted' then created_at + interval '7 days'
           else first_at + interval '48 hours' * greatest(letters - 1, 0)
                + make_interval(secs => pg_temp.dice(r, k, 14, 80000))
       end as closed_at,
       k % 3 <> 2 and r > 0 as may_be_child
from timed;

create unique index on round (r, k);
analyze round, role, company, candidate, contact;

-- Who would have ended after this moment has ended by now.
update round set closed_at = pg_temp.moment() - make_interval(secs => pg_temp.dice(r, k, 15, 80000))
where closed_at > pg_temp.moment();
update round set first_at = least(first_at, pg_temp.moment() - interval '30 seconds'),
                 last_at = least(last_at, closed_at, pg_temp.moment() - interval '30 seconds');
alter table round add id text, add role_id text, add company_id text, add parent text, add generation int default 1,
                  add run text, add place bigint;
update round y set
    role_id = o.id, company_id = o.company_id,
    id = regexp_replace(lower(c.name || '-' || o.title), '[^a-z0-9]+', '-', 'g') || '-' || o.id || '-'
         || (pg_temp.ask('rounds') - y.k),
    run = 'run-' || to_char((y.created_at - interval '9 hours') at time zone 'UTC', 'YYYYMMDD') || 'T090000Z-'
          || lpad(to_hex(extract(doy from (y.created_at - interval '9 hours') at time zone 'UTC')::int), 4, '0')
from role o join company c on c.id = o.company_id
where o.id = 'r' || lpad(y.r::text, 5, '0');
update round y set parent = p.id, generation = 2
from round p
where p.r = y.r - 1 and p.k = y.k + 1 and y.may_be_child and p.closed_at <= y.created_at
  and p.outcome in ('no_response', 'undeliverable', 'not_admitted', 'role_closed');
update round y set generation = 3 from round p where p.id = y.parent and p.parent is not null;

create index on round (id);
analyze round;

insert into outreach_run (id, created_at, week_start, planned, started, passed_over, finished_at)
select 'run-' || to_char(day at time zone 'UTC', 'YYYYMMDD') || 'T090000Z-'
       || lpad(to_hex(extract(doy from day at time zone 'UTC')::int), 4, '0'),
       day, date_trunc('week', day at time zone 'UTC')::date, 0, 0,
       (select jsonb_agg(jsonb_build_object(
                   'role_id', 'r' || lpad(r::text, 5, '0'),
                   'reason', (array['open_cycle', 'weekly_limit', 'no_eligible_candidate', 'awaiting_outcome',
                                    'company_suppressed', 'stopped'])[1 + least(5, pg_temp.dice(r, 0, 16, 12))])
                         order by r)
        from generate_series(pg_temp.dice(extract(doy from day)::int, 0, 17, 7), pg_temp.ask('roles') - 1, 7) r),
       day + interval '2 minutes'
from generate_series(date_trunc('day', pg_temp.moment(), 'UTC') + interval '9 hours' - interval '3 years',
                     pg_temp.moment(), interval '24 hours') day;

insert into outreach_cycle (id, role_id, company_id, run_id, parent_cycle_id, generation, urgent, status, stage,
                            outcome, waiting_for, next_action_at, created_at, closed_at, wait_until, slot_week,
                            specialist_id, subject, held_reason, held_until, responded_at, returned, moved_on_at,
                            begun_at, variant, answered_stage)
select y.id, y.role_id, y.company_id, case when y.parent is null then y.run end, y.parent, y.generation,
       case when open then exists (
                select from generate_series(y.first_candidate, y.first_candidate + 2) n
                join candidate c on c.id = 'p' || lpad(n::text, 5, '0')
                where c.start_date - pg_temp.moment()::date < case when c.visa_required then 120 else 60 end)
            else pg_temp.dice(r, k, 18, 10) < 3 end,
       coalesce(standing, 'closed'), case when letters > 0 then pg_temp.stage(letters - 1) end, outcome,
       case standing when 'waiting' then 'slot' when 'held' then 'release'
                     when 'active' then case when letters > 0 then 'reply' else 'send' end end,
       case when standing = 'waiting' then y.created_at + interval '14 days'
            when open and letters = 0 then y.created_at + interval '1 second'
            when open then last_at + interval '48 hours' end,
       y.created_at, y.closed_at, case when standing = 'waiting' then y.created_at + interval '14 days' end,
       case when standing is distinct from 'waiting' and outcome is distinct from 'not_admitted'
            then date_trunc('week', first_at at time zone 'UTC')::date end,
       case when letters > 0 then coalesce(c.specialist_id, 's10') end,
       case when letters > 0 then 'Three interns for your ' || o.title || ' role' end,
       case when standing = 'held' then pg_temp.pick(array['person', 'company_answered', 'away', 'uncertain'], y.luck) end,
       case when standing = 'held' and luck % 4 in (1, 2) then pg_temp.moment() + make_interval(hours => 1 + luck) end,
       case when outcome = 'responded' then y.closed_at end,
       not open and letters = 0 and outcome <> 'responded',
       case when outcome in ('no_response', 'undeliverable', 'not_admitted', 'role_closed') then y.closed_at end,
       case when letters > 0 then least(first_at, y.closed_at) end, case when letters > 0 then 'default' end,
       case when outcome = 'responded' then pg_temp.stage(letters - 1) end
from round y join company c on c.id = y.company_id join role o on o.id = y.role_id
order by y.created_at, y.id;

update outreach_run u set planned = y.count, started = y.count
from (select run_id, count(*)::int as count from outreach_cycle where run_id is not null group by 1) y
where y.run_id = u.id;

insert into email_limiter (company_id, week_start, used, weekly_limit)
select company_id, slot_week, count(*), greatest(count(*), 2)
from outreach_cycle where slot_week is not null and not returned group by 1, 2;
update company c set weekly_limit = l.most
from (select company_id, max(used) as most from email_limiter group by 1) l where l.company_id = c.id and l.most > 1;

analyze outreach_cycle;

-- part: pitches
insert into candidate_outreach_history (candidate_id, role_id, cycle_id, cycle_number, status, created_at,
                                        updated_at, responded_at, interview_at, outcome_at)
with pitch as (
    select 'p' || lpad(n::text, 5, '0') as candidate_id, n, y.*, n - first_candidate as seat
    from round y, lateral generate_series(first_candidate, first_candidate + 2) n
    where n < pg_temp.ask('candidates')
), numbered as (
    select *, row_number() over (partition by candidate_id order by created_at, id) as number,
           row_number() over (partition by candidate_id, outcome order by created_at desc, id) as latest
    from pitch
), judged as (
    select *, case
        when open and letters > 0 then 'pitched' when open then 'claimed'
        when outcome = 'responded' and latest = 1 and n >= pg_temp.ask('available') and n % 3 = 0 then 'placed'
        when outcome = 'responded' and pg_temp.dice(r, k * 3 + seat, 19, 10) < 6 then 'declined'
        when outcome = 'responded' then 'responded'
        when letters = 0 then 'released'
        when outcome = 'no_response' then 'no_response' when outcome = 'withdrawn' then 'withdrawn'
        else 'pitched' end as status
    from numbered
)
select candidate_id, role_id, id, number, status, created_at, coalesce(closed_at, last_at, created_at),
       case when outcome = 'responded' then closed_at end,
       case when status = 'placed' or (outcome = 'responded' and pg_temp.dice(r, k * 3 + seat, 20, 10) < 4)
            then closed_at + interval '2 days' end,
       case when status in ('placed', 'declined') then closed_at + interval '6 days' end
from judged order by created_at, id;

analyze candidate_outreach_history;
insert into match (candidate_id, role_id, score)
select candidate_id, role_id,
       0.45 + pg_temp.dice(substr(candidate_id, 2)::int, substr(role_id, 2)::int, 21, 5000) / 10000.0
from candidate_outreach_history group by 1, 2;
insert into match (candidate_id, role_id, score)
select 'p' || lpad(n::text, 5, '0'), 'r' || lpad(((n * 37 + i * 53) % pg_temp.ask('roles'))::text, 5, '0'),
       pg_temp.dice(n, i, 22, 9000) / 10000.0
from generate_series(0, pg_temp.ask('candidates') - 1) n, generate_series(1, least(40, pg_temp.ask('roles'))) i
on conflict do nothing;

-- part: e-mails
-- The HTML is the server's own copy of a text that was compressed once, which saves most of the time.
create temp table prose as
with said as (
    select n, string_agg(pg_temp.pick(words, pg_temp.dice(n, i, 23, 100000)), ' ' order by i) as text
    from generate_series(0, 255) n, generate_series(1, 420) i,
         (values (string_to_array('we would love to introduce three interns who fit your team well they have '
            || 'built shipped measured written designed planned and presented work that partners praise curious '
            || 'careful people with python sql figma excel spanish and a sense of humour available from summer '
            || 'for twelve weeks interviews are easy to arrange any day at noon simply answer this letter and we '
            || 'will set it up kind regards from all of us thank you for reading let us know what you think', ' '))
         ) w(words)
    group by n
)
select n, text, '<!doctype html><html><body style="margin:0;font-family:sans-serif">'
       || repeat('<table role="presentation" width="100%" style="border-collapse:collapse;padding:16px 24px">'
                 || '<tr><td style="font-size:16px;line-height:24px;color:#1f2933"></td></tr></table>', 25)
       || '<h1>Three interns for your team</h1><p>' || text || '</p></body></html>' as html
from said;

create temp table post as
with face as (
    select c.id as company_id, s.email as sender,
           array_agg(p.email order by p.id) as recipients, array_agg(p.id order by p.id) as contact_ids
    from company c
    join specialist s on s.id = coalesce(c.specialist_id, 's10')
    join contact p on p.company_id = c.id and p.layout_name = 'partner'
    group by c.id, s.email
), named as (
    select h.cycle_id, array_agg(h.candidate_id order by h.candidate_id) as candidate_ids,
           string_agg(c.first_name || ' ' || c.last_name, ', ' order by c.id) as names
    from candidate_outreach_history h join candidate c on c.id = h.candidate_id group by 1
)
select y.id as cycle_id, y.role_id, y.company_id, i as number, pg_temp.stage(i) as stage, r, k,
       case when i < letters then 'sent'
            when y.outcome = 'undeliverable' then 'failed'
            when standing = 'held' then 'uncertain' else 'sending' end as status,
       q.urgent, f.sender, f.recipients, f.contact_ids, n.candidate_ids, n.names, q.subject, q.responded_at,
       least(first_at + interval '48 hours' * i, coalesce(y.closed_at, 'infinity'),
             pg_temp.moment() - interval '20 seconds') as at, letters
from round y
join outreach_cycle q on q.id = y.id
join face f on f.company_id = y.company_id
join named n on n.cycle_id = y.id
cross join lateral generate_series(0, least(letters, 3)) i
where i < letters or y.outcome = 'undeliverable' or q.held_reason = 'uncertain'
   or (standing = 'active' and letters = 0 and luck >= 170);

analyze post, prose;
insert into outreach_log (cycle_id, role_id, company_id, stage, status, urgent, sender, recipients, contact_ids,
                          candidate_ids, refused, bounced, subject, text, html, message_id, in_reply_to, template,
                          variant, created_at, in_flight_since, attempts, sent_at, delivered_at, uncertain_at,
                          response_received_at, error)
select cycle_id, role_id, company_id, stage, status, urgent, sender, recipients, contact_ids, candidate_ids,
       case when status = 'failed' then jsonb_build_object(recipients[1], '550 5.1.1 no such user') else '{}' end,
       case when r % 97 = 0 and status = 'sent' and number = letters - 1
            then jsonb_build_object(recipients[1], '552 5.2.2 mailbox full') else '{}' end,
       case when number > 0 then 'Re: ' else '' end || coalesce(subject, 'Three interns for your role'),
       'Hello,' || E'\n\n' || names || E' would like to work with you.\n\n' || left(p.text, 1800) || E'\n\nKind regards',
       p.html,
       '<' || cycle_id || '.' || stage || '@beyond.example>',
       case when number > 0 then '<' || cycle_id || '.' || pg_temp.stage(number - 1) || '@beyond.example>' end,
       stage, 'default', at,
       case when status = 'sending' and r % 3 = 0 then pg_temp.moment() - interval '20 minutes' end,
       case when status = 'sending' then 3 else 1 end,
       case when status = 'sent' then at end, case when status = 'sent' and r % 4 > 0 then at + interval '9 seconds' end,
       case when status = 'uncertain' then at end,
       case when number = letters - 1 then responded_at end,
       case status when 'failed' then '550 5.1.1 no such user' when 'sending' then '451 4.7.0 try again later' end
from post join prose p on p.n = pg_temp.dice(r, k, number, 256)
order by at, cycle_id, number;

insert into follow_up_task (cycle_id, stage, due_at, status, completed_at)
select y.id, pg_temp.stage(i + 1),
       case when open and i = letters - 1 then q.next_action_at else first_at + interval '48 hours' * (i + 1) end,
       case when i < letters - 1 or y.outcome = 'no_response' then 'done' when open then 'pending' else 'cancelled' end,
       case when i < letters - 1 then first_at + interval '48 hours' * (i + 1) when not open then y.closed_at end
from round y join outreach_cycle q on q.id = y.id cross join lateral generate_series(0, letters - 1) i
order by y.created_at, y.id, i;

insert into cycle_event (cycle_id, at, kind, detail)
select cycle_id, at, kind, detail from (
    select id as cycle_id, created_at as at, 'planned' as kind, coalesce(run, '') as detail, 0 as place from round
    union all select cycle_id, at, 'sent', stage, 1 from post where status = 'sent'
    union all select cycle_id, at, 'uncertain', '', 1 from post where status = 'uncertain'
    union all select id, last_at + interval '1 minute', 'held', 'person', 2 from round where standing = 'held'
    union all select id, closed_at, 'responded', pg_temp.stage(letters - 1), 2 from round where outcome = 'responded'
    union all select id, closed_at, 'closed', outcome, 3 from round where not open
    union all select cycle_id, outcome_at, status, candidate_id, 4 from candidate_outreach_history
              where status in ('declined', 'placed')
) e order by at, cycle_id, place;

-- part: what came in
analyze outreach_log;
insert into inbox (key, form, source, raw, envelope_to, received_at, status, kind, sender, sender_name, subject,
                   text, message_id, cycle_id, log_id, matched_by, effect, processed_at, told_at)
select 'message ' || log_id, 'mail', 'mailbox',
       convert_to(E'From: partner@else.example\r\nSubject: Re: Interns\r\n\r\n' || p.text, 'UTF8'),
       array[sender], at, 'attached', kind, recipients[1], 'A Partner', 'Re: ' || subject, left(p.text, 300),
       '<message.' || log_id || '@else.example>', cycle_id, log_id, 'references', effect, at, at
from (
    select *, row_number() over (partition by kind order by at desc, log_id) as place from (
        select l.cycle_id, l.id as log_id, l.sender, l.recipients, l.subject, coalesce(l.response_received_at, l.sent_at) as at,
               case when l.response_received_at is not null then 'human' when l.id % 3 > 0 then 'auto_reply' else 'bounce' end as kind,
               case when l.response_received_at is not null then 'responded' when l.id % 3 > 0 then 'rests' else 'noted' end as effect
        from outreach_log l
        where l.sent_at is not null
          and (l.response_received_at is not null or (l.stage = 'initial' and l.id % 25 = 0))
    ) e
) f join prose p on p.n = log_id % 256
where place <= case kind when 'human' then pg_temp.ask('replies') else pg_temp.ask('replies') / 15 end
order by at;
insert into inbox (key, form, source, raw, received_at, status, kind, sender, sender_name, subject, text, message_id,
                   processed_at)
select 'stranger ' || n, 'mail', 'mailbox', convert_to(E'From: zed@elsewhere.example\r\n\r\nHello', 'UTF8'),
       pg_temp.moment() - make_interval(hours => 3 * n), case when n <= 60 then 'unmatched' else 'set_aside' end, 'human',
       'stranger.' || n || '@elsewhere.example', 'Zed', 'A question', 'May I ask something?',
       '<stranger.' || n || '@elsewhere.example>', pg_temp.moment() - make_interval(hours => 3 * n)
from generate_series(180, 1, -1) n;

-- part: letters that wait for approval, and every tenth that went out with one
insert into draft (cycle_id, stage, status, created_at, urgent, forced, sender, recipients, contact_ids, candidate_ids,
                   subject, text, html, closing, hash, source_hash, decided_by, decided_at)
select l.cycle_id, l.stage, 'approved', l.created_at - interval '2 hours', l.urgent, false, l.sender, l.recipients,
       l.contact_ids, l.candidate_ids, l.subject, l.text, l.html, '', md5(l.text), md5(l.text), 'Ana',
       l.created_at - interval '1 hour'
from outreach_log l where l.id % 10 = 0 and l.status = 'sent' order by l.id;
insert into draft (cycle_id, stage, created_at, urgent, forced, sender, recipients, contact_ids, candidate_ids,
                   subject, text, html, closing, hash, source_hash)
select y.id, pg_temp.stage(x.place), y.next_action_at, y.urgent, false, l.sender, l.recipients, l.contact_ids,
       l.candidate_ids, l.subject, l.text, l.html, '', md5(l.text), md5(l.text)
from outreach_cycle y
join lateral (select * from outreach_log l where l.cycle_id = y.id order by l.id desc limit 1) l on true
cross join lateral (select count(*)::int as place from outreach_log l where l.cycle_id = y.id) x
where y.status = 'active' and y.stage <> 'follow_up_3' and y.stage = l.stage and y.ordinal % 3 = 0
order by y.next_action_at, y.id;
update outreach_cycle y set status = 'held', held_reason = 'approval', waiting_for = 'release'
where exists (select from draft d where d.cycle_id = y.id and d.status = 'waiting');

drop table round, post, prose;
