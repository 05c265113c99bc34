-- name: store
-- Stored first, exactly as it came; a repeated delivery changes nothing.
insert into inbox (key, form, source, raw, envelope_to, to_fetch, received_at)
values (:key, :form, :source, :raw, :envelope_to, :to_fetch, :now)
on conflict (key) do nothing
returning id

-- name: keep_word
-- Returns what the word came with the first time.
insert into hook_word (word, told, seen_at) values (:word, :told, :now)
on conflict (word) do update set seen_at = hook_word.seen_at
returning told

-- name: forget_words
delete from hook_word where seen_at < :before

-- name: standing
-- Few at any time, and indexed: what waits to be understood or told, and what waits for a person.
select (select count(*) from inbox where status = 'stored' or (status = 'attached' and told_at is null))
           as unfinished,
       (select count(*) from inbox
        where for_a_person(status, attempts)) as unmatched

-- name: first_letter
select sent_at from outreach_log where sent_at is not null order by id limit 1

-- name: id_of
select id from inbox where key = :key

-- name: lock
-- One worker at a time makes something of it. `ended`: an answer has ended its cycle.
select i.*, exists (select from outreach_cycle y where y.id = i.cycle_id and y.outcome = 'responded') as ended
from inbox i where i.id = :id for update

-- name: content
select id, form, source, raw, envelope_to, to_fetch, status, received_at from inbox where id = :id

-- name: set_raw
update inbox set raw = :raw, to_fetch = '' where id = :id

-- name: token_key
select token_key from control

-- name: by_ordinals
select id as cycle_id, null::bigint as log_id from outreach_cycle where ordinal = any(:ordinals::bigint[])
order by ordinal limit 1

-- name: by_ids
-- By our own Message-ID, or by the id that a service gave the e-mail in its place; the first of them counts.
select l.cycle_id, l.id as log_id
from unnest(:ids::text[]) with ordinality as t(id, place)
join outreach_log l
  on l.message_id = t.id
  or (l.service_id <> '' and l.service_id in (t.id, split_part(trim(both '<>' from t.id), '@', 1)))
order by t.place, l.id desc
limit 1

-- name: by_person
-- Weak: only if one open cycle has written to this address, and that alone.
select min(y.id) as cycle_id, null::bigint as log_id
from outreach_cycle y
where y.status <> 'closed' and exists (
    select from outreach_log l
    where l.cycle_id = y.id and l.sent_at is not null and lowered(l.recipients) && array[lower(:person)])
having count(*) = 1

-- name: attach
update inbox
set status = 'attached', kind = :kind, sender = :sender, sender_name = :sender_name, subject = :subject,
    text = :text, message_id = :message_id, mail = :mail, cycle_id = :cycle, log_id = :log,
    matched_by = :matched_by, effect = :effect, addresses = :addresses, processed_at = :now, told_at = null,
    error = null
where id = :id

-- name: is_ours
-- A letter or a notice, of which a copy came in; or only a specialist's address as the sender's.
select exists (select from outreach_log where message_id = :message_id)
    or exists (select from notice where message_id = :message_id) as by_id,
       exists (select from specialist where lower(email) = :sender) as by_sender

-- name: leave
update inbox
set status = :status, kind = :kind, sender = :sender, sender_name = :sender_name, subject = :subject,
    text = :text, message_id = :message_id, mail = :mail, effect = :effect, addresses = :addresses,
    processed_at = :now, error = null
where id = :id

-- name: set_aside
update inbox set status = 'set_aside', processed_at = :now where id = :id and status = 'unmatched'

-- name: twin_in_thread
-- Another copy of the same message, with another envelope (db/twins.py).
select exists (select from inbox
               where cycle_id = :cycle and id <> :id and form = 'mail'
                 and message_id = :message_id and sender = :sender and kind = :kind
                 and mail->>'sent_at' is not distinct from :sent_at)

-- name: lock_message_id
-- Copies of one message that come at the same instant are looked at one after the other.
select pg_advisory_xact_lock(7226005, hashtext(:message_id))

-- name: twin_unmatched
select exists (select from inbox
               where status = 'unmatched' and id <> :id and form = 'mail'
                 and message_id = :message_id and sender = :sender and kind = :kind
                 and mail->>'sent_at' is not distinct from :sent_at)

-- name: set_twins_aside
-- One that somebody has in hand at this moment is left to them.
update inbox set status = 'set_aside'
where id in (select id from inbox
             where status = 'unmatched' and id <> :id and form = 'mail'
               and message_id = :message_id and sender = :sender and kind = :kind
               and mail->>'sent_at' is not distinct from :sent_at
             for update skip locked)

-- name: put_off
-- What could not be finished so often is a person's to look at.
update inbox set attempts = attempts + 1, error = :error,
                 status = case when attempts + 1 >= :most then 'unmatched' else status end
where id = :id and status = 'stored'

-- name: mark_told
update inbox set told_at = :now where id = :id and told_at is null

-- name: unfinished
-- What was stored and not understood, or understood and not told; what was tried least first, then the oldest,
-- so that what cannot be read today hides nothing.
select id from inbox
where (status = 'stored' or (told_at is null and (status = 'attached' or addresses <> '{}')))
  and received_at <= :before
order by attempts, id limit :most

-- name: emails_for
-- The thread's e-mails, newest first: what a bounce or an event can be about.
select id, recipients, sent_at from outreach_log where cycle_id = :cycle order by id desc

-- name: note_bounce
update outreach_log set bounced = bounced || :bounced where id = :log

-- name: note_delivery
update outreach_log set delivered_at = coalesce(delivered_at, :at) where id = :log

-- name: plan_notice
insert into notice (inbox_id, cycle_id, created_at) values (:id, :cycle, :now)
on conflict (inbox_id) do nothing

-- name: notice_of
select id from notice where inbox_id = :id and sent_at is null and given_up_at is null

-- name: unsent_notices
select id from notice
where sent_at is null and given_up_at is null and created_at <= :before
order by id limit :most

-- name: company_cycles
-- The other open cycles of a company, as they were then, but those that were released since.
select id from outreach_cycle y
where company_id = :company and id <> :cycle and status <> 'closed' and created_at <= :since
  and not exists (select from cycle_event e where e.cycle_id = y.id and e.kind = 'released' and e.at >= :since)

-- name: children_not_begun
-- Open cycles of a parent whose first e-mail no server has accepted, but those that were released since.
select id from outreach_cycle y
where parent_cycle_id = :cycle and status <> 'closed' and stage is null and created_at <= :since
  and not exists (select from cycle_event e where e.cycle_id = y.id and e.kind = 'released' and e.at >= :since)

-- name: begun_with
-- Active cycles that have begun to write to one of these addresses, and those that have ended for it and
-- have not moved on: a repetition tells them again.
select distinct y.id
from outreach_log l join outreach_cycle y on y.id = l.cycle_id
where lowered(l.recipients) && :addresses::text[]
  and ((y.status = 'active' and y.stage is not null)
       or (y.outcome = 'undeliverable' and y.moved_on_at is null))

-- name: list
select i.id, i.received_at, i.source, i.form, i.status, i.kind, i.sender, i.sender_name, i.subject, i.text,
       i.cycle_id, i.log_id, i.matched_by, i.effect, i.addresses, i.error,
       for_a_person(i.status, i.attempts) as for_a_person,
       i.status <> 'attached' or i.told_at is not null as told, r.title, c.name as company
from inbox i
left join outreach_cycle y on y.id = i.cycle_id
left join role r on r.id = y.role_id
left join company c on c.id = y.company_id
where (:status::text is null or i.status = :status
       or (:status = 'unmatched' and for_a_person(i.status, i.attempts)))
  and (:cycle::text is null or i.cycle_id = :cycle)
  and (:id::bigint is null or i.id = :id)
  and (:before::bigint is null or i.id < :before)
  and (is_post(i.form, i.kind) or :id::bigint is not null)
order by i.id desc limit :most

-- name: of_company
select i.id, i.received_at, i.source, i.form, i.status, i.kind, i.sender, i.sender_name, i.subject, i.text,
       i.cycle_id, i.log_id, i.matched_by, i.effect, i.addresses, i.error,
       for_a_person(i.status, i.attempts) as for_a_person,
       i.status <> 'attached' or i.told_at is not null as told, r.title, c.name as company
from outreach_cycle y
join inbox i on i.cycle_id = y.id
join role r on r.id = y.role_id
join company c on c.id = y.company_id
where y.company_id = :company and is_post(i.form, i.kind)
order by i.id desc limit :most

-- name: mailbox_position
select uid_validity, last_uid from mailbox_position where mailbox = :mailbox

-- name: keep_mailbox_position
insert into mailbox_position (mailbox, uid_validity, last_uid, updated_at)
values (:mailbox, :uid_validity, :last_uid, :now)
on conflict (mailbox) do update
    set uid_validity = excluded.uid_validity, last_uid = excluded.last_uid, updated_at = excluded.updated_at

-- name: only_recipient
select id, recipients, message_id from outreach_log where id = :log and cardinality(recipients) = 1

-- name: unread
-- Mail that came in moments ago and nobody has understood yet: it may be the reply to what is about to go out,
-- as an opt-out by a letter's link may be its reader's.
-- So may be an answer of the same company, or to the cycle this one came from, until others rest because of it.
select exists (select from inbox i
               where (i.status = 'stored'
                      or (i.told_at is null and (i.status = 'attached' or i.addresses <> '{}')))
                 and (i.form = 'mail' or i.source = 'link') and i.received_at > :since
                 and case when i.status = 'stored' then i.attempts < 3
                          else i.effect = 'responded'
                               and (i.cycle_id = :parent
                                    or exists (select from outreach_cycle y
                                               where y.id = i.cycle_id and y.company_id = :company)) end)
