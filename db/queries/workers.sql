-- name: beat
insert into worker_settings (id, task_queue, told) values (:id, :task_queue, :told)
on conflict (id) do update set beat_at = now()

-- name: gone
delete from worker_settings where id = :id

-- name: forget
-- Rows of workers that were killed; they were not counted for long.
delete from worker_settings where beat_at < now() - interval '1 day'

-- name: live
select id, told, started_at from worker_settings
where task_queue = :task_queue and beat_at > now() - :within::interval order by id

-- name: server
select current_setting('server_version')
