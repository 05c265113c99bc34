-- A database at revision 0006, as that revision's own code filled and pg_dump wrote it (tests/db/test_upgrading.py).
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET row_security = off;
CREATE FUNCTION public.is_deserted(cycle text, today date) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
    select not exists (select from candidate_outreach_history h
                       join candidate_now c on c.id = h.candidate_id
                       where h.cycle_id = cycle and h.status in ('claimed', 'pitched')
                         and c.status = 'available' and c.start_date >= today)
$$;
CREATE FUNCTION public.live_pitches(today date, zone text, reply_expiry_days integer) RETURNS TABLE(candidate_id text, cycle_id text)
    LANGUAGE sql STABLE
    AS $$
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
CREATE FUNCTION public.lowered(texts text[]) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ARRAY(SELECT lower(one.one) AS lower FROM unnest(lowered.texts) one(one));
CREATE FUNCTION public.role_standing(today date, zone text, reply_expiry_days integer, role_rest_days integer, lifted text[]) RETURNS TABLE(role_id text, company_id text, waiting_cycle_id text, reason text)
    LANGUAGE sql STABLE
    AS $$
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
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.candidate (
    id text NOT NULL COLLATE pg_catalog."C",
    first_name text NOT NULL,
    last_name text DEFAULT ''::text NOT NULL,
    email text,
    bio text DEFAULT ''::text NOT NULL,
    skills text[] DEFAULT '{}'::text[] NOT NULL,
    interests text[] DEFAULT '{}'::text[] NOT NULL,
    university text DEFAULT ''::text NOT NULL,
    visa_required boolean DEFAULT false NOT NULL,
    start_date date NOT NULL,
    end_date date,
    status text DEFAULT 'available'::text NOT NULL,
    CONSTRAINT candidate_status_check CHECK ((status = ANY (ARRAY['available'::text, 'placed'::text, 'withdrawn'::text])))
);
CREATE TABLE public.candidate_bio (
    candidate_id text NOT NULL COLLATE pg_catalog."C",
    role_id text NOT NULL COLLATE pg_catalog."C",
    source_hash text NOT NULL,
    prompt_version text NOT NULL,
    model text NOT NULL,
    text text NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE public.candidate_change (
    candidate_id text NOT NULL COLLATE pg_catalog."C",
    status text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT candidate_change_status_check CHECK ((status = ANY (ARRAY['placed'::text, 'withdrawn'::text])))
);
CREATE VIEW public.candidate_now AS
 SELECT c.id,
    c.first_name,
    c.last_name,
    c.email,
    c.bio,
    c.skills,
    c.interests,
    c.university,
    c.visa_required,
    c.start_date,
    c.end_date,
        CASE
            WHEN (c.status <> 'available'::text) THEN c.status
            ELSE COALESCE(x.status, 'available'::text)
        END AS status
   FROM (public.candidate c
     LEFT JOIN public.candidate_change x ON ((x.candidate_id = c.id)));
CREATE TABLE public.candidate_outreach_history (
    candidate_id text NOT NULL COLLATE pg_catalog."C",
    role_id text NOT NULL COLLATE pg_catalog."C",
    cycle_id text NOT NULL COLLATE pg_catalog."C",
    cycle_number integer NOT NULL,
    status text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    responded_at timestamp with time zone,
    interview_at timestamp with time zone,
    outcome_at timestamp with time zone,
    moved_on_at timestamp with time zone,
    CONSTRAINT candidate_outreach_history_status_check CHECK ((status = ANY (ARRAY['claimed'::text, 'pitched'::text, 'responded'::text, 'no_response'::text, 'declined'::text, 'placed'::text, 'withdrawn'::text, 'released'::text])))
);
CREATE TABLE public.company (
    id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    industry text DEFAULT ''::text NOT NULL,
    website text DEFAULT ''::text NOT NULL,
    time_zone text,
    specialist_id text COLLATE pg_catalog."C",
    weekly_limit integer,
    suppressed boolean DEFAULT false NOT NULL,
    CONSTRAINT company_weekly_limit_check CHECK ((weekly_limit >= 0))
);
CREATE TABLE public.suppressed_company (
    company_id text NOT NULL COLLATE pg_catalog."C",
    reason text NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE VIEW public.company_now AS
 SELECT c.id,
    c.name,
    c.industry,
    c.website,
    c.time_zone,
    c.specialist_id,
    c.weekly_limit,
    (c.suppressed OR (x.company_id IS NOT NULL)) AS suppressed
   FROM (public.company c
     LEFT JOIN public.suppressed_company x ON ((x.company_id = c.id)));
CREATE TABLE public.contact (
    id text NOT NULL COLLATE pg_catalog."C",
    company_id text NOT NULL COLLATE pg_catalog."C",
    first_name text DEFAULT ''::text NOT NULL,
    last_name text DEFAULT ''::text NOT NULL,
    email text,
    layout_name text DEFAULT ''::text NOT NULL,
    active boolean DEFAULT true NOT NULL
);
CREATE TABLE public.control (
    only_row boolean DEFAULT true NOT NULL,
    hold_all boolean DEFAULT false NOT NULL,
    changed_at timestamp with time zone,
    token_key bytea DEFAULT sha256(convert_to(((gen_random_uuid())::text || (gen_random_uuid())::text), 'UTF8'::name)) NOT NULL,
    CONSTRAINT control_only_row_check CHECK (only_row)
);
CREATE TABLE public.cycle_event (
    id bigint NOT NULL,
    cycle_id text NOT NULL COLLATE pg_catalog."C",
    at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    detail text DEFAULT ''::text NOT NULL
);
ALTER TABLE public.cycle_event ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.cycle_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.email_limiter (
    company_id text NOT NULL COLLATE pg_catalog."C",
    week_start date NOT NULL,
    used integer NOT NULL,
    weekly_limit integer NOT NULL,
    CONSTRAINT email_limiter_used_check CHECK ((used >= 0))
);
CREATE TABLE public.follow_up_task (
    id bigint NOT NULL,
    cycle_id text NOT NULL COLLATE pg_catalog."C",
    stage text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    status text NOT NULL,
    completed_at timestamp with time zone,
    CONSTRAINT follow_up_task_stage_check CHECK ((stage = ANY (ARRAY['follow_up_1'::text, 'follow_up_2'::text, 'follow_up_3'::text, 'next_roles'::text]))),
    CONSTRAINT follow_up_task_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'done'::text, 'cancelled'::text])))
);
ALTER TABLE public.follow_up_task ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.follow_up_task_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.hook_word (
    word bytea NOT NULL,
    told bytea NOT NULL,
    seen_at timestamp with time zone NOT NULL
);
CREATE TABLE public.inbox (
    id bigint NOT NULL,
    key text NOT NULL,
    form text NOT NULL,
    source text NOT NULL,
    raw bytea NOT NULL,
    envelope_to text[] DEFAULT '{}'::text[] NOT NULL,
    to_fetch text DEFAULT ''::text NOT NULL,
    received_at timestamp with time zone NOT NULL,
    status text DEFAULT 'stored'::text NOT NULL,
    kind text DEFAULT ''::text NOT NULL,
    sender text DEFAULT ''::text NOT NULL,
    sender_name text DEFAULT ''::text NOT NULL,
    subject text DEFAULT ''::text NOT NULL,
    text text DEFAULT ''::text NOT NULL,
    message_id text,
    mail jsonb DEFAULT '{}'::jsonb NOT NULL,
    cycle_id text COLLATE pg_catalog."C",
    log_id bigint,
    matched_by text,
    effect text DEFAULT ''::text NOT NULL,
    addresses text[] DEFAULT '{}'::text[] NOT NULL,
    processed_at timestamp with time zone,
    told_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    error text,
    CONSTRAINT inbox_check CHECK (((status = 'attached'::text) = (cycle_id IS NOT NULL))),
    CONSTRAINT inbox_form_check CHECK ((form = ANY (ARRAY['mail'::text, 'event'::text]))),
    CONSTRAINT inbox_status_check CHECK ((status = ANY (ARRAY['stored'::text, 'unmatched'::text, 'attached'::text, 'set_aside'::text])))
);
ALTER TABLE public.inbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.inbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.mailbox_position (
    mailbox text NOT NULL,
    uid_validity bigint NOT NULL,
    last_uid bigint NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE TABLE public.match (
    candidate_id text NOT NULL COLLATE pg_catalog."C",
    role_id text NOT NULL COLLATE pg_catalog."C",
    score double precision NOT NULL,
    CONSTRAINT match_score_check CHECK (((score > '-Infinity'::double precision) AND (score < 'Infinity'::double precision)))
);
CREATE TABLE public.notice (
    id bigint NOT NULL,
    inbox_id bigint NOT NULL,
    cycle_id text NOT NULL COLLATE pg_catalog."C",
    created_at timestamp with time zone NOT NULL,
    message_id text,
    recipient text,
    subject text,
    text text,
    in_flight_since timestamp with time zone,
    sent_at timestamp with time zone,
    given_up_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    error text
);
ALTER TABLE public.notice ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.notice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.outreach_cycle (
    id text NOT NULL COLLATE pg_catalog."C",
    role_id text NOT NULL COLLATE pg_catalog."C",
    company_id text NOT NULL COLLATE pg_catalog."C",
    run_id text,
    parent_cycle_id text COLLATE pg_catalog."C",
    generation integer NOT NULL,
    urgent boolean NOT NULL,
    status text NOT NULL,
    stage text,
    outcome text,
    waiting_for text,
    next_action_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    ordinal bigint NOT NULL,
    wait_until timestamp with time zone,
    slot_week date,
    admitted_run_id text,
    specialist_id text COLLATE pg_catalog."C",
    subject text,
    held_reason text,
    held_until timestamp with time zone,
    responded_at timestamp with time zone,
    returned boolean DEFAULT false NOT NULL,
    moved_on_at timestamp with time zone,
    held_at_close text,
    held_at_close_until timestamp with time zone,
    CONSTRAINT outreach_cycle_check CHECK (((status = 'closed'::text) = (outcome IS NOT NULL))),
    CONSTRAINT outreach_cycle_check1 CHECK (((status = 'closed'::text) = (closed_at IS NOT NULL))),
    CONSTRAINT outreach_cycle_check2 CHECK (((status = 'held'::text) = (held_reason IS NOT NULL))),
    CONSTRAINT outreach_cycle_outcome_check CHECK ((outcome = ANY (ARRAY['responded'::text, 'no_response'::text, 'undeliverable'::text, 'role_closed'::text, 'withdrawn'::text, 'stopped'::text, 'not_admitted'::text]))),
    CONSTRAINT outreach_cycle_stage_check CHECK ((stage = ANY (ARRAY['initial'::text, 'follow_up_1'::text, 'follow_up_2'::text, 'follow_up_3'::text]))),
    CONSTRAINT outreach_cycle_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'active'::text, 'held'::text, 'closed'::text])))
);
ALTER TABLE public.outreach_cycle ALTER COLUMN ordinal ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.outreach_cycle_ordinal_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.outreach_log (
    id bigint NOT NULL,
    cycle_id text NOT NULL COLLATE pg_catalog."C",
    role_id text NOT NULL COLLATE pg_catalog."C",
    company_id text NOT NULL COLLATE pg_catalog."C",
    stage text NOT NULL,
    status text NOT NULL,
    urgent boolean NOT NULL,
    sender text NOT NULL,
    recipients text[] NOT NULL,
    contact_ids text[] NOT NULL,
    candidate_ids text[] NOT NULL,
    refused jsonb DEFAULT '{}'::jsonb NOT NULL,
    deferred jsonb DEFAULT '{}'::jsonb NOT NULL,
    subject text NOT NULL,
    text text NOT NULL,
    html text NOT NULL,
    message_id text NOT NULL,
    in_reply_to text,
    template text NOT NULL,
    variant text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    in_flight_since timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    sent_at timestamp with time zone,
    uncertain_at timestamp with time zone,
    response_received_at timestamp with time zone,
    resend boolean DEFAULT false NOT NULL,
    service_id text DEFAULT ''::text NOT NULL,
    error text,
    bounced jsonb DEFAULT '{}'::jsonb NOT NULL,
    delivered_at timestamp with time zone,
    CONSTRAINT outreach_log_stage_check CHECK ((stage = ANY (ARRAY['initial'::text, 'follow_up_1'::text, 'follow_up_2'::text, 'follow_up_3'::text]))),
    CONSTRAINT outreach_log_status_check CHECK ((status = ANY (ARRAY['sending'::text, 'sent'::text, 'uncertain'::text, 'failed'::text, 'skipped'::text])))
);
ALTER TABLE public.outreach_log ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.outreach_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.outreach_run (
    id text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    week_start date NOT NULL,
    planned integer NOT NULL,
    started integer DEFAULT 0 NOT NULL,
    passed_over jsonb DEFAULT '[]'::jsonb NOT NULL,
    finished_at timestamp with time zone
);
CREATE TABLE public.suppressed_address (
    address text NOT NULL,
    reason text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    lifted_at timestamp with time zone,
    CONSTRAINT suppressed_address_address_check CHECK ((address = lower(address)))
);
CREATE VIEW public.partner_contact AS
 SELECT p.id,
    p.company_id,
    p.first_name,
    p.last_name,
    p.email
   FROM public.contact p
  WHERE (p.active AND (p.layout_name = 'partner'::text) AND (p.email ~ '^[^@[:space:]]+@[^@[:space:]]+$'::text) AND (NOT (EXISTS ( SELECT
           FROM public.suppressed_address s
          WHERE ((s.address = lower(p.email)) AND (s.lifted_at IS NULL))))));
CREATE TABLE public.role (
    id text NOT NULL COLLATE pg_catalog."C",
    company_id text NOT NULL COLLATE pg_catalog."C",
    title text NOT NULL,
    industry text DEFAULT ''::text NOT NULL,
    location text DEFAULT ''::text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    status text DEFAULT 'open'::text NOT NULL,
    CONSTRAINT role_status_check CHECK ((status = ANY (ARRAY['open'::text, 'closed'::text, 'filled'::text])))
);
CREATE TABLE public.role_change (
    role_id text NOT NULL COLLATE pg_catalog."C",
    status text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT role_change_status_check CHECK ((status = ANY (ARRAY['closed'::text, 'filled'::text])))
);
CREATE VIEW public.role_now AS
 SELECT r.id,
    r.company_id,
    r.title,
    r.industry,
    r.location,
    r.description,
        CASE
            WHEN (r.status <> 'open'::text) THEN r.status
            ELSE COALESCE(x.status, 'open'::text)
        END AS status
   FROM (public.role r
     LEFT JOIN public.role_change x ON ((x.role_id = r.id)));
CREATE TABLE public.specialist (
    id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    email text NOT NULL,
    title text DEFAULT ''::text NOT NULL,
    phone text DEFAULT ''::text NOT NULL,
    is_default boolean DEFAULT false NOT NULL
);
CREATE TABLE public.worker_settings (
    id text NOT NULL,
    task_queue text NOT NULL,
    told jsonb NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    beat_at timestamp with time zone DEFAULT now() NOT NULL
);
INSERT INTO public.alembic_version (version_num) VALUES
	('0006');
INSERT INTO public.candidate (id, first_name, last_name, email, bio, skills, interests, university, visa_required, start_date, end_date, status) VALUES
	('a-waiting', 'Awaiting', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-waiting', 'Bwaiting', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-booked', 'Abooked', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-booked', 'Bbooked', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-claimed', 'Aclaimed', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-claimed', 'Bclaimed', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-first', 'Afirst', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-first', 'Bfirst', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-second', 'Asecond', '', NULL, '', '{}', '{}', '', true, '2026-09-09', '2027-01-27', 'available'),
	('b-second', 'Bsecond', '', NULL, '', '{}', '{}', '', false, '2026-09-09', '2027-01-27', 'available'),
	('a-third', 'Athird', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-third', 'Bthird', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-fourth', 'Afourth', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-fourth', 'Bfourth', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-held', 'Aheld', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-held', 'Bheld', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-puzzle', 'Apuzzle', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-puzzle', 'Bpuzzle', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-again', 'Aagain', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-again', 'Bagain', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-answered', 'Aanswered', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-answered', 'Banswered', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-neighbour', 'Aneighbour', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-neighbour', 'Bneighbour', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-outcomes', 'Aoutcomes', '', NULL, '', '{}', '{}', '', true, '2026-09-09', '2027-01-27', 'available'),
	('b-outcomes', 'Boutcomes', '', NULL, '', '{}', '{}', '', false, '2026-09-09', '2027-01-27', 'available'),
	('a-late', 'Alate', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-late', 'Blate', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-bounced', 'Abounced', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-bounced', 'Bbounced', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-dead', 'Adead', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-dead', 'Bdead', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-silent', 'Asilent', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-silent', 'Bsilent', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-stopped', 'Astopped', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-stopped', 'Bstopped', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-withdrawn', 'Awithdrawn', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-withdrawn', 'Bwithdrawn', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-closed', 'Aclosed', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-closed', 'Bclosed', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-expired', 'Aexpired', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-expired', 'Bexpired', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-refused', 'Arefused', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-refused', 'Brefused', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-crossed', 'Acrossed', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-crossed', 'Bcrossed', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-crossed_sent', 'Acrossed_sent', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-crossed_sent', 'Bcrossed_sent', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-held_answered', 'Aheld_answered', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-held_answered', 'Bheld_answered', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-away', 'Aaway', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-away', 'Baway', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-reopened', 'Areopened', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-reopened', 'Breopened', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-reanswered', 'Areanswered', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-reanswered', 'Breanswered', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-reheld', 'Areheld', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-reheld', 'Breheld', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-uncertain_follow_up', 'Auncertain_follow_up', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-uncertain_follow_up', 'Buncertain_follow_up', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-overtaken', 'Aovertaken', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-overtaken', 'Bovertaken', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-free1', 'Afree1', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-free1', 'Bfree1', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-free2', 'Afree2', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-free2', 'Bfree2', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-free4', 'Afree4', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-free4', 'Bfree4', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-free5', 'Afree5', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-free5', 'Bfree5', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-free6', 'Afree6', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-free6', 'Bfree6', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-patient', 'Apatient', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-patient', 'Bpatient', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-due', 'Adue', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-due', 'Bdue', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-declined', 'Adeclined', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-declined', 'Bdeclined', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-filled', 'Afilled', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-filled', 'Bfilled', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-marked', 'Amarked', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-marked', 'Bmarked', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-resolved', 'Aresolved', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('b-resolved', 'Bresolved', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'available'),
	('a-deserted', 'Adeserted', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'withdrawn'),
	('b-deserted', 'Bdeserted', '', NULL, '', '{}', '{}', '', false, '2026-10-29', '2027-01-27', 'withdrawn');
INSERT INTO public.candidate_bio (candidate_id, role_id, source_hash, prompt_version, model, text, created_at) VALUES
	('a-booked', 'r-booked', 'h', '1', 'm', 'Studies well.', '2026-06-01 10:01:00+00');
INSERT INTO public.candidate_change (candidate_id, status, created_at) VALUES
	('a-outcomes', 'placed', '2026-06-06 10:03:00+00'),
	('a-withdrawn', 'withdrawn', '2026-06-01 10:01:00+00'),
	('b-withdrawn', 'withdrawn', '2026-06-01 10:01:00+00'),
	('a-filled', 'placed', '2026-06-01 11:01:00+00');
INSERT INTO public.candidate_outreach_history (candidate_id, role_id, cycle_id, cycle_number, status, created_at, updated_at, responded_at, interview_at, outcome_at, moved_on_at) VALUES
	('a-booked', 'r-booked', 'booked-intern-r-booked-1', 1, 'claimed', '2026-06-01 09:00:00+00', '2026-06-01 09:00:00+00', NULL, NULL, NULL, NULL),
	('b-booked', 'r-booked', 'booked-intern-r-booked-1', 1, 'claimed', '2026-06-01 09:00:00+00', '2026-06-01 09:00:00+00', NULL, NULL, NULL, NULL),
	('a-claimed', 'r-claimed', 'claimed-intern-r-claimed-1', 1, 'claimed', '2026-06-01 09:00:00+00', '2026-06-01 09:00:00+00', NULL, NULL, NULL, NULL),
	('b-claimed', 'r-claimed', 'claimed-intern-r-claimed-1', 1, 'claimed', '2026-06-01 09:00:00+00', '2026-06-01 09:00:00+00', NULL, NULL, NULL, NULL),
	('a-first', 'r-first', 'first-intern-r-first-1', 1, 'pitched', '2026-06-01 09:00:00+00', '2026-06-01 09:01:00+00', NULL, NULL, NULL, NULL),
	('b-first', 'r-first', 'first-intern-r-first-1', 1, 'pitched', '2026-06-01 09:00:00+00', '2026-06-01 09:01:00+00', NULL, NULL, NULL, NULL),
	('a-second', 'r-second', 'second-intern-r-second-1', 1, 'pitched', '2026-06-01 09:00:00+00', '2026-06-01 09:01:00+00', NULL, NULL, NULL, NULL),
	('b-second', 'r-second', 'second-intern-r-second-1', 1, 'pitched', '2026-06-01 09:00:00+00', '2026-06-01 09:01:00+00', NULL, NULL, NULL, NULL),
	('a-third', 'r-third', 'third-intern-r-third-1', 1, 'pitched', '2026-06-01 09:00:00+00', '2026-06-01 09:01:00+00', NULL, NULL, NULL, NULL),
	('b-third', 'r-third', 'third-intern-r-third-1', 1, 'pitched', '2026-06-01 09:00:00+00', '2026-06-01 09:01:00+00', NULL, NULL, NULL, NULL),
	('a-fourth', 'r-fourth', 'fourth-intern-r-fourth-1', 1, 'pitched', '2026-06-01 09:00:00+00', '2026-06-01 09:01:00+00', NULL, NULL, NULL, NULL),
	('b-fourth', 'r-fourth', 'fourth-intern-r-fourth-1', 1, 'pitched', '2026-06-01 09:00:00+00', '2026-06-01 09:01:00+00', NULL, NULL, NULL, NULL),
	('a-held', 'r-held', 'held-intern-r-held-1', 1, 'pitched', '2026-06-01 09:00:00+00', '2026-06-01 09:01:00+00', NULL, NULL, NULL, NULL),
	('b-held', 'r-held', 'held-intern-r-held-1', 1, 'pitched', '2026-06-01 09:00:00+00', '2026-06-01 09:01:00+00', NULL, NULL, NULL, NULL),
	('a-puzzle', 'r-puzzle', 'puzzle-intern-r-puzzle-1', 1, 'claimed', '2026-06-01 09:00:00+00', '2026-06-01 09:00:00+00', NULL, NULL, NULL, NULL),
	('b-puzzle', 'r-puzzle', 'puzzle-intern-r-puzzle-1', 1, 'claimed', '2026-06-01 09:00:00+00', '2026-06-01 09:00:00+00', NULL, NULL, NULL, NULL),
	('a-again', 'r-again', 'again-intern-r-again-1', 1, 'claimed', '2026-06-01 09:00:00+00', '2026-06-01 09:00:00+00', NULL, NULL, NULL, NULL),
	('b-again', 'r-again', 'again-intern-r-again-1', 1, 'claimed', '2026-06-01 09:00:00+00', '2026-06-01 09:00:00+00', NULL, NULL, NULL, NULL),
	('a-resolved', 'r-resolved', 'resolved-intern-r-resolved-1', 1, 'pitched', '2026-06-01 09:00:00+00', '2026-06-01 10:02:00+00', NULL, NULL, NULL, NULL),
	('b-resolved', 'r-resolved', 'resolved-intern-r-resolved-1', 1, 'pitched', '2026-06-01 09:00:00+00', '2026-06-01 10:02:00+00', NULL, NULL, NULL, NULL),
	('a-neighbour', 'r-neighbour', 'answered-intern-r-neighbour-1', 1, 'pitched', '2026-06-01 09:00:00+00', '2026-06-01 09:01:00+00', NULL, NULL, NULL, NULL),
	('b-neighbour', 'r-neighbour', 'answered-intern-r-neighbour-1', 1, 'pitched', '2026-06-01 09:00:00+00', '2026-06-01 09:01:00+00', NULL, NULL, NULL, NULL),
	('a-answered', 'r-answered', 'answered-intern-r-answered-1', 1, 'responded', '2026-06-01 09:00:00+00', '2026-06-01 10:01:00+00', '2026-06-01 10:01:00+00', NULL, NULL, NULL),
	('b-answered', 'r-answered', 'answered-intern-r-answered-1', 1, 'responded', '2026-06-01 09:00:00+00', '2026-06-01 10:01:00+00', '2026-06-01 10:01:00+00', NULL, NULL, NULL),
	('b-late', 'r-free1', 'free1-intern-r-free1-1', 2, 'claimed', '2026-06-09 09:04:00+00', '2026-06-09 09:04:00+00', NULL, NULL, NULL, NULL),
	('a-outcomes', 'r-outcomes', 'outcomes-intern-r-outcomes-1', 1, 'placed', '2026-06-01 09:00:00+00', '2026-06-06 10:03:00+00', '2026-06-05 10:03:00+00', '2026-06-06 10:03:00+00', '2026-06-06 10:03:00+00', NULL),
	('b-outcomes', 'r-outcomes', 'outcomes-intern-r-outcomes-1', 1, 'responded', '2026-06-01 09:00:00+00', '2026-06-06 10:03:00+00', '2026-06-05 10:03:00+00', '2026-06-06 10:03:00+00', NULL, NULL),
	('a-marked', 'r-marked', 'marked-intern-r-marked-1', 1, 'responded', '2026-06-01 09:00:00+00', '2026-06-03 10:02:00+00', '2026-06-03 10:02:00+00', NULL, NULL, NULL),
	('b-marked', 'r-marked', 'marked-intern-r-marked-1', 1, 'responded', '2026-06-01 09:00:00+00', '2026-06-03 10:02:00+00', '2026-06-03 10:02:00+00', NULL, NULL, NULL),
	('a-free1', 'r-free1', 'free1-intern-r-free1-1', 1, 'claimed', '2026-06-09 09:04:00+00', '2026-06-09 09:04:00+00', NULL, NULL, NULL, NULL),
	('a-late', 'r-free1', 'free1-intern-r-free1-1', 2, 'claimed', '2026-06-09 09:04:00+00', '2026-06-09 09:04:00+00', NULL, NULL, NULL, NULL),
	('a-free2', 'r-free2', 'free2-intern-r-free2-1', 1, 'claimed', '2026-06-09 09:04:00+00', '2026-06-09 09:04:00+00', NULL, NULL, NULL, NULL),
	('a-late', 'r-free2', 'free2-intern-r-free2-1', 3, 'claimed', '2026-06-09 09:04:00+00', '2026-06-09 09:04:00+00', NULL, NULL, NULL, NULL),
	('b-late', 'r-free2', 'free2-intern-r-free2-1', 3, 'claimed', '2026-06-09 09:04:00+00', '2026-06-09 09:04:00+00', NULL, NULL, NULL, NULL),
	('a-free4', 'r-free4', 'free4-intern-r-free4-1', 1, 'claimed', '2026-06-09 09:04:00+00', '2026-06-09 09:04:00+00', NULL, NULL, NULL, NULL),
	('a-late', 'r-free4', 'free4-intern-r-free4-1', 4, 'claimed', '2026-06-09 09:04:00+00', '2026-06-09 09:04:00+00', NULL, NULL, NULL, NULL),
	('b-late', 'r-free4', 'free4-intern-r-free4-1', 4, 'claimed', '2026-06-09 09:04:00+00', '2026-06-09 09:04:00+00', NULL, NULL, NULL, NULL),
	('a-late', 'r-late', 'late-intern-r-late-1', 1, 'responded', '2026-06-01 09:00:00+00', '2026-06-10 10:04:00+00', '2026-06-10 10:04:00+00', NULL, NULL, NULL),
	('b-late', 'r-late', 'late-intern-r-late-1', 1, 'responded', '2026-06-01 09:00:00+00', '2026-06-10 10:04:00+00', '2026-06-10 10:04:00+00', NULL, NULL, NULL),
	('a-bounced', 'r-bounced', 'bounced-intern-r-bounced-1', 1, 'pitched', '2026-06-01 09:00:00+00', '2026-06-01 09:01:00+00', NULL, NULL, NULL, NULL),
	('b-bounced', 'r-bounced', 'bounced-intern-r-bounced-1', 1, 'pitched', '2026-06-01 09:00:00+00', '2026-06-01 09:01:00+00', NULL, NULL, NULL, NULL),
	('a-dead', 'r-dead', 'dead-intern-r-dead-1', 1, 'pitched', '2026-06-01 09:00:00+00', '2026-06-01 09:01:00+00', NULL, NULL, NULL, NULL),
	('b-dead', 'r-dead', 'dead-intern-r-dead-1', 1, 'pitched', '2026-06-01 09:00:00+00', '2026-06-01 09:01:00+00', NULL, NULL, NULL, NULL),
	('a-silent', 'r-silent', 'silent-intern-r-silent-1', 1, 'no_response', '2026-06-01 09:00:00+00', '2026-06-09 09:04:00+00', NULL, NULL, NULL, NULL),
	('b-silent', 'r-silent', 'silent-intern-r-silent-1', 1, 'no_response', '2026-06-01 09:00:00+00', '2026-06-09 09:04:00+00', NULL, NULL, NULL, NULL),
	('a-free5', 'r-free5', 'free5-intern-r-free5-1', 1, 'claimed', '2026-06-09 09:04:00+00', '2026-06-09 09:04:00+00', NULL, NULL, NULL, NULL),
	('a-silent', 'r-free5', 'free5-intern-r-free5-1', 2, 'claimed', '2026-06-09 09:04:00+00', '2026-06-09 09:04:00+00', NULL, NULL, NULL, NULL),
	('b-silent', 'r-free5', 'free5-intern-r-free5-1', 2, 'claimed', '2026-06-09 09:04:00+00', '2026-06-09 09:04:00+00', NULL, NULL, NULL, NULL),
	('a-stopped', 'r-stopped', 'stopped-intern-r-stopped-1', 1, 'pitched', '2026-06-01 09:00:00+00', '2026-06-01 09:01:00+00', NULL, NULL, NULL, NULL),
	('b-stopped', 'r-stopped', 'stopped-intern-r-stopped-1', 1, 'pitched', '2026-06-01 09:00:00+00', '2026-06-01 09:01:00+00', NULL, NULL, NULL, NULL),
	('a-withdrawn', 'r-withdrawn', 'withdrawn-intern-r-withdrawn-1', 1, 'withdrawn', '2026-06-01 09:00:00+00', '2026-06-01 10:01:00+00', NULL, NULL, NULL, NULL),
	('b-withdrawn', 'r-withdrawn', 'withdrawn-intern-r-withdrawn-1', 1, 'withdrawn', '2026-06-01 09:00:00+00', '2026-06-01 10:01:00+00', NULL, NULL, NULL, NULL),
	('a-closed', 'r-closed', 'closed-intern-r-closed-1', 1, 'pitched', '2026-06-01 09:00:00+00', '2026-06-01 09:01:00+00', NULL, NULL, NULL, NULL),
	('b-closed', 'r-closed', 'closed-intern-r-closed-1', 1, 'pitched', '2026-06-01 09:00:00+00', '2026-06-01 09:01:00+00', NULL, NULL, NULL, NULL),
	('b-filled', 'r-filled', 'filled-intern-r-filled-1', 1, 'responded', '2026-06-01 09:00:00+00', '2026-06-01 11:01:00+00', '2026-06-01 11:01:00+00', NULL, NULL, NULL),
	('a-filled', 'r-filled', 'filled-intern-r-filled-1', 1, 'placed', '2026-06-01 09:00:00+00', '2026-06-01 11:01:00+00', '2026-06-01 11:01:00+00', NULL, '2026-06-01 11:01:00+00', NULL),
	('a-expired', 'r-expired', 'expired-intern-r-expired-1', 1, 'released', '2026-06-01 09:00:00+00', '2026-06-16 09:00:00+00', NULL, NULL, NULL, NULL),
	('b-expired', 'r-expired', 'expired-intern-r-expired-1', 1, 'released', '2026-06-01 09:00:00+00', '2026-06-16 09:00:00+00', NULL, NULL, NULL, NULL),
	('a-refused', 'r-refused', 'refused-intern-r-refused-1', 1, 'released', '2026-06-01 09:00:00+00', '2026-06-01 09:01:00+00', NULL, NULL, NULL, NULL),
	('b-refused', 'r-refused', 'refused-intern-r-refused-1', 1, 'released', '2026-06-01 09:00:00+00', '2026-06-01 09:01:00+00', NULL, NULL, NULL, NULL),
	('a-crossed', 'r-crossed', 'crossed-intern-r-crossed-1', 1, 'responded', '2026-06-01 09:00:00+00', '2026-06-01 11:01:00+00', '2026-06-01 11:01:00+00', NULL, NULL, NULL),
	('b-crossed', 'r-crossed', 'crossed-intern-r-crossed-1', 1, 'responded', '2026-06-01 09:00:00+00', '2026-06-01 11:01:00+00', '2026-06-01 11:01:00+00', NULL, NULL, NULL),
	('a-crossed_sent', 'r-crossed_sent', 'crossed-sent-intern-r-crossed-sent-1', 1, 'responded', '2026-06-01 09:00:00+00', '2026-06-01 11:01:00+00', '2026-06-01 11:01:00+00', NULL, NULL, NULL),
	('b-crossed_sent', 'r-crossed_sent', 'crossed-sent-intern-r-crossed-sent-1', 1, 'responded', '2026-06-01 09:00:00+00', '2026-06-01 11:01:00+00', '2026-06-01 11:01:00+00', NULL, NULL, NULL),
	('a-held_answered', 'r-held_answered', 'held-answered-intern-r-held-answered-1', 1, 'responded', '2026-06-01 09:00:00+00', '2026-06-03 12:02:00+00', '2026-06-03 12:02:00+00', NULL, NULL, NULL),
	('b-held_answered', 'r-held_answered', 'held-answered-intern-r-held-answered-1', 1, 'responded', '2026-06-01 09:00:00+00', '2026-06-03 12:02:00+00', '2026-06-03 12:02:00+00', NULL, NULL, NULL),
	('a-away', 'r-away', 'away-intern-r-away-1', 1, 'pitched', '2026-06-01 09:00:00+00', '2026-06-01 09:01:00+00', NULL, NULL, NULL, NULL),
	('b-away', 'r-away', 'away-intern-r-away-1', 1, 'pitched', '2026-06-01 09:00:00+00', '2026-06-01 09:01:00+00', NULL, NULL, NULL, NULL),
	('a-reopened', 'r-reopened', 'reopened-intern-r-reopened-1', 1, 'pitched', '2026-06-01 09:00:00+00', '2026-06-03 10:02:00+00', NULL, NULL, NULL, NULL),
	('b-reopened', 'r-reopened', 'reopened-intern-r-reopened-1', 1, 'pitched', '2026-06-01 09:00:00+00', '2026-06-03 10:02:00+00', NULL, NULL, NULL, NULL),
	('a-reanswered', 'r-reanswered', 'reanswered-intern-r-reanswered-1', 1, 'responded', '2026-06-01 09:00:00+00', '2026-06-03 10:02:00+00', '2026-06-03 10:02:00+00', NULL, NULL, NULL),
	('b-reanswered', 'r-reanswered', 'reanswered-intern-r-reanswered-1', 1, 'responded', '2026-06-01 09:00:00+00', '2026-06-03 10:02:00+00', '2026-06-03 10:02:00+00', NULL, NULL, NULL),
	('a-reheld', 'r-reheld', 'held-answered-intern-r-reheld-1', 1, 'pitched', '2026-06-08 09:00:00+00', '2026-06-08 09:01:00+00', NULL, NULL, NULL, NULL),
	('b-reheld', 'r-reheld', 'held-answered-intern-r-reheld-1', 1, 'pitched', '2026-06-08 09:00:00+00', '2026-06-08 09:01:00+00', NULL, NULL, NULL, NULL),
	('a-uncertain_follow_up', 'r-uncertain_follow_up', 'uncertain-follow-up-intern-r-uncertain-follow-up-1', 1, 'responded', '2026-06-01 09:00:00+00', '2026-06-03 10:02:00+00', '2026-06-03 10:02:00+00', NULL, NULL, NULL),
	('b-uncertain_follow_up', 'r-uncertain_follow_up', 'uncertain-follow-up-intern-r-uncertain-follow-up-1', 1, 'responded', '2026-06-01 09:00:00+00', '2026-06-03 10:02:00+00', '2026-06-03 10:02:00+00', NULL, NULL, NULL),
	('a-overtaken', 'r-overtaken', 'overtaken-intern-r-overtaken-1', 1, 'responded', '2026-06-01 09:00:00+00', '2026-06-03 09:01:00+00', '2026-06-03 09:01:00+00', NULL, NULL, NULL),
	('b-overtaken', 'r-overtaken', 'overtaken-intern-r-overtaken-1', 1, 'responded', '2026-06-01 09:00:00+00', '2026-06-03 09:01:00+00', '2026-06-03 09:01:00+00', NULL, NULL, NULL),
	('a-due', 'r-due', 'due-intern-r-due-1', 1, 'pitched', '2026-06-01 09:00:00+00', '2026-06-01 09:01:00+00', NULL, NULL, NULL, NULL),
	('b-due', 'r-due', 'due-intern-r-due-1', 1, 'pitched', '2026-06-01 09:00:00+00', '2026-06-01 09:01:00+00', NULL, NULL, NULL, NULL),
	('a-declined', 'r-declined', 'declined-intern-r-declined-1', 1, 'responded', '2026-06-01 09:00:00+00', '2026-06-01 10:01:00+00', '2026-06-01 10:01:00+00', NULL, NULL, NULL),
	('a-free6', 'r-free6', 'free6-intern-r-free6-1', 1, 'claimed', '2026-06-01 10:01:00+00', '2026-06-01 10:01:00+00', NULL, NULL, NULL, NULL),
	('b-free6', 'r-free6', 'free6-intern-r-free6-1', 1, 'claimed', '2026-06-01 10:01:00+00', '2026-06-01 10:01:00+00', NULL, NULL, NULL, NULL),
	('b-declined', 'r-free6', 'free6-intern-r-free6-1', 2, 'claimed', '2026-06-01 10:01:00+00', '2026-06-01 10:01:00+00', NULL, NULL, NULL, NULL),
	('b-declined', 'r-declined', 'declined-intern-r-declined-1', 1, 'declined', '2026-06-01 09:00:00+00', '2026-06-01 10:01:00+00', '2026-06-01 10:01:00+00', NULL, '2026-06-01 10:01:00+00', '2026-06-01 10:01:00+00'),
	('a-deserted', 'r-deserted', 'deserted-intern-r-deserted-1', 1, 'claimed', '2026-06-02 09:00:00+00', '2026-06-02 09:00:00+00', NULL, NULL, NULL, NULL),
	('b-deserted', 'r-deserted', 'deserted-intern-r-deserted-1', 1, 'claimed', '2026-06-02 09:00:00+00', '2026-06-02 09:00:00+00', NULL, NULL, NULL, NULL),
	('a-waiting', 'r-waiting', 'waiting-intern-r-waiting-1', 1, 'claimed', '2026-06-01 09:00:00+00', '2026-06-01 09:00:00+00', NULL, NULL, NULL, NULL),
	('b-waiting', 'r-waiting', 'waiting-intern-r-waiting-1', 1, 'claimed', '2026-06-01 09:00:00+00', '2026-06-01 09:00:00+00', NULL, NULL, NULL, NULL),
	('a-patient', 'r-patient', 'marked-intern-r-patient-1', 1, 'claimed', '2026-06-01 09:00:00+00', '2026-06-01 09:00:00+00', NULL, NULL, NULL, NULL),
	('b-patient', 'r-patient', 'marked-intern-r-patient-1', 1, 'claimed', '2026-06-01 09:00:00+00', '2026-06-01 09:00:00+00', NULL, NULL, NULL, NULL);
INSERT INTO public.company (id, name, industry, website, time_zone, specialist_id, weekly_limit, suppressed) VALUES
	('c-waiting', 'Waiting', 'Software', '', NULL, 's-james', NULL, false),
	('c-deserted', 'Deserted', 'Software', '', NULL, NULL, NULL, false),
	('c-booked', 'Booked', 'Software', '', NULL, NULL, NULL, false),
	('c-claimed', 'Claimed', 'Software', '', NULL, 's-james', NULL, false),
	('c-first', 'First', 'Software', '', NULL, NULL, NULL, false),
	('c-second', 'Second', 'Software', '', NULL, NULL, NULL, false),
	('c-third', 'Third', 'Software', '', NULL, 's-james', NULL, false),
	('c-fourth', 'Fourth', 'Software', '', NULL, NULL, NULL, false),
	('c-held', 'Held', 'Software', '', NULL, NULL, NULL, false),
	('c-puzzle', 'Puzzle', 'Software', '', NULL, 's-james', NULL, false),
	('c-again', 'Again', 'Software', '', NULL, NULL, NULL, false),
	('c-answered', 'Answered', 'Software', '', NULL, NULL, 2, false),
	('c-outcomes', 'Outcomes', 'Software', '', NULL, 's-james', NULL, false),
	('c-late', 'Late', 'Software', '', NULL, NULL, NULL, false),
	('c-bounced', 'Bounced', 'Software', '', NULL, NULL, NULL, false),
	('c-dead', 'Dead', 'Software', '', NULL, 's-james', NULL, false),
	('c-silent', 'Silent', 'Software', '', NULL, NULL, NULL, false),
	('c-stopped', 'Stopped', 'Software', '', NULL, NULL, NULL, false),
	('c-withdrawn', 'Withdrawn', 'Software', '', NULL, 's-james', NULL, false),
	('c-closed', 'Closed', 'Software', '', NULL, NULL, NULL, false),
	('c-expired', 'Expired', 'Software', '', NULL, NULL, NULL, false),
	('c-refused', 'Refused', 'Software', '', NULL, 's-james', NULL, false),
	('c-crossed', 'Crossed', 'Software', '', NULL, NULL, NULL, false),
	('c-crossed_sent', 'Crossed Sent', 'Software', '', NULL, NULL, NULL, false),
	('c-held_answered', 'Held Answered', 'Software', '', NULL, 's-james', 2, false),
	('c-away', 'Away', 'Software', '', NULL, NULL, NULL, false),
	('c-reopened', 'Reopened', 'Software', '', NULL, NULL, NULL, false),
	('c-reanswered', 'Reanswered', 'Software', '', NULL, 's-james', NULL, false),
	('c-uncertain_follow_up', 'Uncertain Follow Up', 'Software', '', NULL, NULL, NULL, false),
	('c-overtaken', 'Overtaken', 'Software', '', NULL, NULL, NULL, false),
	('c-free1', 'Free1', 'Software', '', NULL, 's-james', NULL, false),
	('c-free2', 'Free2', 'Software', '', NULL, NULL, NULL, false),
	('c-free4', 'Free4', 'Software', '', NULL, NULL, NULL, false),
	('c-free5', 'Free5', 'Software', '', NULL, 's-james', NULL, false),
	('c-free6', 'Free6', 'Software', '', NULL, NULL, NULL, false),
	('c-due', 'Due', 'Software', '', NULL, NULL, NULL, false),
	('c-declined', 'Declined', 'Software', '', NULL, 's-james', NULL, false),
	('c-filled', 'Filled', 'Software', '', NULL, NULL, NULL, false),
	('c-marked', 'Marked', 'Software', '', NULL, NULL, 2, false),
	('c-resolved', 'Resolved', 'Software', '', NULL, 's-james', NULL, false);
INSERT INTO public.contact (id, company_id, first_name, last_name, email, layout_name, active) VALUES
	('k-waiting', 'c-waiting', 'Tom', '', 'tom@waiting.example', 'partner', true),
	('k-deserted', 'c-deserted', 'Tom', '', 'tom@deserted.example', 'partner', true),
	('k-booked', 'c-booked', 'Tom', '', 'tom@booked.example', 'partner', true),
	('k-claimed', 'c-claimed', 'Tom', '', 'tom@claimed.example', 'partner', true),
	('l-claimed', 'c-claimed', 'Li', '', 'li@claimed.example', 'partner', true),
	('k-first', 'c-first', 'Tom', '', 'tom@first.example', 'partner', true),
	('k-second', 'c-second', 'Tom', '', 'tom@second.example', 'partner', true),
	('l-second', 'c-second', 'Li', '', 'li@second.example', 'partner', true),
	('k-third', 'c-third', 'Tom', '', 'tom@third.example', 'partner', true),
	('k-fourth', 'c-fourth', 'Tom', '', 'tom@fourth.example', 'partner', true),
	('k-held', 'c-held', 'Tom', '', 'tom@held.example', 'partner', true),
	('l-held', 'c-held', 'Li', '', 'li@held.example', 'partner', true),
	('k-puzzle', 'c-puzzle', 'Tom', '', 'tom@puzzle.example', 'partner', true),
	('l-puzzle', 'c-puzzle', 'Li', '', 'li@puzzle.example', 'partner', true),
	('k-again', 'c-again', 'Tom', '', 'tom@again.example', 'partner', true),
	('l-again', 'c-again', 'Li', '', 'li@again.example', 'partner', true),
	('k-answered', 'c-answered', 'Tom', '', 'tom@answered.example', 'partner', true),
	('l-answered', 'c-answered', 'Li', '', 'li@answered.example', 'partner', true),
	('k-outcomes', 'c-outcomes', 'Tom', '', 'tom@outcomes.example', 'partner', true),
	('l-outcomes', 'c-outcomes', 'Li', '', 'li@outcomes.example', 'partner', true),
	('k-late', 'c-late', 'Tom', '', 'tom@late.example', 'partner', true),
	('k-bounced', 'c-bounced', 'Tom', '', 'tom@bounced.example', 'partner', true),
	('l-bounced', 'c-bounced', 'Li', '', 'li@bounced.example', 'partner', true),
	('k-dead', 'c-dead', 'Tom', '', 'tom@dead.example', 'partner', true),
	('k-silent', 'c-silent', 'Tom', '', 'tom@silent.example', 'partner', true),
	('k-stopped', 'c-stopped', 'Tom', '', 'tom@stopped.example', 'partner', true),
	('k-withdrawn', 'c-withdrawn', 'Tom', '', 'tom@withdrawn.example', 'partner', true),
	('k-closed', 'c-closed', 'Tom', '', 'tom@closed.example', 'partner', true),
	('l-closed', 'c-closed', 'Li', '', 'li@closed.example', 'partner', true),
	('k-expired', 'c-expired', 'Tom', '', 'tom@expired.example', 'partner', true),
	('k-refused', 'c-refused', 'Tom', '', 'tom@refused.example', 'partner', true),
	('l-refused', 'c-refused', 'Li', '', 'li@refused.example', 'partner', true),
	('k-crossed', 'c-crossed', 'Tom', '', 'tom@crossed.example', 'partner', true),
	('k-crossed_sent', 'c-crossed_sent', 'Tom', '', 'tom@crossed_sent.example', 'partner', true),
	('k-held_answered', 'c-held_answered', 'Tom', '', 'tom@held_answered.example', 'partner', true),
	('l-held_answered', 'c-held_answered', 'Li', '', 'li@held_answered.example', 'partner', true),
	('k-away', 'c-away', 'Tom', '', 'tom@away.example', 'partner', true),
	('l-away', 'c-away', 'Li', '', 'li@away.example', 'partner', true),
	('k-reopened', 'c-reopened', 'Tom', '', 'tom@reopened.example', 'partner', true),
	('k-reanswered', 'c-reanswered', 'Tom', '', 'tom@reanswered.example', 'partner', true),
	('l-reanswered', 'c-reanswered', 'Li', '', 'li@reanswered.example', 'partner', true),
	('k-uncertain_follow_up', 'c-uncertain_follow_up', 'Tom', '', 'tom@uncertain_follow_up.example', 'partner', true),
	('l-uncertain_follow_up', 'c-uncertain_follow_up', 'Li', '', 'li@uncertain_follow_up.example', 'partner', true),
	('k-overtaken', 'c-overtaken', 'Tom', '', 'tom@overtaken.example', 'partner', true),
	('l-overtaken', 'c-overtaken', 'Li', '', 'li@overtaken.example', 'partner', true),
	('k-free1', 'c-free1', 'Tom', '', 'tom@free1.example', 'partner', true),
	('k-free2', 'c-free2', 'Tom', '', 'tom@free2.example', 'partner', true),
	('k-free4', 'c-free4', 'Tom', '', 'tom@free4.example', 'partner', true),
	('k-free5', 'c-free5', 'Tom', '', 'tom@free5.example', 'partner', true),
	('k-free6', 'c-free6', 'Tom', '', 'tom@free6.example', 'partner', true),
	('k-due', 'c-due', 'Tom', '', 'tom@due.example', 'partner', true),
	('l-due', 'c-due', 'Li', '', 'li@due.example', 'partner', true),
	('k-declined', 'c-declined', 'Tom', '', 'tom@declined.example', 'partner', true),
	('k-filled', 'c-filled', 'Tom', '', 'tom@filled.example', 'partner', true),
	('k-marked', 'c-marked', 'Tom', '', 'tom@marked.example', 'partner', true),
	('l-marked', 'c-marked', 'Li', '', 'li@marked.example', 'partner', true),
	('k-resolved', 'c-resolved', 'Tom', '', 'tom@resolved.example', 'partner', true),
	('l-resolved', 'c-resolved', 'Li', '', 'li@resolved.example', 'partner', true);
INSERT INTO public.control (only_row, hold_all, changed_at, token_key) VALUES
	(true, true, '2026-06-01 09:00:00+00', '\xcba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4');
INSERT INTO public.cycle_event (id, cycle_id, at, kind, detail) OVERRIDING SYSTEM VALUE VALUES
	(1, 'booked-intern-r-booked-1', '2026-06-01 09:00:00+00', 'planned', 'run-booked'),
	(2, 'claimed-intern-r-claimed-1', '2026-06-01 09:00:00+00', 'planned', 'run-claimed'),
	(3, 'first-intern-r-first-1', '2026-06-01 09:00:00+00', 'planned', 'run-first'),
	(4, 'first-intern-r-first-1', '2026-06-01 09:01:00+00', 'sent', 'initial'),
	(5, 'second-intern-r-second-1', '2026-06-01 09:00:00+00', 'planned', 'run-second'),
	(6, 'second-intern-r-second-1', '2026-06-01 09:01:00+00', 'sent', 'initial'),
	(7, 'second-intern-r-second-1', '2026-06-03 09:02:00+00', 'sent', 'follow_up_1'),
	(8, 'third-intern-r-third-1', '2026-06-01 09:00:00+00', 'planned', 'run-third'),
	(9, 'third-intern-r-third-1', '2026-06-01 09:01:00+00', 'sent', 'initial'),
	(10, 'third-intern-r-third-1', '2026-06-03 09:02:00+00', 'sent', 'follow_up_1'),
	(11, 'third-intern-r-third-1', '2026-06-05 09:03:00+00', 'sent', 'follow_up_2'),
	(12, 'fourth-intern-r-fourth-1', '2026-06-01 09:00:00+00', 'planned', 'run-fourth'),
	(13, 'fourth-intern-r-fourth-1', '2026-06-01 09:01:00+00', 'sent', 'initial'),
	(14, 'fourth-intern-r-fourth-1', '2026-06-03 09:02:00+00', 'sent', 'follow_up_1'),
	(15, 'fourth-intern-r-fourth-1', '2026-06-05 09:03:00+00', 'sent', 'follow_up_2'),
	(16, 'fourth-intern-r-fourth-1', '2026-06-07 09:04:00+00', 'sent', 'follow_up_3'),
	(17, 'held-intern-r-held-1', '2026-06-01 09:00:00+00', 'planned', 'run-held'),
	(18, 'held-intern-r-held-1', '2026-06-01 09:01:00+00', 'sent', 'initial'),
	(19, 'held-intern-r-held-1', '2026-06-03 09:02:00+00', 'sent', 'follow_up_1'),
	(20, 'held-intern-r-held-1', '2026-06-03 10:02:00+00', 'held', 'person'),
	(21, 'puzzle-intern-r-puzzle-1', '2026-06-01 09:00:00+00', 'planned', 'run-puzzle'),
	(22, 'puzzle-intern-r-puzzle-1', '2026-06-01 09:01:00+00', 'uncertain', '14'),
	(23, 'puzzle-intern-r-puzzle-1', '2026-06-01 09:01:00+00', 'held', 'uncertain'),
	(24, 'again-intern-r-again-1', '2026-06-01 09:00:00+00', 'planned', 'run-again'),
	(25, 'again-intern-r-again-1', '2026-06-01 09:01:00+00', 'uncertain', '15'),
	(26, 'resolved-intern-r-resolved-1', '2026-06-01 09:00:00+00', 'planned', 'run-resolved'),
	(27, 'resolved-intern-r-resolved-1', '2026-06-01 09:01:00+00', 'uncertain', '16'),
	(28, 'resolved-intern-r-resolved-1', '2026-06-01 10:02:00+00', 'sent', 'initial'),
	(29, 'answered-intern-r-neighbour-1', '2026-06-01 09:00:00+00', 'planned', 'run-neighbour'),
	(30, 'answered-intern-r-neighbour-1', '2026-06-01 09:01:00+00', 'sent', 'initial'),
	(31, 'answered-intern-r-answered-1', '2026-06-01 09:00:00+00', 'planned', 'run-answered'),
	(32, 'answered-intern-r-answered-1', '2026-06-01 09:01:00+00', 'sent', 'initial'),
	(33, 'answered-intern-r-answered-1', '2026-06-01 10:01:00+00', 'responded', 'initial'),
	(34, 'answered-intern-r-answered-1', '2026-06-01 10:01:00+00', 'closed', 'responded'),
	(35, 'answered-intern-r-neighbour-1', '2026-06-01 10:01:00+00', 'held', 'company_answered'),
	(36, 'answered-intern-r-answered-1', '2026-06-01 10:01:00+00', 'told', 'the specialist of the reply'),
	(37, 'outcomes-intern-r-outcomes-1', '2026-06-01 09:00:00+00', 'planned', 'run-outcomes'),
	(38, 'outcomes-intern-r-outcomes-1', '2026-06-01 09:01:00+00', 'sent', 'initial'),
	(39, 'outcomes-intern-r-outcomes-1', '2026-06-03 09:02:00+00', 'sent', 'follow_up_1'),
	(40, 'outcomes-intern-r-outcomes-1', '2026-06-05 09:03:00+00', 'sent', 'follow_up_2'),
	(41, 'outcomes-intern-r-outcomes-1', '2026-06-05 10:03:00+00', 'responded', 'follow_up_2'),
	(42, 'outcomes-intern-r-outcomes-1', '2026-06-05 10:03:00+00', 'closed', 'responded'),
	(43, 'outcomes-intern-r-outcomes-1', '2026-06-06 10:03:00+00', 'not_told', 'the specialist of the reply: no specialist'),
	(44, 'outcomes-intern-r-outcomes-1', '2026-06-06 10:03:00+00', 'interview', 'a-outcomes'),
	(45, 'outcomes-intern-r-outcomes-1', '2026-06-06 10:03:00+00', 'placed', 'a-outcomes'),
	(46, 'outcomes-intern-r-outcomes-1', '2026-06-06 10:03:00+00', 'interview', 'b-outcomes'),
	(47, 'marked-intern-r-marked-1', '2026-06-01 09:00:00+00', 'planned', 'run-marked'),
	(48, 'marked-intern-r-marked-1', '2026-06-01 09:01:00+00', 'sent', 'initial'),
	(49, 'marked-intern-r-marked-1', '2026-06-03 09:02:00+00', 'sent', 'follow_up_1'),
	(50, 'marked-intern-r-marked-1', '2026-06-03 10:02:00+00', 'responded', 'follow_up_1'),
	(51, 'marked-intern-r-marked-1', '2026-06-03 10:02:00+00', 'closed', 'responded'),
	(52, 'late-intern-r-late-1', '2026-06-01 09:00:00+00', 'planned', 'run-late'),
	(53, 'late-intern-r-late-1', '2026-06-01 09:01:00+00', 'sent', 'initial'),
	(54, 'late-intern-r-late-1', '2026-06-03 09:02:00+00', 'sent', 'follow_up_1'),
	(55, 'late-intern-r-late-1', '2026-06-05 09:03:00+00', 'sent', 'follow_up_2'),
	(56, 'late-intern-r-late-1', '2026-06-07 09:04:00+00', 'sent', 'follow_up_3'),
	(57, 'late-intern-r-late-1', '2026-06-09 09:04:00+00', 'closed', 'no_response'),
	(58, 'free1-intern-r-free1-1', '2026-06-09 09:04:00+00', 'planned', 'late-intern-r-late-1'),
	(59, 'free2-intern-r-free2-1', '2026-06-09 09:04:00+00', 'planned', 'late-intern-r-late-1'),
	(60, 'free4-intern-r-free4-1', '2026-06-09 09:04:00+00', 'planned', 'late-intern-r-late-1'),
	(61, 'late-intern-r-late-1', '2026-06-10 10:04:00+00', 'responded', 'follow_up_3'),
	(62, 'free1-intern-r-free1-1', '2026-06-10 10:04:00+00', 'held', 'parent_answered'),
	(63, 'free2-intern-r-free2-1', '2026-06-10 10:04:00+00', 'held', 'parent_answered'),
	(64, 'free4-intern-r-free4-1', '2026-06-10 10:04:00+00', 'held', 'parent_answered'),
	(65, 'bounced-intern-r-bounced-1', '2026-06-01 09:00:00+00', 'planned', 'run-bounced'),
	(66, 'bounced-intern-r-bounced-1', '2026-06-01 09:01:00+00', 'sent', 'initial'),
	(67, 'bounced-intern-r-bounced-1', '2026-06-01 10:01:00+00', 'bounced', '5.1.1'),
	(68, 'dead-intern-r-dead-1', '2026-06-01 09:00:00+00', 'planned', 'run-dead'),
	(69, 'dead-intern-r-dead-1', '2026-06-01 09:01:00+00', 'sent', 'initial'),
	(70, 'dead-intern-r-dead-1', '2026-06-01 10:01:00+00', 'bounced', '5.1.1'),
	(71, 'dead-intern-r-dead-1', '2026-06-01 10:01:00+00', 'closed', 'undeliverable'),
	(72, 'silent-intern-r-silent-1', '2026-06-01 09:00:00+00', 'planned', 'run-silent'),
	(73, 'silent-intern-r-silent-1', '2026-06-01 09:01:00+00', 'sent', 'initial'),
	(74, 'silent-intern-r-silent-1', '2026-06-03 09:02:00+00', 'sent', 'follow_up_1'),
	(75, 'silent-intern-r-silent-1', '2026-06-05 09:03:00+00', 'sent', 'follow_up_2'),
	(76, 'silent-intern-r-silent-1', '2026-06-07 09:04:00+00', 'sent', 'follow_up_3'),
	(77, 'silent-intern-r-silent-1', '2026-06-09 09:04:00+00', 'closed', 'no_response'),
	(78, 'free5-intern-r-free5-1', '2026-06-09 09:04:00+00', 'planned', 'silent-intern-r-silent-1'),
	(79, 'stopped-intern-r-stopped-1', '2026-06-01 09:00:00+00', 'planned', 'run-stopped'),
	(80, 'stopped-intern-r-stopped-1', '2026-06-01 09:01:00+00', 'sent', 'initial'),
	(81, 'stopped-intern-r-stopped-1', '2026-06-03 09:02:00+00', 'sent', 'follow_up_1'),
	(82, 'stopped-intern-r-stopped-1', '2026-06-03 10:02:00+00', 'closed', 'stopped'),
	(83, 'withdrawn-intern-r-withdrawn-1', '2026-06-01 09:00:00+00', 'planned', 'run-withdrawn'),
	(84, 'withdrawn-intern-r-withdrawn-1', '2026-06-01 09:01:00+00', 'sent', 'initial'),
	(85, 'withdrawn-intern-r-withdrawn-1', '2026-06-01 10:01:00+00', 'candidate_left', 'a-withdrawn'),
	(86, 'withdrawn-intern-r-withdrawn-1', '2026-06-01 10:01:00+00', 'candidate_left', 'b-withdrawn'),
	(87, 'withdrawn-intern-r-withdrawn-1', '2026-06-01 10:01:00+00', 'closed', 'withdrawn'),
	(88, 'closed-intern-r-closed-1', '2026-06-01 09:00:00+00', 'planned', 'run-closed'),
	(89, 'closed-intern-r-closed-1', '2026-06-01 09:01:00+00', 'sent', 'initial'),
	(90, 'closed-intern-r-closed-1', '2026-06-01 10:01:00+00', 'closed', 'role_closed'),
	(91, 'filled-intern-r-filled-1', '2026-06-01 09:00:00+00', 'planned', 'run-filled'),
	(92, 'filled-intern-r-filled-1', '2026-06-01 09:01:00+00', 'sent', 'initial'),
	(93, 'filled-intern-r-filled-1', '2026-06-01 11:01:00+00', 'responded', 'initial'),
	(94, 'filled-intern-r-filled-1', '2026-06-01 11:01:00+00', 'closed', 'responded'),
	(95, 'filled-intern-r-filled-1', '2026-06-01 11:01:00+00', 'placed', 'a-filled'),
	(96, 'expired-intern-r-expired-1', '2026-06-01 09:00:00+00', 'planned', 'run-expired'),
	(97, 'expired-intern-r-expired-1', '2026-06-16 09:00:00+00', 'closed', 'not_admitted'),
	(98, 'refused-intern-r-refused-1', '2026-06-01 09:00:00+00', 'planned', 'run-refused'),
	(99, 'refused-intern-r-refused-1', '2026-06-01 09:01:00+00', 'refused', 'initial'),
	(100, 'refused-intern-r-refused-1', '2026-06-01 09:01:00+00', 'closed', 'undeliverable'),
	(101, 'crossed-intern-r-crossed-1', '2026-06-01 09:00:00+00', 'planned', 'run-crossed'),
	(102, 'crossed-intern-r-crossed-1', '2026-06-01 09:01:00+00', 'uncertain', '40'),
	(103, 'crossed-intern-r-crossed-1', '2026-06-01 11:01:00+00', 'responded', 'initial'),
	(104, 'crossed-intern-r-crossed-1', '2026-06-01 11:01:00+00', 'closed', 'responded'),
	(105, 'crossed-sent-intern-r-crossed-sent-1', '2026-06-01 09:00:00+00', 'planned', 'run-crossed_sent'),
	(106, 'crossed-sent-intern-r-crossed-sent-1', '2026-06-01 09:01:00+00', 'uncertain', '41'),
	(107, 'crossed-sent-intern-r-crossed-sent-1', '2026-06-01 11:01:00+00', 'responded', 'initial'),
	(108, 'crossed-sent-intern-r-crossed-sent-1', '2026-06-01 11:01:00+00', 'closed', 'responded'),
	(109, 'crossed-sent-intern-r-crossed-sent-1', '2026-06-01 09:01:00+00', 'sent', 'initial'),
	(110, 'held-answered-intern-r-held-answered-1', '2026-06-01 09:00:00+00', 'planned', 'run-held_answered'),
	(111, 'held-answered-intern-r-held-answered-1', '2026-06-01 09:01:00+00', 'sent', 'initial'),
	(112, 'held-answered-intern-r-held-answered-1', '2026-06-03 09:02:00+00', 'sent', 'follow_up_1'),
	(113, 'held-answered-intern-r-held-answered-1', '2026-06-03 10:02:00+00', 'held', 'person'),
	(114, 'held-answered-intern-r-held-answered-1', '2026-06-03 12:02:00+00', 'responded', 'follow_up_1'),
	(115, 'held-answered-intern-r-held-answered-1', '2026-06-03 12:02:00+00', 'closed', 'responded'),
	(116, 'away-intern-r-away-1', '2026-06-01 09:00:00+00', 'planned', 'run-away'),
	(117, 'away-intern-r-away-1', '2026-06-01 09:01:00+00', 'sent', 'initial'),
	(118, 'away-intern-r-away-1', '2026-06-01 10:01:00+00', 'held', 'away'),
	(119, 'reopened-intern-r-reopened-1', '2026-06-01 09:00:00+00', 'planned', 'run-reopened'),
	(120, 'reopened-intern-r-reopened-1', '2026-06-01 09:01:00+00', 'sent', 'initial'),
	(121, 'reopened-intern-r-reopened-1', '2026-06-03 09:02:00+00', 'sent', 'follow_up_1'),
	(122, 'reopened-intern-r-reopened-1', '2026-06-03 10:02:00+00', 'responded', 'initial'),
	(123, 'reopened-intern-r-reopened-1', '2026-06-03 10:02:00+00', 'closed', 'responded'),
	(124, 'reopened-intern-r-reopened-1', '2026-06-03 10:02:00+00', 'taken_back', 'initial'),
	(125, 'reanswered-intern-r-reanswered-1', '2026-06-01 09:00:00+00', 'planned', 'run-reanswered'),
	(126, 'reanswered-intern-r-reanswered-1', '2026-06-01 09:01:00+00', 'sent', 'initial'),
	(127, 'reanswered-intern-r-reanswered-1', '2026-06-01 10:01:00+00', 'responded', 'initial'),
	(128, 'reanswered-intern-r-reanswered-1', '2026-06-01 10:01:00+00', 'closed', 'responded'),
	(129, 'reanswered-intern-r-reanswered-1', '2026-06-01 10:01:00+00', 'taken_back', 'initial'),
	(130, 'reanswered-intern-r-reanswered-1', '2026-06-03 09:02:00+00', 'sent', 'follow_up_1'),
	(131, 'reanswered-intern-r-reanswered-1', '2026-06-03 10:02:00+00', 'responded', 'follow_up_1'),
	(132, 'reanswered-intern-r-reanswered-1', '2026-06-03 10:02:00+00', 'closed', 'responded'),
	(133, 'held-answered-intern-r-reheld-1', '2026-06-08 09:00:00+00', 'planned', 'run-reheld'),
	(134, 'held-answered-intern-r-reheld-1', '2026-06-08 09:01:00+00', 'sent', 'initial'),
	(135, 'uncertain-follow-up-intern-r-uncertain-follow-up-1', '2026-06-01 09:00:00+00', 'planned', 'run-uncertain_follow_up'),
	(136, 'uncertain-follow-up-intern-r-uncertain-follow-up-1', '2026-06-01 09:01:00+00', 'sent', 'initial'),
	(137, 'uncertain-follow-up-intern-r-uncertain-follow-up-1', '2026-06-03 09:02:00+00', 'uncertain', '51'),
	(138, 'uncertain-follow-up-intern-r-uncertain-follow-up-1', '2026-06-03 10:02:00+00', 'responded', 'follow_up_1'),
	(139, 'uncertain-follow-up-intern-r-uncertain-follow-up-1', '2026-06-03 10:02:00+00', 'closed', 'responded'),
	(140, 'overtaken-intern-r-overtaken-1', '2026-06-01 09:00:00+00', 'planned', 'run-overtaken'),
	(141, 'overtaken-intern-r-overtaken-1', '2026-06-01 09:01:00+00', 'sent', 'initial'),
	(142, 'overtaken-intern-r-overtaken-1', '2026-06-03 09:01:00+00', 'responded', 'initial'),
	(143, 'overtaken-intern-r-overtaken-1', '2026-06-03 09:01:00+00', 'closed', 'responded'),
	(144, 'overtaken-intern-r-overtaken-1', '2026-06-03 10:02:00+00', 'sent', 'follow_up_1'),
	(145, 'due-intern-r-due-1', '2026-06-01 09:00:00+00', 'planned', 'run-due'),
	(146, 'due-intern-r-due-1', '2026-06-01 09:01:00+00', 'sent', 'initial'),
	(147, 'declined-intern-r-declined-1', '2026-06-01 09:00:00+00', 'planned', 'run-declined'),
	(148, 'declined-intern-r-declined-1', '2026-06-01 09:01:00+00', 'sent', 'initial'),
	(149, 'declined-intern-r-declined-1', '2026-06-01 10:01:00+00', 'responded', 'initial'),
	(150, 'declined-intern-r-declined-1', '2026-06-01 10:01:00+00', 'closed', 'responded'),
	(151, 'declined-intern-r-declined-1', '2026-06-01 10:01:00+00', 'declined', 'b-declined'),
	(152, 'free6-intern-r-free6-1', '2026-06-01 10:01:00+00', 'planned', 'declined-intern-r-declined-1'),
	(153, 'deserted-intern-r-deserted-1', '2026-06-02 09:00:00+00', 'planned', 'run-whole'),
	(154, 'waiting-intern-r-waiting-1', '2026-06-01 09:00:00+00', 'planned', 'run-waiting'),
	(155, 'marked-intern-r-patient-1', '2026-06-01 09:00:00+00', 'planned', 'run-patient');
INSERT INTO public.email_limiter (company_id, week_start, used, weekly_limit) VALUES
	('c-booked', '2026-06-01', 1, 1),
	('c-claimed', '2026-06-01', 1, 1),
	('c-first', '2026-06-01', 1, 1),
	('c-second', '2026-06-01', 1, 1),
	('c-third', '2026-06-01', 1, 1),
	('c-fourth', '2026-06-01', 1, 1),
	('c-held', '2026-06-01', 1, 1),
	('c-puzzle', '2026-06-01', 1, 1),
	('c-again', '2026-06-01', 1, 1),
	('c-resolved', '2026-06-01', 1, 1),
	('c-answered', '2026-06-01', 2, 2),
	('c-outcomes', '2026-06-01', 1, 1),
	('c-late', '2026-06-01', 1, 1),
	('c-free1', '2026-06-08', 1, 1),
	('c-free2', '2026-06-08', 1, 1),
	('c-free4', '2026-06-08', 1, 1),
	('c-bounced', '2026-06-01', 1, 1),
	('c-dead', '2026-06-01', 1, 1),
	('c-silent', '2026-06-01', 1, 1),
	('c-free5', '2026-06-08', 1, 1),
	('c-stopped', '2026-06-01', 1, 1),
	('c-withdrawn', '2026-06-01', 1, 1),
	('c-closed', '2026-06-01', 1, 1),
	('c-filled', '2026-06-01', 1, 1),
	('c-expired', '2026-06-01', 0, 1),
	('c-refused', '2026-06-01', 0, 1),
	('c-crossed', '2026-06-01', 1, 1),
	('c-crossed_sent', '2026-06-01', 1, 1),
	('c-held_answered', '2026-06-01', 1, 2),
	('c-away', '2026-06-01', 1, 1),
	('c-reopened', '2026-06-01', 1, 1),
	('c-reanswered', '2026-06-01', 1, 1),
	('c-held_answered', '2026-06-08', 1, 2),
	('c-uncertain_follow_up', '2026-06-01', 1, 1),
	('c-overtaken', '2026-06-01', 1, 1),
	('c-due', '2026-06-01', 1, 1),
	('c-declined', '2026-06-01', 1, 1),
	('c-free6', '2026-06-01', 1, 1),
	('c-waiting', '2026-06-01', 0, 1),
	('c-marked', '2026-06-01', 1, 2),
	('c-deserted', '2026-06-01', 0, 1);
INSERT INTO public.follow_up_task (id, cycle_id, stage, due_at, status, completed_at) OVERRIDING SYSTEM VALUE VALUES
	(1, 'first-intern-r-first-1', 'follow_up_1', '2026-06-03 09:01:00+00', 'pending', NULL),
	(3, 'second-intern-r-second-1', 'follow_up_2', '2026-06-05 09:02:00+00', 'pending', NULL),
	(2, 'second-intern-r-second-1', 'follow_up_1', '2026-06-03 09:01:00+00', 'done', '2026-06-03 09:02:00+00'),
	(4, 'third-intern-r-third-1', 'follow_up_1', '2026-06-03 09:01:00+00', 'done', '2026-06-03 09:02:00+00'),
	(6, 'third-intern-r-third-1', 'follow_up_3', '2026-06-07 09:03:00+00', 'pending', NULL),
	(5, 'third-intern-r-third-1', 'follow_up_2', '2026-06-05 09:02:00+00', 'done', '2026-06-05 09:03:00+00'),
	(7, 'fourth-intern-r-fourth-1', 'follow_up_1', '2026-06-03 09:01:00+00', 'done', '2026-06-03 09:02:00+00'),
	(8, 'fourth-intern-r-fourth-1', 'follow_up_2', '2026-06-05 09:02:00+00', 'done', '2026-06-05 09:03:00+00'),
	(10, 'fourth-intern-r-fourth-1', 'next_roles', '2026-06-09 09:04:00+00', 'pending', NULL),
	(9, 'fourth-intern-r-fourth-1', 'follow_up_3', '2026-06-07 09:03:00+00', 'done', '2026-06-07 09:04:00+00'),
	(12, 'held-intern-r-held-1', 'follow_up_2', '2026-06-05 09:02:00+00', 'pending', NULL),
	(11, 'held-intern-r-held-1', 'follow_up_1', '2026-06-03 09:01:00+00', 'done', '2026-06-03 09:02:00+00'),
	(13, 'resolved-intern-r-resolved-1', 'follow_up_1', '2026-06-03 10:02:00+00', 'pending', NULL),
	(14, 'answered-intern-r-neighbour-1', 'follow_up_1', '2026-06-03 09:01:00+00', 'pending', NULL),
	(15, 'answered-intern-r-answered-1', 'follow_up_1', '2026-06-03 09:01:00+00', 'cancelled', '2026-06-01 10:01:00+00'),
	(16, 'outcomes-intern-r-outcomes-1', 'follow_up_1', '2026-06-03 09:01:00+00', 'done', '2026-06-03 09:02:00+00'),
	(17, 'outcomes-intern-r-outcomes-1', 'follow_up_2', '2026-06-05 09:02:00+00', 'done', '2026-06-05 09:03:00+00'),
	(18, 'outcomes-intern-r-outcomes-1', 'follow_up_3', '2026-06-07 09:03:00+00', 'cancelled', '2026-06-05 10:03:00+00'),
	(19, 'marked-intern-r-marked-1', 'follow_up_1', '2026-06-03 09:01:00+00', 'done', '2026-06-03 09:02:00+00'),
	(20, 'marked-intern-r-marked-1', 'follow_up_2', '2026-06-05 09:02:00+00', 'cancelled', '2026-06-03 10:02:00+00'),
	(21, 'late-intern-r-late-1', 'follow_up_1', '2026-06-03 09:01:00+00', 'done', '2026-06-03 09:02:00+00'),
	(22, 'late-intern-r-late-1', 'follow_up_2', '2026-06-05 09:02:00+00', 'done', '2026-06-05 09:03:00+00'),
	(23, 'late-intern-r-late-1', 'follow_up_3', '2026-06-07 09:03:00+00', 'done', '2026-06-07 09:04:00+00'),
	(24, 'late-intern-r-late-1', 'next_roles', '2026-06-09 09:04:00+00', 'done', '2026-06-09 09:04:00+00'),
	(25, 'bounced-intern-r-bounced-1', 'follow_up_1', '2026-06-03 09:01:00+00', 'pending', NULL),
	(26, 'dead-intern-r-dead-1', 'follow_up_1', '2026-06-03 09:01:00+00', 'cancelled', '2026-06-01 10:01:00+00'),
	(27, 'silent-intern-r-silent-1', 'follow_up_1', '2026-06-03 09:01:00+00', 'done', '2026-06-03 09:02:00+00'),
	(28, 'silent-intern-r-silent-1', 'follow_up_2', '2026-06-05 09:02:00+00', 'done', '2026-06-05 09:03:00+00'),
	(29, 'silent-intern-r-silent-1', 'follow_up_3', '2026-06-07 09:03:00+00', 'done', '2026-06-07 09:04:00+00'),
	(30, 'silent-intern-r-silent-1', 'next_roles', '2026-06-09 09:04:00+00', 'done', '2026-06-09 09:04:00+00'),
	(31, 'stopped-intern-r-stopped-1', 'follow_up_1', '2026-06-03 09:01:00+00', 'done', '2026-06-03 09:02:00+00'),
	(32, 'stopped-intern-r-stopped-1', 'follow_up_2', '2026-06-05 09:02:00+00', 'cancelled', '2026-06-03 10:02:00+00'),
	(33, 'withdrawn-intern-r-withdrawn-1', 'follow_up_1', '2026-06-03 09:01:00+00', 'cancelled', '2026-06-01 10:01:00+00'),
	(34, 'closed-intern-r-closed-1', 'follow_up_1', '2026-06-03 09:01:00+00', 'cancelled', '2026-06-01 10:01:00+00'),
	(35, 'filled-intern-r-filled-1', 'follow_up_1', '2026-06-03 09:01:00+00', 'cancelled', '2026-06-01 11:01:00+00'),
	(36, 'held-answered-intern-r-held-answered-1', 'follow_up_1', '2026-06-03 09:01:00+00', 'done', '2026-06-03 09:02:00+00'),
	(37, 'held-answered-intern-r-held-answered-1', 'follow_up_2', '2026-06-05 09:02:00+00', 'cancelled', '2026-06-03 12:02:00+00'),
	(38, 'away-intern-r-away-1', 'follow_up_1', '2026-06-03 09:01:00+00', 'pending', NULL),
	(39, 'reopened-intern-r-reopened-1', 'follow_up_1', '2026-06-03 09:01:00+00', 'done', '2026-06-03 09:02:00+00'),
	(40, 'reopened-intern-r-reopened-1', 'follow_up_2', '2026-06-05 09:02:00+00', 'pending', NULL),
	(42, 'reanswered-intern-r-reanswered-1', 'follow_up_1', '2026-06-03 09:01:00+00', 'done', '2026-06-03 09:02:00+00'),
	(44, 'reanswered-intern-r-reanswered-1', 'follow_up_2', '2026-06-05 09:02:00+00', 'cancelled', '2026-06-03 10:02:00+00'),
	(45, 'held-answered-intern-r-reheld-1', 'follow_up_1', '2026-06-10 09:01:00+00', 'pending', NULL),
	(46, 'uncertain-follow-up-intern-r-uncertain-follow-up-1', 'follow_up_1', '2026-06-03 09:01:00+00', 'cancelled', '2026-06-03 10:02:00+00'),
	(47, 'overtaken-intern-r-overtaken-1', 'follow_up_1', '2026-06-03 09:01:00+00', 'cancelled', '2026-06-03 09:01:00+00'),
	(48, 'due-intern-r-due-1', 'follow_up_1', '2026-06-03 09:01:00+00', 'pending', NULL),
	(49, 'declined-intern-r-declined-1', 'follow_up_1', '2026-06-03 09:01:00+00', 'cancelled', '2026-06-01 10:01:00+00');
INSERT INTO public.hook_word (word, told, seen_at) VALUES
	('\x01', '\x02', '2026-06-01 10:01:00+00');
INSERT INTO public.inbox (id, key, form, source, raw, envelope_to, to_fetch, received_at, status, kind, sender, sender_name, subject, text, message_id, mail, cycle_id, log_id, matched_by, effect, addresses, processed_at, told_at, attempts, error) OVERRIDING SYSTEM VALUE VALUES
	(1, 'm1', 'mail', 'test', '\x2e2e2e', '{}', '', '2026-06-01 10:01:00+00', 'attached', 'human', 'tom@answered.example', '', 'Re: Interns', 'Yes please.', '<answered-intern-r-answered-1.1780308060@partner.example>', '{"sender": "tom@answered.example", "answers": ["<answered-intern-r-answered-1.initial.18@beyond.example>"], "meaning": {"kind": "human", "text": "Yes please.", "status": null, "recipients": [], "returns_on": null, "address_dead": null, "delivery_final": null, "original_message_id": null}, "sent_at": null, "subject": "Re: Interns", "delivered": false, "rewritten": false, "message_id": "<answered-intern-r-answered-1.1780308060@partner.example>", "sender_name": "", "addressed_to": []}', 'answered-intern-r-answered-1', 18, 'references', 'responded', '{}', '2026-06-01 10:01:00+00', NULL, 0, NULL),
	(2, 'm2', 'mail', 'test', '\x2e2e2e', '{}', '', '2026-06-01 11:01:00+00', 'attached', 'human', 'tom@answered.example', '', 'Re: Interns', 'Yes please.', '<answered-intern-r-answered-1.1780311660@partner.example>', '{"sender": "tom@answered.example", "answers": ["<answered-intern-r-answered-1.initial.18@beyond.example>"], "meaning": {"kind": "human", "text": "Yes please.", "status": null, "recipients": [], "returns_on": null, "address_dead": null, "delivery_final": null, "original_message_id": null}, "sent_at": null, "subject": "Re: Interns", "delivered": false, "rewritten": false, "message_id": "<answered-intern-r-answered-1.1780311660@partner.example>", "sender_name": "", "addressed_to": []}', 'answered-intern-r-answered-1', 18, 'references', 'answered_before', '{}', '2026-06-01 11:01:00+00', NULL, 0, NULL),
	(3, 'm3', 'mail', 'test', '\x2e2e2e', '{}', '', '2026-06-05 10:03:00+00', 'attached', 'human', 'tom@outcomes.example', '', 'Re: Interns', 'Yes please.', '<outcomes-intern-r-outcomes-1.1780653780@partner.example>', '{"sender": "tom@outcomes.example", "answers": ["<outcomes-intern-r-outcomes-1.follow_up_2.21@beyond.example>"], "meaning": {"kind": "human", "text": "Yes please.", "status": null, "recipients": [], "returns_on": null, "address_dead": null, "delivery_final": null, "original_message_id": null}, "sent_at": null, "subject": "Re: Interns", "delivered": false, "rewritten": false, "message_id": "<outcomes-intern-r-outcomes-1.1780653780@partner.example>", "sender_name": "", "addressed_to": []}', 'outcomes-intern-r-outcomes-1', 21, 'references', 'responded', '{}', '2026-06-05 10:03:00+00', NULL, 0, NULL),
	(4, 'm4', 'mail', 'test', '\x2e2e2e', '{}', '', '2026-06-10 10:04:00+00', 'attached', 'human', 'tom@late.example', '', 'Re: Interns', 'Yes please.', '<late-intern-r-late-1.1781085840@partner.example>', '{"sender": "tom@late.example", "answers": ["<late-intern-r-late-1.follow_up_3.27@beyond.example>"], "meaning": {"kind": "human", "text": "Yes please.", "status": null, "recipients": [], "returns_on": null, "address_dead": null, "delivery_final": null, "original_message_id": null}, "sent_at": null, "subject": "Re: Interns", "delivered": false, "rewritten": false, "message_id": "<late-intern-r-late-1.1781085840@partner.example>", "sender_name": "", "addressed_to": []}', 'late-intern-r-late-1', 27, 'references', 'responded', '{}', '2026-06-10 10:04:00+00', NULL, 0, NULL),
	(5, 'm5', 'mail', 'test', '\x2e2e2e', '{}', '', '2026-06-01 10:01:00+00', 'attached', 'bounce', 'partner@acme.example', '', '', '', NULL, '{"sender": "partner@acme.example", "answers": [], "meaning": {"kind": "bounce", "text": "", "status": "5.1.1", "recipients": ["tom@bounced.example"], "returns_on": null, "address_dead": true, "delivery_final": true, "original_message_id": "<bounced-intern-r-bounced-1.initial.28@beyond.example>"}, "sent_at": null, "subject": "", "delivered": false, "rewritten": false, "message_id": null, "sender_name": "", "addressed_to": []}', 'bounced-intern-r-bounced-1', 28, 'returned_message', 'suppressed', '{tom@bounced.example}', '2026-06-01 10:01:00+00', NULL, 0, NULL),
	(6, 'm6', 'mail', 'test', '\x2e2e2e', '{}', '', '2026-06-01 10:01:00+00', 'attached', 'bounce', 'partner@acme.example', '', '', '', NULL, '{"sender": "partner@acme.example", "answers": [], "meaning": {"kind": "bounce", "text": "", "status": "5.1.1", "recipients": ["tom@dead.example"], "returns_on": null, "address_dead": true, "delivery_final": true, "original_message_id": "<dead-intern-r-dead-1.initial.29@beyond.example>"}, "sent_at": null, "subject": "", "delivered": false, "rewritten": false, "message_id": null, "sender_name": "", "addressed_to": []}', 'dead-intern-r-dead-1', 29, 'returned_message', 'suppressed', '{tom@dead.example}', '2026-06-01 10:01:00+00', NULL, 0, NULL),
	(7, 'm7', 'mail', 'test', '\x2e2e2e', '{}', '', '2026-06-01 11:01:00+00', 'attached', 'human', 'tom@filled.example', '', 'Re: Interns', 'Yes please.', '<filled-intern-r-filled-1.1780311660@partner.example>', '{"sender": "tom@filled.example", "answers": ["<filled-intern-r-filled-1.initial.38@beyond.example>"], "meaning": {"kind": "human", "text": "Yes please.", "status": null, "recipients": [], "returns_on": null, "address_dead": null, "delivery_final": null, "original_message_id": null}, "sent_at": null, "subject": "Re: Interns", "delivered": false, "rewritten": false, "message_id": "<filled-intern-r-filled-1.1780311660@partner.example>", "sender_name": "", "addressed_to": []}', 'filled-intern-r-filled-1', 38, 'references', 'responded', '{}', '2026-06-01 11:01:00+00', NULL, 0, NULL),
	(8, 'm8', 'mail', 'test', '\x2e2e2e', '{}', '', '2026-06-03 12:02:00+00', 'attached', 'human', 'tom@held_answered.example', '', 'Re: Interns', 'Yes please.', '<held-answered-intern-r-held-answered-1.1780488120@partner.example>', '{"sender": "tom@held_answered.example", "answers": ["<held-answered-intern-r-held-answered-1.follow_up_1.43@beyond.example>"], "meaning": {"kind": "human", "text": "Yes please.", "status": null, "recipients": [], "returns_on": null, "address_dead": null, "delivery_final": null, "original_message_id": null}, "sent_at": null, "subject": "Re: Interns", "delivered": false, "rewritten": false, "message_id": "<held-answered-intern-r-held-answered-1.1780488120@partner.example>", "sender_name": "", "addressed_to": []}', 'held-answered-intern-r-held-answered-1', 43, 'references', 'responded', '{}', '2026-06-03 12:02:00+00', NULL, 0, NULL),
	(9, 'm9', 'mail', 'test', '\x2e2e2e', '{}', '', '2026-06-01 10:01:00+00', 'attached', 'auto_reply', 'partner@acme.example', '', '', '', NULL, '{"sender": "partner@acme.example", "answers": ["<away-intern-r-away-1.initial.44@beyond.example>"], "meaning": {"kind": "auto_reply", "text": "", "status": null, "recipients": [], "returns_on": "2026-06-21", "address_dead": null, "delivery_final": null, "original_message_id": null}, "sent_at": null, "subject": "", "delivered": false, "rewritten": false, "message_id": null, "sender_name": "", "addressed_to": []}', 'away-intern-r-away-1', 44, 'references', 'rests', '{}', '2026-06-01 10:01:00+00', NULL, 0, NULL),
	(10, 'm10', 'mail', 'test', '\x2e2e2e', '{}', '', '2026-06-03 10:02:00+00', 'attached', 'human', 'tom@reopened.example', '', 'Re: Interns', 'Yes please.', '<reopened-intern-r-reopened-1.1780480920@partner.example>', '{"sender": "tom@reopened.example", "answers": ["<reopened-intern-r-reopened-1.initial.45@beyond.example>"], "meaning": {"kind": "human", "text": "Yes please.", "status": null, "recipients": [], "returns_on": null, "address_dead": null, "delivery_final": null, "original_message_id": null}, "sent_at": null, "subject": "Re: Interns", "delivered": false, "rewritten": false, "message_id": "<reopened-intern-r-reopened-1.1780480920@partner.example>", "sender_name": "", "addressed_to": []}', 'reopened-intern-r-reopened-1', 45, 'references', 'taken_back', '{}', '2026-06-03 10:02:00+00', NULL, 0, NULL),
	(11, 'm11', 'mail', 'test', '\x2e2e2e', '{}', '', '2026-06-01 10:01:00+00', 'attached', 'human', 'tom@reanswered.example', '', 'Re: Interns', 'Yes please.', '<reanswered-intern-r-reanswered-1.1780308060@partner.example>', '{"sender": "tom@reanswered.example", "answers": ["<reanswered-intern-r-reanswered-1.initial.47@beyond.example>"], "meaning": {"kind": "human", "text": "Yes please.", "status": null, "recipients": [], "returns_on": null, "address_dead": null, "delivery_final": null, "original_message_id": null}, "sent_at": null, "subject": "Re: Interns", "delivered": false, "rewritten": false, "message_id": "<reanswered-intern-r-reanswered-1.1780308060@partner.example>", "sender_name": "", "addressed_to": []}', 'reanswered-intern-r-reanswered-1', 47, 'references', 'taken_back', '{}', '2026-06-01 10:01:00+00', NULL, 0, NULL),
	(12, 'm12', 'mail', 'test', '\x2e2e2e', '{}', '', '2026-06-03 10:02:00+00', 'attached', 'human', 'tom@reanswered.example', '', 'Re: Interns', 'Yes please.', '<reanswered-intern-r-reanswered-1.1780480920@partner.example>', '{"sender": "tom@reanswered.example", "answers": ["<reanswered-intern-r-reanswered-1.follow_up_1.48@beyond.example>"], "meaning": {"kind": "human", "text": "Yes please.", "status": null, "recipients": [], "returns_on": null, "address_dead": null, "delivery_final": null, "original_message_id": null}, "sent_at": null, "subject": "Re: Interns", "delivered": false, "rewritten": false, "message_id": "<reanswered-intern-r-reanswered-1.1780480920@partner.example>", "sender_name": "", "addressed_to": []}', 'reanswered-intern-r-reanswered-1', 48, 'references', 'responded', '{}', '2026-06-03 10:02:00+00', NULL, 0, NULL),
	(13, 'm13', 'mail', 'test', '\x2e2e2e', '{}', '', '2026-06-01 10:01:00+00', 'attached', 'human', 'tom@declined.example', '', 'Re: Interns', 'Yes please.', '<declined-intern-r-declined-1.1780308060@partner.example>', '{"sender": "tom@declined.example", "answers": ["<declined-intern-r-declined-1.initial.55@beyond.example>"], "meaning": {"kind": "human", "text": "Yes please.", "status": null, "recipients": [], "returns_on": null, "address_dead": null, "delivery_final": null, "original_message_id": null}, "sent_at": null, "subject": "Re: Interns", "delivered": false, "rewritten": false, "message_id": "<declined-intern-r-declined-1.1780308060@partner.example>", "sender_name": "", "addressed_to": []}', 'declined-intern-r-declined-1', 55, 'references', 'responded', '{}', '2026-06-01 10:01:00+00', NULL, 0, NULL),
	(14, 'm14', 'mail', 'test', '\x2e2e2e', '{}', '', '2026-06-01 10:01:00+00', 'unmatched', 'human', 'stranger@elsewhere.example', '', '', 'Who are you?', NULL, '{"sender": "stranger@elsewhere.example", "answers": [], "meaning": {"kind": "human", "text": "Who are you?", "status": null, "recipients": [], "returns_on": null, "address_dead": null, "delivery_final": null, "original_message_id": null}, "sent_at": null, "subject": "", "delivered": false, "rewritten": false, "message_id": null, "sender_name": "", "addressed_to": []}', NULL, NULL, NULL, 'noted', '{}', '2026-06-01 10:01:00+00', NULL, 0, NULL),
	(15, 'm15', 'mail', 'test', '\x2e2e2e', '{}', '', '2026-06-01 10:01:00+00', 'set_aside', 'human', 'other@elsewhere.example', '', '', '', NULL, '{"sender": "other@elsewhere.example", "answers": [], "meaning": {"kind": "human", "text": "", "status": null, "recipients": [], "returns_on": null, "address_dead": null, "delivery_final": null, "original_message_id": null}, "sent_at": null, "subject": "", "delivered": false, "rewritten": false, "message_id": null, "sender_name": "", "addressed_to": []}', NULL, NULL, NULL, 'noted', '{}', '2026-06-01 10:01:00+00', NULL, 0, NULL),
	(16, 'm16', 'mail', 'test', '\x2e2e2e', '{}', '', '2026-06-01 10:01:00+00', 'stored', '', '', '', '', '', NULL, '{}', NULL, NULL, NULL, '', '{}', NULL, NULL, 3, 'unreadable'),
	(17, 'm17', 'mail', 'test', '\x2e2e2e', '{}', '', '2026-06-01 10:01:00+00', 'stored', '', '', '', '', '', NULL, '{}', NULL, NULL, NULL, '', '{}', NULL, NULL, 0, NULL);
INSERT INTO public.mailbox_position (mailbox, uid_validity, last_uid, updated_at) VALUES
	('INBOX', 1, 7, '2026-06-01 10:01:00+00');
INSERT INTO public.match (candidate_id, role_id, score) VALUES
	('a-waiting', 'r-waiting', 0.9),
	('b-waiting', 'r-waiting', 0.8),
	('a-deserted', 'r-deserted', 0.9),
	('b-deserted', 'r-deserted', 0.8),
	('a-booked', 'r-booked', 0.9),
	('b-booked', 'r-booked', 0.8),
	('a-claimed', 'r-claimed', 0.9),
	('b-claimed', 'r-claimed', 0.8),
	('a-first', 'r-first', 0.9),
	('b-first', 'r-first', 0.8),
	('a-second', 'r-second', 0.9),
	('b-second', 'r-second', 0.8),
	('a-third', 'r-third', 0.9),
	('b-third', 'r-third', 0.8),
	('a-fourth', 'r-fourth', 0.9),
	('b-fourth', 'r-fourth', 0.8),
	('a-held', 'r-held', 0.9),
	('b-held', 'r-held', 0.8),
	('a-puzzle', 'r-puzzle', 0.9),
	('b-puzzle', 'r-puzzle', 0.8),
	('a-again', 'r-again', 0.9),
	('b-again', 'r-again', 0.8),
	('a-answered', 'r-answered', 0.9),
	('b-answered', 'r-answered', 0.8),
	('a-neighbour', 'r-neighbour', 0.9),
	('b-neighbour', 'r-neighbour', 0.8),
	('a-outcomes', 'r-outcomes', 0.9),
	('b-outcomes', 'r-outcomes', 0.8),
	('a-late', 'r-late', 0.9),
	('b-late', 'r-late', 0.8),
	('a-bounced', 'r-bounced', 0.9),
	('b-bounced', 'r-bounced', 0.8),
	('a-dead', 'r-dead', 0.9),
	('b-dead', 'r-dead', 0.8),
	('a-silent', 'r-silent', 0.9),
	('b-silent', 'r-silent', 0.8),
	('a-stopped', 'r-stopped', 0.9),
	('b-stopped', 'r-stopped', 0.8),
	('a-withdrawn', 'r-withdrawn', 0.9),
	('b-withdrawn', 'r-withdrawn', 0.8),
	('a-closed', 'r-closed', 0.9),
	('b-closed', 'r-closed', 0.8),
	('a-expired', 'r-expired', 0.9),
	('b-expired', 'r-expired', 0.8),
	('a-refused', 'r-refused', 0.9),
	('b-refused', 'r-refused', 0.8),
	('a-crossed', 'r-crossed', 0.9),
	('b-crossed', 'r-crossed', 0.8),
	('a-crossed_sent', 'r-crossed_sent', 0.9),
	('b-crossed_sent', 'r-crossed_sent', 0.8),
	('a-held_answered', 'r-held_answered', 0.9),
	('b-held_answered', 'r-held_answered', 0.8),
	('a-away', 'r-away', 0.9),
	('b-away', 'r-away', 0.8),
	('a-reopened', 'r-reopened', 0.9),
	('b-reopened', 'r-reopened', 0.8),
	('a-reanswered', 'r-reanswered', 0.9),
	('b-reanswered', 'r-reanswered', 0.8),
	('a-reheld', 'r-reheld', 0.9),
	('b-reheld', 'r-reheld', 0.8),
	('a-uncertain_follow_up', 'r-uncertain_follow_up', 0.9),
	('b-uncertain_follow_up', 'r-uncertain_follow_up', 0.8),
	('a-overtaken', 'r-overtaken', 0.9),
	('b-overtaken', 'r-overtaken', 0.8),
	('a-free1', 'r-free1', 0.9),
	('b-free1', 'r-free1', 0.8),
	('a-free2', 'r-free2', 0.9),
	('b-free2', 'r-free2', 0.8),
	('a-free4', 'r-free4', 0.9),
	('b-free4', 'r-free4', 0.8),
	('a-free5', 'r-free5', 0.9),
	('b-free5', 'r-free5', 0.8),
	('a-free6', 'r-free6', 0.9),
	('b-free6', 'r-free6', 0.8),
	('a-patient', 'r-patient', 0.9),
	('b-patient', 'r-patient', 0.8),
	('a-due', 'r-due', 0.9),
	('b-due', 'r-due', 0.8),
	('a-declined', 'r-declined', 0.9),
	('b-declined', 'r-declined', 0.8),
	('a-filled', 'r-filled', 0.9),
	('b-filled', 'r-filled', 0.8),
	('a-marked', 'r-marked', 0.9),
	('b-marked', 'r-marked', 0.8),
	('a-resolved', 'r-resolved', 0.9),
	('b-resolved', 'r-resolved', 0.8),
	('a-late', 'r-free1', 0.5),
	('a-late', 'r-free2', 0.4),
	('a-late', 'r-free4', 0.3),
	('b-late', 'r-free1', 0.5),
	('b-late', 'r-free2', 0.4),
	('b-late', 'r-free4', 0.3),
	('a-silent', 'r-free5', 0.5),
	('b-silent', 'r-free5', 0.5),
	('a-declined', 'r-free6', 0.5),
	('a-declined', 'r-free5', 0.4),
	('b-declined', 'r-free6', 0.5),
	('b-declined', 'r-free5', 0.4),
	('a-dead', 'r-free1', 0.5),
	('b-dead', 'r-free1', 0.5),
	('a-refused', 'r-free4', 0.5),
	('b-refused', 'r-free4', 0.5);
INSERT INTO public.notice (id, inbox_id, cycle_id, created_at, message_id, recipient, subject, text, in_flight_since, sent_at, given_up_at, attempts, error) OVERRIDING SYSTEM VALUE VALUES
	(1, 1, 'answered-intern-r-answered-1', '2026-06-01 10:01:00+00', '<n1@beyond.example>', 'james@beyond.example', 'Re: Interns', 'Tom answered', NULL, '2026-06-01 10:01:00+00', NULL, 1, NULL),
	(2, 2, 'answered-intern-r-answered-1', '2026-06-01 11:01:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL),
	(3, 3, 'outcomes-intern-r-outcomes-1', '2026-06-05 10:03:00+00', NULL, NULL, NULL, NULL, NULL, NULL, '2026-06-06 10:03:00+00', 0, 'no specialist'),
	(4, 4, 'late-intern-r-late-1', '2026-06-10 10:04:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL),
	(5, 7, 'filled-intern-r-filled-1', '2026-06-01 11:01:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL),
	(6, 8, 'held-answered-intern-r-held-answered-1', '2026-06-03 12:02:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL),
	(7, 10, 'reopened-intern-r-reopened-1', '2026-06-03 10:02:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL),
	(8, 11, 'reanswered-intern-r-reanswered-1', '2026-06-01 10:01:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL),
	(9, 12, 'reanswered-intern-r-reanswered-1', '2026-06-03 10:02:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL),
	(10, 13, 'declined-intern-r-declined-1', '2026-06-01 10:01:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL);
INSERT INTO public.outreach_cycle (id, role_id, company_id, run_id, parent_cycle_id, generation, urgent, status, stage, outcome, waiting_for, next_action_at, created_at, closed_at, ordinal, wait_until, slot_week, admitted_run_id, specialist_id, subject, held_reason, held_until, responded_at, returned, moved_on_at, held_at_close, held_at_close_until) OVERRIDING SYSTEM VALUE VALUES
	('booked-intern-r-booked-1', 'r-booked', 'c-booked', 'run-booked', NULL, 1, false, 'active', NULL, NULL, 'send', '2026-06-01 09:00:00+00', '2026-06-01 09:00:00+00', NULL, 1, NULL, '2026-06-01', NULL, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, NULL),
	('claimed-intern-r-claimed-1', 'r-claimed', 'c-claimed', 'run-claimed', NULL, 1, false, 'active', NULL, NULL, 'send', '2026-06-01 09:00:00+00', '2026-06-01 09:00:00+00', NULL, 2, NULL, '2026-06-01', NULL, 's-james', 'Aclaimed, Bclaimed for Intern', NULL, NULL, NULL, false, NULL, NULL, NULL),
	('answered-intern-r-neighbour-1', 'r-neighbour', 'c-answered', 'run-neighbour', NULL, 1, false, 'held', 'initial', NULL, 'release', '2026-06-03 09:01:00+00', '2026-06-01 09:00:00+00', NULL, 11, NULL, '2026-06-01', NULL, 's-sofia', 'Aneighbour, Bneighbour for Intern', 'company_answered', '2026-06-08 10:01:00+00', NULL, false, NULL, NULL, NULL),
	('first-intern-r-first-1', 'r-first', 'c-first', 'run-first', NULL, 1, false, 'active', 'initial', NULL, 'reply', '2026-06-03 09:01:00+00', '2026-06-01 09:00:00+00', NULL, 3, NULL, '2026-06-01', NULL, 's-sofia', 'Afirst, Bfirst for Intern', NULL, NULL, NULL, false, NULL, NULL, NULL),
	('second-intern-r-second-1', 'r-second', 'c-second', 'run-second', NULL, 1, true, 'active', 'follow_up_1', NULL, 'reply', '2026-06-05 09:02:00+00', '2026-06-01 09:00:00+00', NULL, 4, NULL, '2026-06-01', NULL, 's-sofia', 'Asecond, Bsecond for Intern', NULL, NULL, NULL, false, NULL, NULL, NULL),
	('late-intern-r-late-1', 'r-late', 'c-late', 'run-late', NULL, 1, false, 'closed', 'follow_up_3', 'no_response', NULL, NULL, '2026-06-01 09:00:00+00', '2026-06-09 09:04:00+00', 15, NULL, '2026-06-01', NULL, 's-sofia', 'Alate, Blate for Intern', NULL, NULL, '2026-06-10 10:04:00+00', false, '2026-06-09 09:04:00+00', NULL, NULL),
	('third-intern-r-third-1', 'r-third', 'c-third', 'run-third', NULL, 1, false, 'active', 'follow_up_2', NULL, 'reply', '2026-06-07 09:03:00+00', '2026-06-01 09:00:00+00', NULL, 5, NULL, '2026-06-01', NULL, 's-james', 'Athird, Bthird for Intern', NULL, NULL, NULL, false, NULL, NULL, NULL),
	('fourth-intern-r-fourth-1', 'r-fourth', 'c-fourth', 'run-fourth', NULL, 1, false, 'active', 'follow_up_3', NULL, 'reply', '2026-06-09 09:04:00+00', '2026-06-01 09:00:00+00', NULL, 6, NULL, '2026-06-01', NULL, 's-sofia', 'Afourth, Bfourth for Intern', NULL, NULL, NULL, false, NULL, NULL, NULL),
	('held-intern-r-held-1', 'r-held', 'c-held', 'run-held', NULL, 1, false, 'held', 'follow_up_1', NULL, 'release', '2026-06-05 09:02:00+00', '2026-06-01 09:00:00+00', NULL, 7, NULL, '2026-06-01', NULL, 's-sofia', 'Aheld, Bheld for Intern', 'person', NULL, NULL, false, NULL, NULL, NULL),
	('puzzle-intern-r-puzzle-1', 'r-puzzle', 'c-puzzle', 'run-puzzle', NULL, 1, false, 'held', NULL, NULL, 'release', '2026-06-01 09:00:00+00', '2026-06-01 09:00:00+00', NULL, 8, NULL, '2026-06-01', NULL, 's-james', 'Apuzzle, Bpuzzle for Intern', 'uncertain', NULL, NULL, false, NULL, NULL, NULL),
	('again-intern-r-again-1', 'r-again', 'c-again', 'run-again', NULL, 1, false, 'active', NULL, NULL, 'send', '2026-06-01 09:00:00+00', '2026-06-01 09:00:00+00', NULL, 9, NULL, '2026-06-01', NULL, 's-sofia', 'Aagain, Bagain for Intern', NULL, NULL, NULL, false, NULL, NULL, NULL),
	('free1-intern-r-free1-1', 'r-free1', 'c-free1', NULL, 'late-intern-r-late-1', 2, false, 'held', NULL, NULL, 'release', '2026-06-09 09:04:00+00', '2026-06-09 09:04:00+00', NULL, 16, NULL, '2026-06-08', NULL, NULL, NULL, 'parent_answered', '2026-06-17 10:04:00+00', NULL, false, NULL, NULL, NULL),
	('resolved-intern-r-resolved-1', 'r-resolved', 'c-resolved', 'run-resolved', NULL, 1, false, 'active', 'initial', NULL, 'reply', '2026-06-03 10:02:00+00', '2026-06-01 09:00:00+00', NULL, 10, NULL, '2026-06-01', NULL, 's-james', 'Aresolved, Bresolved for Intern', NULL, NULL, NULL, false, NULL, NULL, NULL),
	('outcomes-intern-r-outcomes-1', 'r-outcomes', 'c-outcomes', 'run-outcomes', NULL, 1, true, 'closed', 'follow_up_2', 'responded', NULL, NULL, '2026-06-01 09:00:00+00', '2026-06-05 10:03:00+00', 13, NULL, '2026-06-01', NULL, 's-james', 'Aoutcomes, Boutcomes for Intern', NULL, NULL, '2026-06-05 10:03:00+00', false, NULL, NULL, NULL),
	('free2-intern-r-free2-1', 'r-free2', 'c-free2', NULL, 'late-intern-r-late-1', 2, false, 'held', NULL, NULL, 'release', '2026-06-09 09:04:00+00', '2026-06-09 09:04:00+00', NULL, 17, NULL, '2026-06-08', NULL, NULL, NULL, 'parent_answered', '2026-06-17 10:04:00+00', NULL, false, NULL, NULL, NULL),
	('answered-intern-r-answered-1', 'r-answered', 'c-answered', 'run-answered', NULL, 1, false, 'closed', 'initial', 'responded', NULL, NULL, '2026-06-01 09:00:00+00', '2026-06-01 10:01:00+00', 12, NULL, '2026-06-01', NULL, 's-sofia', 'Aanswered, Banswered for Intern', NULL, NULL, '2026-06-01 10:01:00+00', false, NULL, NULL, NULL),
	('free4-intern-r-free4-1', 'r-free4', 'c-free4', NULL, 'late-intern-r-late-1', 2, false, 'held', NULL, NULL, 'release', '2026-06-09 09:04:00+00', '2026-06-09 09:04:00+00', NULL, 18, NULL, '2026-06-08', NULL, NULL, NULL, 'parent_answered', '2026-06-17 10:04:00+00', NULL, false, NULL, NULL, NULL),
	('marked-intern-r-marked-1', 'r-marked', 'c-marked', 'run-marked', NULL, 1, false, 'closed', 'follow_up_1', 'responded', NULL, NULL, '2026-06-01 09:00:00+00', '2026-06-03 10:02:00+00', 14, NULL, '2026-06-01', NULL, 's-sofia', 'Amarked, Bmarked for Intern', NULL, NULL, '2026-06-03 10:02:00+00', false, NULL, NULL, NULL),
	('refused-intern-r-refused-1', 'r-refused', 'c-refused', 'run-refused', NULL, 1, false, 'closed', NULL, 'undeliverable', NULL, NULL, '2026-06-01 09:00:00+00', '2026-06-01 09:01:00+00', 28, NULL, '2026-06-01', NULL, 's-james', 'Arefused, Brefused for Intern', NULL, NULL, NULL, true, NULL, NULL, NULL),
	('bounced-intern-r-bounced-1', 'r-bounced', 'c-bounced', 'run-bounced', NULL, 1, false, 'active', 'initial', NULL, 'reply', '2026-06-03 09:01:00+00', '2026-06-01 09:00:00+00', NULL, 19, NULL, '2026-06-01', NULL, 's-sofia', 'Abounced, Bbounced for Intern', NULL, NULL, NULL, false, NULL, NULL, NULL),
	('dead-intern-r-dead-1', 'r-dead', 'c-dead', 'run-dead', NULL, 1, false, 'closed', 'initial', 'undeliverable', NULL, NULL, '2026-06-01 09:00:00+00', '2026-06-01 10:01:00+00', 20, NULL, '2026-06-01', NULL, 's-james', 'Adead, Bdead for Intern', NULL, NULL, NULL, false, NULL, NULL, NULL),
	('free5-intern-r-free5-1', 'r-free5', 'c-free5', NULL, 'silent-intern-r-silent-1', 2, false, 'active', NULL, NULL, 'send', '2026-06-09 09:04:00+00', '2026-06-09 09:04:00+00', NULL, 22, NULL, '2026-06-08', NULL, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, NULL),
	('silent-intern-r-silent-1', 'r-silent', 'c-silent', 'run-silent', NULL, 1, false, 'closed', 'follow_up_3', 'no_response', NULL, NULL, '2026-06-01 09:00:00+00', '2026-06-09 09:04:00+00', 21, NULL, '2026-06-01', NULL, 's-sofia', 'Asilent, Bsilent for Intern', NULL, NULL, NULL, false, '2026-06-09 09:04:00+00', NULL, NULL),
	('stopped-intern-r-stopped-1', 'r-stopped', 'c-stopped', 'run-stopped', NULL, 1, false, 'closed', 'follow_up_1', 'stopped', NULL, NULL, '2026-06-01 09:00:00+00', '2026-06-03 10:02:00+00', 23, NULL, '2026-06-01', NULL, 's-sofia', 'Astopped, Bstopped for Intern', NULL, NULL, NULL, false, NULL, NULL, NULL),
	('withdrawn-intern-r-withdrawn-1', 'r-withdrawn', 'c-withdrawn', 'run-withdrawn', NULL, 1, false, 'closed', 'initial', 'withdrawn', NULL, NULL, '2026-06-01 09:00:00+00', '2026-06-01 10:01:00+00', 24, NULL, '2026-06-01', NULL, 's-james', 'Awithdrawn, Bwithdrawn for Intern', NULL, NULL, NULL, false, NULL, NULL, NULL),
	('closed-intern-r-closed-1', 'r-closed', 'c-closed', 'run-closed', NULL, 1, false, 'closed', 'initial', 'role_closed', NULL, NULL, '2026-06-01 09:00:00+00', '2026-06-01 10:01:00+00', 25, NULL, '2026-06-01', NULL, 's-sofia', 'Aclosed, Bclosed for Intern', NULL, NULL, NULL, false, NULL, NULL, NULL),
	('filled-intern-r-filled-1', 'r-filled', 'c-filled', 'run-filled', NULL, 1, false, 'closed', 'initial', 'responded', NULL, NULL, '2026-06-01 09:00:00+00', '2026-06-01 11:01:00+00', 26, NULL, '2026-06-01', NULL, 's-sofia', 'Afilled, Bfilled for Intern', NULL, NULL, '2026-06-01 11:01:00+00', false, NULL, NULL, NULL),
	('crossed-sent-intern-r-crossed-sent-1', 'r-crossed_sent', 'c-crossed_sent', 'run-crossed_sent', NULL, 1, false, 'closed', 'initial', 'responded', NULL, NULL, '2026-06-01 09:00:00+00', '2026-06-01 11:01:00+00', 30, NULL, '2026-06-01', NULL, 's-sofia', 'Acrossed_sent, Bcrossed_sent for Intern', NULL, NULL, '2026-06-01 11:01:00+00', false, NULL, NULL, NULL),
	('expired-intern-r-expired-1', 'r-expired', 'c-expired', 'run-expired', NULL, 1, false, 'closed', NULL, 'not_admitted', NULL, NULL, '2026-06-01 09:00:00+00', '2026-06-16 09:00:00+00', 27, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, true, '2026-06-16 09:00:00+00', NULL, NULL),
	('crossed-intern-r-crossed-1', 'r-crossed', 'c-crossed', 'run-crossed', NULL, 1, false, 'closed', NULL, 'responded', NULL, NULL, '2026-06-01 09:00:00+00', '2026-06-01 11:01:00+00', 29, NULL, '2026-06-01', NULL, 's-sofia', 'Acrossed, Bcrossed for Intern', NULL, NULL, '2026-06-01 11:01:00+00', false, NULL, NULL, NULL),
	('held-answered-intern-r-held-answered-1', 'r-held_answered', 'c-held_answered', 'run-held_answered', NULL, 1, false, 'closed', 'follow_up_1', 'responded', NULL, NULL, '2026-06-01 09:00:00+00', '2026-06-03 12:02:00+00', 31, NULL, '2026-06-01', NULL, 's-james', 'Aheld_answered, Bheld_answered for Intern', NULL, NULL, '2026-06-03 12:02:00+00', false, NULL, 'person', NULL),
	('away-intern-r-away-1', 'r-away', 'c-away', 'run-away', NULL, 1, false, 'held', 'initial', NULL, 'release', '2026-06-03 09:01:00+00', '2026-06-01 09:00:00+00', NULL, 32, NULL, '2026-06-01', NULL, 's-sofia', 'Aaway, Baway for Intern', 'away', '2026-06-15 10:01:00+00', NULL, false, NULL, NULL, NULL),
	('reopened-intern-r-reopened-1', 'r-reopened', 'c-reopened', 'run-reopened', NULL, 1, false, 'active', 'follow_up_1', NULL, 'reply', '2026-06-05 09:02:00+00', '2026-06-01 09:00:00+00', NULL, 33, NULL, '2026-06-01', NULL, 's-sofia', 'Areopened, Breopened for Intern', NULL, NULL, NULL, false, NULL, NULL, NULL),
	('reanswered-intern-r-reanswered-1', 'r-reanswered', 'c-reanswered', 'run-reanswered', NULL, 1, false, 'closed', 'follow_up_1', 'responded', NULL, NULL, '2026-06-01 09:00:00+00', '2026-06-03 10:02:00+00', 34, NULL, '2026-06-01', NULL, 's-james', 'Areanswered, Breanswered for Intern', NULL, NULL, '2026-06-03 10:02:00+00', false, NULL, NULL, NULL),
	('held-answered-intern-r-reheld-1', 'r-reheld', 'c-held_answered', 'run-reheld', NULL, 1, false, 'active', 'initial', NULL, 'reply', '2026-06-10 09:01:00+00', '2026-06-08 09:00:00+00', NULL, 35, NULL, '2026-06-08', NULL, 's-james', 'Areheld, Breheld for Intern', NULL, NULL, NULL, false, NULL, NULL, NULL),
	('uncertain-follow-up-intern-r-uncertain-follow-up-1', 'r-uncertain_follow_up', 'c-uncertain_follow_up', 'run-uncertain_follow_up', NULL, 1, false, 'closed', 'initial', 'responded', NULL, NULL, '2026-06-01 09:00:00+00', '2026-06-03 10:02:00+00', 36, NULL, '2026-06-01', NULL, 's-sofia', 'Auncertain_follow_up, Buncertain_follow_up for Intern', NULL, NULL, '2026-06-03 10:02:00+00', false, NULL, NULL, NULL),
	('overtaken-intern-r-overtaken-1', 'r-overtaken', 'c-overtaken', 'run-overtaken', NULL, 1, false, 'closed', 'follow_up_1', 'responded', NULL, NULL, '2026-06-01 09:00:00+00', '2026-06-03 09:01:00+00', 37, NULL, '2026-06-01', NULL, 's-sofia', 'Aovertaken, Bovertaken for Intern', NULL, NULL, '2026-06-03 09:01:00+00', false, NULL, NULL, NULL),
	('due-intern-r-due-1', 'r-due', 'c-due', 'run-due', NULL, 1, false, 'active', 'initial', NULL, 'reply', '2026-06-03 09:01:00+00', '2026-06-01 09:00:00+00', NULL, 38, NULL, '2026-06-01', NULL, 's-sofia', 'Adue, Bdue for Intern', NULL, NULL, NULL, false, NULL, NULL, NULL),
	('declined-intern-r-declined-1', 'r-declined', 'c-declined', 'run-declined', NULL, 1, false, 'closed', 'initial', 'responded', NULL, NULL, '2026-06-01 09:00:00+00', '2026-06-01 10:01:00+00', 39, NULL, '2026-06-01', NULL, 's-james', 'Adeclined, Bdeclined for Intern', NULL, NULL, '2026-06-01 10:01:00+00', false, NULL, NULL, NULL),
	('free6-intern-r-free6-1', 'r-free6', 'c-free6', NULL, 'declined-intern-r-declined-1', 2, false, 'active', NULL, NULL, 'send', '2026-06-01 10:01:00+00', '2026-06-01 10:01:00+00', NULL, 40, NULL, '2026-06-01', NULL, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, NULL),
	('waiting-intern-r-waiting-1', 'r-waiting', 'c-waiting', 'run-waiting', NULL, 1, false, 'waiting', NULL, NULL, 'slot', '2026-06-15 09:00:00+00', '2026-06-01 09:00:00+00', NULL, 42, '2026-06-15 09:00:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, NULL),
	('marked-intern-r-patient-1', 'r-patient', 'c-marked', 'run-patient', NULL, 1, false, 'waiting', NULL, NULL, 'slot', '2026-06-15 09:00:00+00', '2026-06-01 09:00:00+00', NULL, 43, '2026-06-15 09:00:00+00', NULL, NULL, NULL, NULL, NULL, '2026-06-07 09:00:00+00', NULL, false, NULL, NULL, NULL),
	('deserted-intern-r-deserted-1', 'r-deserted', 'c-deserted', 'run-whole', NULL, 1, false, 'waiting', NULL, NULL, 'slot', '2026-06-15 09:00:00+00', '2026-06-02 09:00:00+00', NULL, 41, '2026-06-15 09:00:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, NULL);
INSERT INTO public.outreach_log (id, cycle_id, role_id, company_id, stage, status, urgent, sender, recipients, contact_ids, candidate_ids, refused, deferred, subject, text, html, message_id, in_reply_to, template, variant, created_at, in_flight_since, attempts, sent_at, uncertain_at, response_received_at, resend, service_id, error, bounced, delivered_at) OVERRIDING SYSTEM VALUE VALUES
	(1, 'claimed-intern-r-claimed-1', 'r-claimed', 'c-claimed', 'initial', 'sending', false, 'james@beyond.example', '{tom@claimed.example,li@claimed.example}', '{k-claimed,l-claimed}', '{a-claimed,b-claimed}', '{}', '{}', 'Aclaimed, Bclaimed for Intern', 'initial: Aclaimed, Bclaimed', '', '<claimed-intern-r-claimed-1.initial.1@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', '2026-06-01 09:00:00+00', 1, NULL, NULL, NULL, false, '', NULL, '{}', NULL),
	(2, 'first-intern-r-first-1', 'r-first', 'c-first', 'initial', 'sent', false, 'sofia@beyond.example', '{tom@first.example}', '{k-first}', '{a-first,b-first}', '{}', '{}', 'Afirst, Bfirst for Intern', 'initial: Afirst, Bfirst', '', '<first-intern-r-first-1.initial.2@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, '2026-06-01 09:01:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(3, 'second-intern-r-second-1', 'r-second', 'c-second', 'initial', 'sent', true, 'sofia@beyond.example', '{tom@second.example,li@second.example}', '{k-second,l-second}', '{a-second,b-second}', '{}', '{}', 'Asecond, Bsecond for Intern', 'initial: Asecond, Bsecond', '', '<second-intern-r-second-1.initial.3@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, '2026-06-01 09:01:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(4, 'second-intern-r-second-1', 'r-second', 'c-second', 'follow_up_1', 'sent', true, 'sofia@beyond.example', '{tom@second.example,li@second.example}', '{k-second,l-second}', '{a-second,b-second}', '{}', '{}', 'Re: Asecond, Bsecond for Intern', 'follow_up_1: Asecond, Bsecond', '', '<second-intern-r-second-1.follow_up_1.4@beyond.example>', '<second-intern-r-second-1.initial.3@beyond.example>', 'follow_up_1', 'default', '2026-06-03 09:01:00+00', NULL, 1, '2026-06-03 09:02:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(5, 'third-intern-r-third-1', 'r-third', 'c-third', 'initial', 'sent', false, 'james@beyond.example', '{tom@third.example}', '{k-third}', '{a-third,b-third}', '{}', '{}', 'Athird, Bthird for Intern', 'initial: Athird, Bthird', '', '<third-intern-r-third-1.initial.5@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, '2026-06-01 09:01:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(6, 'third-intern-r-third-1', 'r-third', 'c-third', 'follow_up_1', 'sent', false, 'james@beyond.example', '{tom@third.example}', '{k-third}', '{a-third,b-third}', '{}', '{}', 'Re: Athird, Bthird for Intern', 'follow_up_1: Athird, Bthird', '', '<third-intern-r-third-1.follow_up_1.6@beyond.example>', '<third-intern-r-third-1.initial.5@beyond.example>', 'follow_up_1', 'default', '2026-06-03 09:01:00+00', NULL, 1, '2026-06-03 09:02:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(7, 'third-intern-r-third-1', 'r-third', 'c-third', 'follow_up_2', 'sent', false, 'james@beyond.example', '{tom@third.example}', '{k-third}', '{a-third,b-third}', '{}', '{}', 'Re: Athird, Bthird for Intern', 'follow_up_2: Athird, Bthird', '', '<third-intern-r-third-1.follow_up_2.7@beyond.example>', '<third-intern-r-third-1.follow_up_1.6@beyond.example>', 'follow_up_2', 'default', '2026-06-05 09:02:00+00', NULL, 1, '2026-06-05 09:03:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(8, 'fourth-intern-r-fourth-1', 'r-fourth', 'c-fourth', 'initial', 'sent', false, 'sofia@beyond.example', '{tom@fourth.example}', '{k-fourth}', '{a-fourth,b-fourth}', '{}', '{}', 'Afourth, Bfourth for Intern', 'initial: Afourth, Bfourth', '', '<fourth-intern-r-fourth-1.initial.8@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, '2026-06-01 09:01:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(9, 'fourth-intern-r-fourth-1', 'r-fourth', 'c-fourth', 'follow_up_1', 'sent', false, 'sofia@beyond.example', '{tom@fourth.example}', '{k-fourth}', '{a-fourth,b-fourth}', '{}', '{}', 'Re: Afourth, Bfourth for Intern', 'follow_up_1: Afourth, Bfourth', '', '<fourth-intern-r-fourth-1.follow_up_1.9@beyond.example>', '<fourth-intern-r-fourth-1.initial.8@beyond.example>', 'follow_up_1', 'default', '2026-06-03 09:01:00+00', NULL, 1, '2026-06-03 09:02:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(10, 'fourth-intern-r-fourth-1', 'r-fourth', 'c-fourth', 'follow_up_2', 'sent', false, 'sofia@beyond.example', '{tom@fourth.example}', '{k-fourth}', '{a-fourth,b-fourth}', '{}', '{}', 'Re: Afourth, Bfourth for Intern', 'follow_up_2: Afourth, Bfourth', '', '<fourth-intern-r-fourth-1.follow_up_2.10@beyond.example>', '<fourth-intern-r-fourth-1.follow_up_1.9@beyond.example>', 'follow_up_2', 'default', '2026-06-05 09:02:00+00', NULL, 1, '2026-06-05 09:03:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(11, 'fourth-intern-r-fourth-1', 'r-fourth', 'c-fourth', 'follow_up_3', 'sent', false, 'sofia@beyond.example', '{tom@fourth.example}', '{k-fourth}', '{a-fourth,b-fourth}', '{}', '{}', 'Re: Afourth, Bfourth for Intern', 'follow_up_3: Afourth, Bfourth', '', '<fourth-intern-r-fourth-1.follow_up_3.11@beyond.example>', '<fourth-intern-r-fourth-1.follow_up_2.10@beyond.example>', 'follow_up_3', 'default', '2026-06-07 09:03:00+00', NULL, 1, '2026-06-07 09:04:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(12, 'held-intern-r-held-1', 'r-held', 'c-held', 'initial', 'sent', false, 'sofia@beyond.example', '{tom@held.example,li@held.example}', '{k-held,l-held}', '{a-held,b-held}', '{}', '{}', 'Aheld, Bheld for Intern', 'initial: Aheld, Bheld', '', '<held-intern-r-held-1.initial.12@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, '2026-06-01 09:01:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(13, 'held-intern-r-held-1', 'r-held', 'c-held', 'follow_up_1', 'sent', false, 'sofia@beyond.example', '{tom@held.example,li@held.example}', '{k-held,l-held}', '{a-held,b-held}', '{}', '{}', 'Re: Aheld, Bheld for Intern', 'follow_up_1: Aheld, Bheld', '', '<held-intern-r-held-1.follow_up_1.13@beyond.example>', '<held-intern-r-held-1.initial.12@beyond.example>', 'follow_up_1', 'default', '2026-06-03 09:01:00+00', NULL, 1, '2026-06-03 09:02:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(14, 'puzzle-intern-r-puzzle-1', 'r-puzzle', 'c-puzzle', 'initial', 'uncertain', false, 'james@beyond.example', '{tom@puzzle.example,li@puzzle.example}', '{k-puzzle,l-puzzle}', '{a-puzzle,b-puzzle}', '{}', '{}', 'Apuzzle, Bpuzzle for Intern', 'initial: Apuzzle, Bpuzzle', '', '<puzzle-intern-r-puzzle-1.initial.14@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, NULL, '2026-06-01 09:01:00+00', NULL, false, '', 'lost after the end', '{}', NULL),
	(15, 'again-intern-r-again-1', 'r-again', 'c-again', 'initial', 'uncertain', false, 'sofia@beyond.example', '{tom@again.example,li@again.example}', '{k-again,l-again}', '{a-again,b-again}', '{}', '{}', 'Aagain, Bagain for Intern', 'initial: Aagain, Bagain', '', '<again-intern-r-again-1.initial.15@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, NULL, '2026-06-01 09:01:00+00', NULL, false, '', 'lost after the end', '{}', NULL),
	(16, 'resolved-intern-r-resolved-1', 'r-resolved', 'c-resolved', 'initial', 'sent', false, 'james@beyond.example', '{tom@resolved.example,li@resolved.example}', '{k-resolved,l-resolved}', '{a-resolved,b-resolved}', '{}', '{}', 'Aresolved, Bresolved for Intern', 'initial: Aresolved, Bresolved', '', '<resolved-intern-r-resolved-1.initial.16@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, '2026-06-01 10:02:00+00', '2026-06-01 09:01:00+00', NULL, false, '', NULL, '{}', NULL),
	(17, 'answered-intern-r-neighbour-1', 'r-neighbour', 'c-answered', 'initial', 'sent', false, 'sofia@beyond.example', '{tom@answered.example,li@answered.example}', '{k-answered,l-answered}', '{a-neighbour,b-neighbour}', '{}', '{}', 'Aneighbour, Bneighbour for Intern', 'initial: Aneighbour, Bneighbour', '', '<answered-intern-r-neighbour-1.initial.17@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, '2026-06-01 09:01:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(18, 'answered-intern-r-answered-1', 'r-answered', 'c-answered', 'initial', 'sent', false, 'sofia@beyond.example', '{tom@answered.example,li@answered.example}', '{k-answered,l-answered}', '{a-answered,b-answered}', '{}', '{}', 'Aanswered, Banswered for Intern', 'initial: Aanswered, Banswered', '', '<answered-intern-r-answered-1.initial.18@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, '2026-06-01 09:01:00+00', NULL, '2026-06-01 10:01:00+00', false, '', NULL, '{}', NULL),
	(19, 'outcomes-intern-r-outcomes-1', 'r-outcomes', 'c-outcomes', 'initial', 'sent', true, 'james@beyond.example', '{tom@outcomes.example,li@outcomes.example}', '{k-outcomes,l-outcomes}', '{a-outcomes,b-outcomes}', '{}', '{}', 'Aoutcomes, Boutcomes for Intern', 'initial: Aoutcomes, Boutcomes', '', '<outcomes-intern-r-outcomes-1.initial.19@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, '2026-06-01 09:01:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(20, 'outcomes-intern-r-outcomes-1', 'r-outcomes', 'c-outcomes', 'follow_up_1', 'sent', true, 'james@beyond.example', '{tom@outcomes.example,li@outcomes.example}', '{k-outcomes,l-outcomes}', '{a-outcomes,b-outcomes}', '{}', '{}', 'Re: Aoutcomes, Boutcomes for Intern', 'follow_up_1: Aoutcomes, Boutcomes', '', '<outcomes-intern-r-outcomes-1.follow_up_1.20@beyond.example>', '<outcomes-intern-r-outcomes-1.initial.19@beyond.example>', 'follow_up_1', 'default', '2026-06-03 09:01:00+00', NULL, 1, '2026-06-03 09:02:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(21, 'outcomes-intern-r-outcomes-1', 'r-outcomes', 'c-outcomes', 'follow_up_2', 'sent', true, 'james@beyond.example', '{tom@outcomes.example,li@outcomes.example}', '{k-outcomes,l-outcomes}', '{a-outcomes,b-outcomes}', '{}', '{}', 'Re: Aoutcomes, Boutcomes for Intern', 'follow_up_2: Aoutcomes, Boutcomes', '', '<outcomes-intern-r-outcomes-1.follow_up_2.21@beyond.example>', '<outcomes-intern-r-outcomes-1.follow_up_1.20@beyond.example>', 'follow_up_2', 'default', '2026-06-05 09:02:00+00', NULL, 1, '2026-06-05 09:03:00+00', NULL, '2026-06-05 10:03:00+00', false, '', NULL, '{}', NULL),
	(22, 'marked-intern-r-marked-1', 'r-marked', 'c-marked', 'initial', 'sent', false, 'sofia@beyond.example', '{tom@marked.example,li@marked.example}', '{k-marked,l-marked}', '{a-marked,b-marked}', '{}', '{}', 'Amarked, Bmarked for Intern', 'initial: Amarked, Bmarked', '', '<marked-intern-r-marked-1.initial.22@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, '2026-06-01 09:01:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(23, 'marked-intern-r-marked-1', 'r-marked', 'c-marked', 'follow_up_1', 'sent', false, 'sofia@beyond.example', '{tom@marked.example,li@marked.example}', '{k-marked,l-marked}', '{a-marked,b-marked}', '{}', '{}', 'Re: Amarked, Bmarked for Intern', 'follow_up_1: Amarked, Bmarked', '', '<marked-intern-r-marked-1.follow_up_1.23@beyond.example>', '<marked-intern-r-marked-1.initial.22@beyond.example>', 'follow_up_1', 'default', '2026-06-03 09:01:00+00', NULL, 1, '2026-06-03 09:02:00+00', NULL, '2026-06-03 10:02:00+00', false, '', NULL, '{}', NULL),
	(24, 'late-intern-r-late-1', 'r-late', 'c-late', 'initial', 'sent', false, 'sofia@beyond.example', '{tom@late.example}', '{k-late}', '{a-late,b-late}', '{}', '{}', 'Alate, Blate for Intern', 'initial: Alate, Blate', '', '<late-intern-r-late-1.initial.24@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, '2026-06-01 09:01:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(25, 'late-intern-r-late-1', 'r-late', 'c-late', 'follow_up_1', 'sent', false, 'sofia@beyond.example', '{tom@late.example}', '{k-late}', '{a-late,b-late}', '{}', '{}', 'Re: Alate, Blate for Intern', 'follow_up_1: Alate, Blate', '', '<late-intern-r-late-1.follow_up_1.25@beyond.example>', '<late-intern-r-late-1.initial.24@beyond.example>', 'follow_up_1', 'default', '2026-06-03 09:01:00+00', NULL, 1, '2026-06-03 09:02:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(26, 'late-intern-r-late-1', 'r-late', 'c-late', 'follow_up_2', 'sent', false, 'sofia@beyond.example', '{tom@late.example}', '{k-late}', '{a-late,b-late}', '{}', '{}', 'Re: Alate, Blate for Intern', 'follow_up_2: Alate, Blate', '', '<late-intern-r-late-1.follow_up_2.26@beyond.example>', '<late-intern-r-late-1.follow_up_1.25@beyond.example>', 'follow_up_2', 'default', '2026-06-05 09:02:00+00', NULL, 1, '2026-06-05 09:03:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(27, 'late-intern-r-late-1', 'r-late', 'c-late', 'follow_up_3', 'sent', false, 'sofia@beyond.example', '{tom@late.example}', '{k-late}', '{a-late,b-late}', '{}', '{}', 'Re: Alate, Blate for Intern', 'follow_up_3: Alate, Blate', '', '<late-intern-r-late-1.follow_up_3.27@beyond.example>', '<late-intern-r-late-1.follow_up_2.26@beyond.example>', 'follow_up_3', 'default', '2026-06-07 09:03:00+00', NULL, 1, '2026-06-07 09:04:00+00', NULL, '2026-06-10 10:04:00+00', false, '', NULL, '{}', NULL),
	(28, 'bounced-intern-r-bounced-1', 'r-bounced', 'c-bounced', 'initial', 'sent', false, 'sofia@beyond.example', '{tom@bounced.example,li@bounced.example}', '{k-bounced,l-bounced}', '{a-bounced,b-bounced}', '{}', '{}', 'Abounced, Bbounced for Intern', 'initial: Abounced, Bbounced', '', '<bounced-intern-r-bounced-1.initial.28@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, '2026-06-01 09:01:00+00', NULL, NULL, false, '', NULL, '{"tom@bounced.example": "5.1.1"}', NULL),
	(29, 'dead-intern-r-dead-1', 'r-dead', 'c-dead', 'initial', 'sent', false, 'james@beyond.example', '{tom@dead.example}', '{k-dead}', '{a-dead,b-dead}', '{}', '{}', 'Adead, Bdead for Intern', 'initial: Adead, Bdead', '', '<dead-intern-r-dead-1.initial.29@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, '2026-06-01 09:01:00+00', NULL, NULL, false, '', NULL, '{"tom@dead.example": "5.1.1"}', NULL),
	(30, 'silent-intern-r-silent-1', 'r-silent', 'c-silent', 'initial', 'sent', false, 'sofia@beyond.example', '{tom@silent.example}', '{k-silent}', '{a-silent,b-silent}', '{}', '{}', 'Asilent, Bsilent for Intern', 'initial: Asilent, Bsilent', '', '<silent-intern-r-silent-1.initial.30@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, '2026-06-01 09:01:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(31, 'silent-intern-r-silent-1', 'r-silent', 'c-silent', 'follow_up_1', 'sent', false, 'sofia@beyond.example', '{tom@silent.example}', '{k-silent}', '{a-silent,b-silent}', '{}', '{}', 'Re: Asilent, Bsilent for Intern', 'follow_up_1: Asilent, Bsilent', '', '<silent-intern-r-silent-1.follow_up_1.31@beyond.example>', '<silent-intern-r-silent-1.initial.30@beyond.example>', 'follow_up_1', 'default', '2026-06-03 09:01:00+00', NULL, 1, '2026-06-03 09:02:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(32, 'silent-intern-r-silent-1', 'r-silent', 'c-silent', 'follow_up_2', 'sent', false, 'sofia@beyond.example', '{tom@silent.example}', '{k-silent}', '{a-silent,b-silent}', '{}', '{}', 'Re: Asilent, Bsilent for Intern', 'follow_up_2: Asilent, Bsilent', '', '<silent-intern-r-silent-1.follow_up_2.32@beyond.example>', '<silent-intern-r-silent-1.follow_up_1.31@beyond.example>', 'follow_up_2', 'default', '2026-06-05 09:02:00+00', NULL, 1, '2026-06-05 09:03:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(33, 'silent-intern-r-silent-1', 'r-silent', 'c-silent', 'follow_up_3', 'sent', false, 'sofia@beyond.example', '{tom@silent.example}', '{k-silent}', '{a-silent,b-silent}', '{}', '{}', 'Re: Asilent, Bsilent for Intern', 'follow_up_3: Asilent, Bsilent', '', '<silent-intern-r-silent-1.follow_up_3.33@beyond.example>', '<silent-intern-r-silent-1.follow_up_2.32@beyond.example>', 'follow_up_3', 'default', '2026-06-07 09:03:00+00', NULL, 1, '2026-06-07 09:04:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(34, 'stopped-intern-r-stopped-1', 'r-stopped', 'c-stopped', 'initial', 'sent', false, 'sofia@beyond.example', '{tom@stopped.example}', '{k-stopped}', '{a-stopped,b-stopped}', '{}', '{}', 'Astopped, Bstopped for Intern', 'initial: Astopped, Bstopped', '', '<stopped-intern-r-stopped-1.initial.34@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, '2026-06-01 09:01:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(35, 'stopped-intern-r-stopped-1', 'r-stopped', 'c-stopped', 'follow_up_1', 'sent', false, 'sofia@beyond.example', '{tom@stopped.example}', '{k-stopped}', '{a-stopped,b-stopped}', '{}', '{}', 'Re: Astopped, Bstopped for Intern', 'follow_up_1: Astopped, Bstopped', '', '<stopped-intern-r-stopped-1.follow_up_1.35@beyond.example>', '<stopped-intern-r-stopped-1.initial.34@beyond.example>', 'follow_up_1', 'default', '2026-06-03 09:01:00+00', NULL, 1, '2026-06-03 09:02:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(36, 'withdrawn-intern-r-withdrawn-1', 'r-withdrawn', 'c-withdrawn', 'initial', 'sent', false, 'james@beyond.example', '{tom@withdrawn.example}', '{k-withdrawn}', '{a-withdrawn,b-withdrawn}', '{}', '{}', 'Awithdrawn, Bwithdrawn for Intern', 'initial: Awithdrawn, Bwithdrawn', '', '<withdrawn-intern-r-withdrawn-1.initial.36@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, '2026-06-01 09:01:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(37, 'closed-intern-r-closed-1', 'r-closed', 'c-closed', 'initial', 'sent', false, 'sofia@beyond.example', '{tom@closed.example,li@closed.example}', '{k-closed,l-closed}', '{a-closed,b-closed}', '{}', '{}', 'Aclosed, Bclosed for Intern', 'initial: Aclosed, Bclosed', '', '<closed-intern-r-closed-1.initial.37@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, '2026-06-01 09:01:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(38, 'filled-intern-r-filled-1', 'r-filled', 'c-filled', 'initial', 'sent', false, 'sofia@beyond.example', '{tom@filled.example}', '{k-filled}', '{a-filled,b-filled}', '{}', '{}', 'Afilled, Bfilled for Intern', 'initial: Afilled, Bfilled', '', '<filled-intern-r-filled-1.initial.38@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, '2026-06-01 09:01:00+00', NULL, '2026-06-01 11:01:00+00', false, '', NULL, '{}', NULL),
	(39, 'refused-intern-r-refused-1', 'r-refused', 'c-refused', 'initial', 'failed', false, 'james@beyond.example', '{tom@refused.example,li@refused.example}', '{k-refused,l-refused}', '{a-refused,b-refused}', '{"li@refused.example": "550 no such user", "tom@refused.example": "550 no such user"}', '{}', 'Arefused, Brefused for Intern', 'initial: Arefused, Brefused', '', '<refused-intern-r-refused-1.initial.39@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, NULL, NULL, NULL, false, '', 'every recipient was refused for good', '{}', NULL),
	(40, 'crossed-intern-r-crossed-1', 'r-crossed', 'c-crossed', 'initial', 'uncertain', false, 'sofia@beyond.example', '{tom@crossed.example}', '{k-crossed}', '{a-crossed,b-crossed}', '{}', '{}', 'Acrossed, Bcrossed for Intern', 'initial: Acrossed, Bcrossed', '', '<crossed-intern-r-crossed-1.initial.40@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, NULL, '2026-06-01 09:01:00+00', '2026-06-01 11:01:00+00', false, '', 'lost', '{}', NULL),
	(43, 'held-answered-intern-r-held-answered-1', 'r-held_answered', 'c-held_answered', 'follow_up_1', 'sent', false, 'james@beyond.example', '{tom@held_answered.example,li@held_answered.example}', '{k-held_answered,l-held_answered}', '{a-held_answered,b-held_answered}', '{}', '{}', 'Re: Aheld_answered, Bheld_answered for Intern', 'follow_up_1: Aheld_answered, Bheld_answered', '', '<held-answered-intern-r-held-answered-1.follow_up_1.43@beyond.example>', '<held-answered-intern-r-held-answered-1.initial.42@beyond.example>', 'follow_up_1', 'default', '2026-06-03 09:01:00+00', NULL, 1, '2026-06-03 09:02:00+00', NULL, '2026-06-03 12:02:00+00', false, '', NULL, '{}', NULL),
	(41, 'crossed-sent-intern-r-crossed-sent-1', 'r-crossed_sent', 'c-crossed_sent', 'initial', 'sent', false, 'sofia@beyond.example', '{tom@crossed_sent.example}', '{k-crossed_sent}', '{a-crossed_sent,b-crossed_sent}', '{}', '{}', 'Acrossed_sent, Bcrossed_sent for Intern', 'initial: Acrossed_sent, Bcrossed_sent', '', '<crossed-sent-intern-r-crossed-sent-1.initial.41@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, '2026-06-01 09:01:00+00', '2026-06-01 09:01:00+00', '2026-06-01 11:01:00+00', false, '', NULL, '{}', NULL),
	(42, 'held-answered-intern-r-held-answered-1', 'r-held_answered', 'c-held_answered', 'initial', 'sent', false, 'james@beyond.example', '{tom@held_answered.example,li@held_answered.example}', '{k-held_answered,l-held_answered}', '{a-held_answered,b-held_answered}', '{}', '{}', 'Aheld_answered, Bheld_answered for Intern', 'initial: Aheld_answered, Bheld_answered', '', '<held-answered-intern-r-held-answered-1.initial.42@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, '2026-06-01 09:01:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(44, 'away-intern-r-away-1', 'r-away', 'c-away', 'initial', 'sent', false, 'sofia@beyond.example', '{tom@away.example,li@away.example}', '{k-away,l-away}', '{a-away,b-away}', '{}', '{}', 'Aaway, Baway for Intern', 'initial: Aaway, Baway', '', '<away-intern-r-away-1.initial.44@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, '2026-06-01 09:01:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(46, 'reopened-intern-r-reopened-1', 'r-reopened', 'c-reopened', 'follow_up_1', 'sent', false, 'sofia@beyond.example', '{tom@reopened.example}', '{k-reopened}', '{a-reopened,b-reopened}', '{}', '{}', 'Re: Areopened, Breopened for Intern', 'follow_up_1: Areopened, Breopened', '', '<reopened-intern-r-reopened-1.follow_up_1.46@beyond.example>', '<reopened-intern-r-reopened-1.initial.45@beyond.example>', 'follow_up_1', 'default', '2026-06-03 09:01:00+00', NULL, 1, '2026-06-03 09:02:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(45, 'reopened-intern-r-reopened-1', 'r-reopened', 'c-reopened', 'initial', 'sent', false, 'sofia@beyond.example', '{tom@reopened.example}', '{k-reopened}', '{a-reopened,b-reopened}', '{}', '{}', 'Areopened, Breopened for Intern', 'initial: Areopened, Breopened', '', '<reopened-intern-r-reopened-1.initial.45@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, '2026-06-01 09:01:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(47, 'reanswered-intern-r-reanswered-1', 'r-reanswered', 'c-reanswered', 'initial', 'sent', false, 'james@beyond.example', '{tom@reanswered.example,li@reanswered.example}', '{k-reanswered,l-reanswered}', '{a-reanswered,b-reanswered}', '{}', '{}', 'Areanswered, Breanswered for Intern', 'initial: Areanswered, Breanswered', '', '<reanswered-intern-r-reanswered-1.initial.47@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, '2026-06-01 09:01:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(48, 'reanswered-intern-r-reanswered-1', 'r-reanswered', 'c-reanswered', 'follow_up_1', 'sent', false, 'james@beyond.example', '{tom@reanswered.example,li@reanswered.example}', '{k-reanswered,l-reanswered}', '{a-reanswered,b-reanswered}', '{}', '{}', 'Re: Areanswered, Breanswered for Intern', 'follow_up_1: Areanswered, Breanswered', '', '<reanswered-intern-r-reanswered-1.follow_up_1.48@beyond.example>', '<reanswered-intern-r-reanswered-1.initial.47@beyond.example>', 'follow_up_1', 'default', '2026-06-03 09:01:00+00', NULL, 1, '2026-06-03 09:02:00+00', NULL, '2026-06-03 10:02:00+00', false, '', NULL, '{}', NULL),
	(49, 'held-answered-intern-r-reheld-1', 'r-reheld', 'c-held_answered', 'initial', 'sent', false, 'james@beyond.example', '{tom@held_answered.example,li@held_answered.example}', '{k-held_answered,l-held_answered}', '{a-reheld,b-reheld}', '{}', '{}', 'Areheld, Breheld for Intern', 'initial: Areheld, Breheld', '', '<held-answered-intern-r-reheld-1.initial.49@beyond.example>', NULL, 'initial', 'default', '2026-06-08 09:00:00+00', NULL, 1, '2026-06-08 09:01:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(50, 'uncertain-follow-up-intern-r-uncertain-follow-up-1', 'r-uncertain_follow_up', 'c-uncertain_follow_up', 'initial', 'sent', false, 'sofia@beyond.example', '{tom@uncertain_follow_up.example,li@uncertain_follow_up.example}', '{k-uncertain_follow_up,l-uncertain_follow_up}', '{a-uncertain_follow_up,b-uncertain_follow_up}', '{}', '{}', 'Auncertain_follow_up, Buncertain_follow_up for Intern', 'initial: Auncertain_follow_up, Buncertain_follow_up', '', '<uncertain-follow-up-intern-r-uncertain-follow-up-1.initial.50@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, '2026-06-01 09:01:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(51, 'uncertain-follow-up-intern-r-uncertain-follow-up-1', 'r-uncertain_follow_up', 'c-uncertain_follow_up', 'follow_up_1', 'uncertain', false, 'sofia@beyond.example', '{tom@uncertain_follow_up.example,li@uncertain_follow_up.example}', '{k-uncertain_follow_up,l-uncertain_follow_up}', '{a-uncertain_follow_up,b-uncertain_follow_up}', '{}', '{}', 'Re: Auncertain_follow_up, Buncertain_follow_up for Intern', 'follow_up_1: Auncertain_follow_up, Buncertain_follow_up', '', '<uncertain-follow-up-intern-r-uncertain-follow-up-1.follow_up_1.51@beyond.example>', '<uncertain-follow-up-intern-r-uncertain-follow-up-1.initial.50@beyond.example>', 'follow_up_1', 'default', '2026-06-03 09:01:00+00', NULL, 1, NULL, '2026-06-03 09:02:00+00', '2026-06-03 10:02:00+00', false, '', 'lost', '{}', NULL),
	(52, 'overtaken-intern-r-overtaken-1', 'r-overtaken', 'c-overtaken', 'initial', 'sent', false, 'sofia@beyond.example', '{tom@overtaken.example,li@overtaken.example}', '{k-overtaken,l-overtaken}', '{a-overtaken,b-overtaken}', '{}', '{}', 'Aovertaken, Bovertaken for Intern', 'initial: Aovertaken, Bovertaken', '', '<overtaken-intern-r-overtaken-1.initial.52@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, '2026-06-01 09:01:00+00', NULL, '2026-06-03 09:01:00+00', false, '', NULL, '{}', NULL),
	(53, 'overtaken-intern-r-overtaken-1', 'r-overtaken', 'c-overtaken', 'follow_up_1', 'sent', false, 'sofia@beyond.example', '{tom@overtaken.example,li@overtaken.example}', '{k-overtaken,l-overtaken}', '{a-overtaken,b-overtaken}', '{}', '{}', 'Re: Aovertaken, Bovertaken for Intern', 'follow_up_1: Aovertaken, Bovertaken', '', '<overtaken-intern-r-overtaken-1.follow_up_1.53@beyond.example>', '<overtaken-intern-r-overtaken-1.initial.52@beyond.example>', 'follow_up_1', 'default', '2026-06-03 09:01:00+00', NULL, 1, '2026-06-03 10:02:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(54, 'due-intern-r-due-1', 'r-due', 'c-due', 'initial', 'sent', false, 'sofia@beyond.example', '{tom@due.example,li@due.example}', '{k-due,l-due}', '{a-due,b-due}', '{}', '{}', 'Adue, Bdue for Intern', 'initial: Adue, Bdue', '', '<due-intern-r-due-1.initial.54@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, '2026-06-01 09:01:00+00', NULL, NULL, false, '', NULL, '{}', NULL),
	(55, 'declined-intern-r-declined-1', 'r-declined', 'c-declined', 'initial', 'sent', false, 'james@beyond.example', '{tom@declined.example}', '{k-declined}', '{a-declined,b-declined}', '{}', '{}', 'Adeclined, Bdeclined for Intern', 'initial: Adeclined, Bdeclined', '', '<declined-intern-r-declined-1.initial.55@beyond.example>', NULL, 'initial', 'default', '2026-06-01 09:00:00+00', NULL, 1, '2026-06-01 09:01:00+00', NULL, '2026-06-01 10:01:00+00', false, '', NULL, '{}', NULL);
INSERT INTO public.outreach_run (id, created_at, week_start, planned, started, passed_over, finished_at) VALUES
	('run-whole', '2026-06-02 09:00:00+00', '2026-06-01', 1, 0, '[{"reason": "open_cycle", "role_id": "r-again"}, {"reason": "awaiting_outcome", "role_id": "r-answered"}, {"reason": "open_cycle", "role_id": "r-away"}, {"reason": "open_cycle", "role_id": "r-booked"}, {"reason": "open_cycle", "role_id": "r-bounced"}, {"reason": "open_cycle", "role_id": "r-claimed"}, {"reason": "awaiting_outcome", "role_id": "r-crossed"}, {"reason": "awaiting_outcome", "role_id": "r-crossed_sent"}, {"reason": "no_partner_contact", "role_id": "r-dead"}, {"reason": "awaiting_outcome", "role_id": "r-declined"}, {"reason": "open_cycle", "role_id": "r-due"}, {"reason": "open_cycle", "role_id": "r-first"}, {"reason": "open_cycle", "role_id": "r-fourth"}, {"reason": "open_cycle", "role_id": "r-free1"}, {"reason": "open_cycle", "role_id": "r-free2"}, {"reason": "company_suppressed", "role_id": "r-free4"}, {"reason": "open_cycle", "role_id": "r-free5"}, {"reason": "open_cycle", "role_id": "r-free6"}, {"reason": "open_cycle", "role_id": "r-held"}, {"reason": "awaiting_outcome", "role_id": "r-held_answered"}, {"reason": "awaiting_outcome", "role_id": "r-late"}, {"reason": "awaiting_outcome", "role_id": "r-marked"}, {"reason": "open_cycle", "role_id": "r-neighbour"}, {"reason": "awaiting_outcome", "role_id": "r-outcomes"}, {"reason": "awaiting_outcome", "role_id": "r-overtaken"}, {"reason": "open_cycle", "role_id": "r-puzzle"}, {"reason": "awaiting_outcome", "role_id": "r-reanswered"}, {"reason": "no_partner_contact", "role_id": "r-refused"}, {"reason": "open_cycle", "role_id": "r-reheld"}, {"reason": "open_cycle", "role_id": "r-reopened"}, {"reason": "open_cycle", "role_id": "r-resolved"}, {"reason": "open_cycle", "role_id": "r-second"}, {"reason": "no_eligible_candidate", "role_id": "r-silent"}, {"reason": "stopped", "role_id": "r-stopped"}, {"reason": "open_cycle", "role_id": "r-third"}, {"reason": "awaiting_outcome", "role_id": "r-uncertain_follow_up"}, {"reason": "no_eligible_candidate", "role_id": "r-withdrawn"}]', NULL),
	('run-booked', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-claimed', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-first', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-second', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-third', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-fourth', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-held', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-puzzle', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-again', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-resolved', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-neighbour', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-answered', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-outcomes', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-marked', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-late', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-bounced', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-dead', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-silent', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-stopped', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-withdrawn', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-closed', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-filled', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-expired', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-refused', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-crossed', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-crossed_sent', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-held_answered', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-away', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-reopened', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-reanswered', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-reheld', '2026-06-08 09:00:00+00', '2026-06-08', 1, 1, '[]', '2026-06-08 09:00:00+00'),
	('run-uncertain_follow_up', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-overtaken', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-due', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-declined', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-waiting', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-patient', '2026-06-01 09:00:00+00', '2026-06-01', 1, 1, '[]', '2026-06-01 09:00:00+00'),
	('run-deserted', '2026-06-01 09:00:00+00', '2026-06-01', 0, 0, '[{"reason": "open_cycle", "role_id": "r-deserted"}]', '2026-06-01 09:00:00+00');
INSERT INTO public.role (id, company_id, title, industry, location, description, status) VALUES
	('r-waiting', 'c-waiting', 'Intern', '', 'London', '', 'open'),
	('r-deserted', 'c-deserted', 'Intern', '', 'London', '', 'open'),
	('r-booked', 'c-booked', 'Intern', '', 'London', '', 'open'),
	('r-claimed', 'c-claimed', 'Intern', '', 'London', '', 'open'),
	('r-first', 'c-first', 'Intern', '', 'London', '', 'open'),
	('r-second', 'c-second', 'Intern', '', 'London', '', 'open'),
	('r-third', 'c-third', 'Intern', '', 'London', '', 'open'),
	('r-fourth', 'c-fourth', 'Intern', '', 'London', '', 'open'),
	('r-held', 'c-held', 'Intern', '', 'London', '', 'open'),
	('r-puzzle', 'c-puzzle', 'Intern', '', 'London', '', 'open'),
	('r-again', 'c-again', 'Intern', '', 'London', '', 'open'),
	('r-answered', 'c-answered', 'Intern', '', 'London', '', 'open'),
	('r-neighbour', 'c-answered', 'Intern', '', 'London', '', 'open'),
	('r-outcomes', 'c-outcomes', 'Intern', '', 'London', '', 'open'),
	('r-late', 'c-late', 'Intern', '', 'London', '', 'open'),
	('r-bounced', 'c-bounced', 'Intern', '', 'London', '', 'open'),
	('r-dead', 'c-dead', 'Intern', '', 'London', '', 'open'),
	('r-silent', 'c-silent', 'Intern', '', 'London', '', 'open'),
	('r-stopped', 'c-stopped', 'Intern', '', 'London', '', 'open'),
	('r-withdrawn', 'c-withdrawn', 'Intern', '', 'London', '', 'open'),
	('r-closed', 'c-closed', 'Intern', '', 'London', '', 'open'),
	('r-expired', 'c-expired', 'Intern', '', 'London', '', 'open'),
	('r-refused', 'c-refused', 'Intern', '', 'London', '', 'open'),
	('r-crossed', 'c-crossed', 'Intern', '', 'London', '', 'open'),
	('r-crossed_sent', 'c-crossed_sent', 'Intern', '', 'London', '', 'open'),
	('r-held_answered', 'c-held_answered', 'Intern', '', 'London', '', 'open'),
	('r-away', 'c-away', 'Intern', '', 'London', '', 'open'),
	('r-reopened', 'c-reopened', 'Intern', '', 'London', '', 'open'),
	('r-reanswered', 'c-reanswered', 'Intern', '', 'London', '', 'open'),
	('r-reheld', 'c-held_answered', 'Intern', '', 'London', '', 'open'),
	('r-uncertain_follow_up', 'c-uncertain_follow_up', 'Intern', '', 'London', '', 'open'),
	('r-overtaken', 'c-overtaken', 'Intern', '', 'London', '', 'open'),
	('r-free1', 'c-free1', 'Intern', '', 'London', '', 'open'),
	('r-free2', 'c-free2', 'Intern', '', 'London', '', 'open'),
	('r-free4', 'c-free4', 'Intern', '', 'London', '', 'open'),
	('r-free5', 'c-free5', 'Intern', '', 'London', '', 'open'),
	('r-free6', 'c-free6', 'Intern', '', 'London', '', 'open'),
	('r-patient', 'c-marked', 'Intern', '', 'London', '', 'open'),
	('r-due', 'c-due', 'Intern', '', 'London', '', 'open'),
	('r-declined', 'c-declined', 'Intern', '', 'London', '', 'open'),
	('r-filled', 'c-filled', 'Intern', '', 'London', '', 'open'),
	('r-marked', 'c-marked', 'Intern', '', 'London', '', 'open'),
	('r-resolved', 'c-resolved', 'Intern', '', 'London', '', 'open');
INSERT INTO public.role_change (role_id, status, created_at) VALUES
	('r-closed', 'closed', '2026-06-01 10:01:00+00'),
	('r-filled', 'filled', '2026-06-01 11:01:00+00');
INSERT INTO public.specialist (id, name, email, title, phone, is_default) VALUES
	('s-sofia', 'Sofia Marsh', 'sofia@beyond.example', 'Head of Partnerships', '+44 20 7946 0001', true),
	('s-james', 'James O''Neill', 'james@beyond.example', 'Partnership Specialist', '', false);
INSERT INTO public.suppressed_address (address, reason, created_at, lifted_at) VALUES
	('tom@bounced.example', 'bounced (5.1.1)', '2026-06-01 10:01:00+00', NULL),
	('tom@dead.example', 'bounced (5.1.1)', '2026-06-01 10:01:00+00', NULL),
	('li@refused.example', 'refused by its server', '2026-06-01 09:01:00+00', NULL),
	('tom@refused.example', 'refused by its server', '2026-06-01 09:01:00+00', NULL),
	('tom@free4.example', 'asked', '2026-06-01 10:01:00+00', '2026-06-01 10:01:00+00');
INSERT INTO public.suppressed_company (company_id, reason, created_at) VALUES
	('c-free4', 'asked', '2026-06-01 10:01:00+00');
SELECT pg_catalog.setval('public.cycle_event_id_seq', 155, true);
SELECT pg_catalog.setval('public.follow_up_task_id_seq', 49, true);
SELECT pg_catalog.setval('public.inbox_id_seq', 17, true);
SELECT pg_catalog.setval('public.notice_id_seq', 10, true);
SELECT pg_catalog.setval('public.outreach_cycle_ordinal_seq', 43, true);
SELECT pg_catalog.setval('public.outreach_log_id_seq', 55, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.candidate_bio
    ADD CONSTRAINT candidate_bio_pkey PRIMARY KEY (candidate_id, role_id, source_hash, prompt_version, model);
ALTER TABLE ONLY public.candidate_change
    ADD CONSTRAINT candidate_change_pkey PRIMARY KEY (candidate_id);
ALTER TABLE ONLY public.candidate_outreach_history
    ADD CONSTRAINT candidate_outreach_history_pkey PRIMARY KEY (cycle_id, candidate_id);
ALTER TABLE ONLY public.candidate
    ADD CONSTRAINT candidate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.company
    ADD CONSTRAINT company_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contact
    ADD CONSTRAINT contact_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.control
    ADD CONSTRAINT control_pkey PRIMARY KEY (only_row);
ALTER TABLE ONLY public.cycle_event
    ADD CONSTRAINT cycle_event_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.email_limiter
    ADD CONSTRAINT email_limiter_pkey PRIMARY KEY (company_id, week_start);
ALTER TABLE ONLY public.follow_up_task
    ADD CONSTRAINT follow_up_task_cycle_id_stage_key UNIQUE (cycle_id, stage);
ALTER TABLE ONLY public.follow_up_task
    ADD CONSTRAINT follow_up_task_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hook_word
    ADD CONSTRAINT hook_word_pkey PRIMARY KEY (word);
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_key_key UNIQUE (key);
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.mailbox_position
    ADD CONSTRAINT mailbox_position_pkey PRIMARY KEY (mailbox);
ALTER TABLE ONLY public.match
    ADD CONSTRAINT match_pkey PRIMARY KEY (candidate_id, role_id);
ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_inbox_id_key UNIQUE (inbox_id);
ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_message_id_key UNIQUE (message_id);
ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.outreach_cycle
    ADD CONSTRAINT outreach_cycle_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.outreach_log
    ADD CONSTRAINT outreach_log_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.outreach_run
    ADD CONSTRAINT outreach_run_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.role_change
    ADD CONSTRAINT role_change_pkey PRIMARY KEY (role_id);
ALTER TABLE ONLY public.role
    ADD CONSTRAINT role_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.specialist
    ADD CONSTRAINT specialist_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.suppressed_address
    ADD CONSTRAINT suppressed_address_pkey PRIMARY KEY (address);
ALTER TABLE ONLY public.suppressed_company
    ADD CONSTRAINT suppressed_company_pkey PRIMARY KEY (company_id);
ALTER TABLE ONLY public.worker_settings
    ADD CONSTRAINT worker_settings_pkey PRIMARY KEY (id);
CREATE INDEX contact_by_company ON public.contact USING btree (company_id, id);
CREATE INDEX contact_by_email ON public.contact USING btree (lower(email));
CREATE INDEX cycle_by_admitting_run ON public.outreach_cycle USING btree (admitted_run_id, id);
CREATE INDEX cycle_by_company ON public.outreach_cycle USING btree (company_id) WHERE (status <> 'closed'::text);
CREATE UNIQUE INDEX cycle_by_ordinal ON public.outreach_cycle USING btree (ordinal);
CREATE INDEX cycle_by_parent ON public.outreach_cycle USING btree (parent_cycle_id);
CREATE INDEX cycle_by_role ON public.outreach_cycle USING btree (role_id, ordinal DESC);
CREATE INDEX cycle_by_run ON public.outreach_cycle USING btree (run_id, id);
CREATE INDEX cycle_open_by_time ON public.outreach_cycle USING btree (next_action_at) WHERE (status <> 'closed'::text);
CREATE INDEX cycle_waiting ON public.outreach_cycle USING btree (company_id, id) WHERE (status = 'waiting'::text);
CREATE INDEX email_by_recipient ON public.outreach_log USING gin (public.lowered(recipients));
CREATE INDEX email_by_service_id ON public.outreach_log USING btree (service_id) WHERE (service_id <> ''::text);
CREATE INDEX email_by_time ON public.outreach_log USING btree (sent_at);
CREATE INDEX email_in_flight ON public.outreach_log USING btree (in_flight_since) WHERE (in_flight_since IS NOT NULL);
CREATE INDEX event_by_cycle ON public.cycle_event USING btree (cycle_id, id);
CREATE INDEX hook_word_by_age ON public.hook_word USING btree (seen_at);
CREATE INDEX inbox_by_cycle ON public.inbox USING btree (cycle_id, id);
CREATE INDEX inbox_for_a_person ON public.inbox USING btree (id) WHERE (status = 'unmatched'::text);
CREATE INDEX inbox_unfinished ON public.inbox USING btree (id) WHERE ((status = 'stored'::text) OR ((told_at IS NULL) AND ((status = 'attached'::text) OR (addresses <> '{}'::text[]))));
CREATE INDEX match_best_of_candidate ON public.match USING btree (candidate_id, score DESC, role_id);
CREATE INDEX match_best_of_role ON public.match USING btree (role_id, score DESC, candidate_id);
CREATE UNIQUE INDEX never_twice ON public.candidate_outreach_history USING btree (candidate_id, role_id) WHERE (status <> 'released'::text);
CREATE INDEX notice_unsent ON public.notice USING btree (id) WHERE ((sent_at IS NULL) AND (given_up_at IS NULL));
CREATE UNIQUE INDEX one_email_per_stage ON public.outreach_log USING btree (cycle_id, stage);
CREATE UNIQUE INDEX one_message_id ON public.outreach_log USING btree (message_id);
CREATE UNIQUE INDEX one_open_cycle_per_role ON public.outreach_cycle USING btree (role_id) WHERE (status <> 'closed'::text);
CREATE INDEX pitch_by_candidate ON public.candidate_outreach_history USING btree (candidate_id, cycle_id);
CREATE INDEX pitch_by_role ON public.candidate_outreach_history USING btree (role_id) WHERE (status = 'responded'::text);
CREATE INDEX role_by_company ON public.role USING btree (company_id, id);
CREATE UNIQUE INDEX specialist_one_default ON public.specialist USING btree (is_default) WHERE is_default;
CREATE INDEX task_due ON public.follow_up_task USING btree (due_at) WHERE (status = 'pending'::text);
ALTER TABLE ONLY public.candidate_bio
    ADD CONSTRAINT candidate_bio_candidate_id_fkey FOREIGN KEY (candidate_id) REFERENCES public.candidate(id);
ALTER TABLE ONLY public.candidate_bio
    ADD CONSTRAINT candidate_bio_role_id_fkey FOREIGN KEY (role_id) REFERENCES public.role(id);
ALTER TABLE ONLY public.candidate_change
    ADD CONSTRAINT candidate_change_candidate_id_fkey FOREIGN KEY (candidate_id) REFERENCES public.candidate(id);
ALTER TABLE ONLY public.candidate_outreach_history
    ADD CONSTRAINT candidate_outreach_history_candidate_id_fkey FOREIGN KEY (candidate_id) REFERENCES public.candidate(id);
ALTER TABLE ONLY public.candidate_outreach_history
    ADD CONSTRAINT candidate_outreach_history_cycle_id_fkey FOREIGN KEY (cycle_id) REFERENCES public.outreach_cycle(id);
ALTER TABLE ONLY public.candidate_outreach_history
    ADD CONSTRAINT candidate_outreach_history_role_id_fkey FOREIGN KEY (role_id) REFERENCES public.role(id);
ALTER TABLE ONLY public.company
    ADD CONSTRAINT company_specialist_id_fkey FOREIGN KEY (specialist_id) REFERENCES public.specialist(id);
ALTER TABLE ONLY public.contact
    ADD CONSTRAINT contact_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.cycle_event
    ADD CONSTRAINT cycle_event_cycle_id_fkey FOREIGN KEY (cycle_id) REFERENCES public.outreach_cycle(id);
ALTER TABLE ONLY public.email_limiter
    ADD CONSTRAINT email_limiter_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.follow_up_task
    ADD CONSTRAINT follow_up_task_cycle_id_fkey FOREIGN KEY (cycle_id) REFERENCES public.outreach_cycle(id);
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_cycle_id_fkey FOREIGN KEY (cycle_id) REFERENCES public.outreach_cycle(id);
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_log_id_fkey FOREIGN KEY (log_id) REFERENCES public.outreach_log(id);
ALTER TABLE ONLY public.match
    ADD CONSTRAINT match_candidate_id_fkey FOREIGN KEY (candidate_id) REFERENCES public.candidate(id);
ALTER TABLE ONLY public.match
    ADD CONSTRAINT match_role_id_fkey FOREIGN KEY (role_id) REFERENCES public.role(id);
ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_cycle_id_fkey FOREIGN KEY (cycle_id) REFERENCES public.outreach_cycle(id);
ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_inbox_id_fkey FOREIGN KEY (inbox_id) REFERENCES public.inbox(id);
ALTER TABLE ONLY public.outreach_cycle
    ADD CONSTRAINT outreach_cycle_admitted_run_id_fkey FOREIGN KEY (admitted_run_id) REFERENCES public.outreach_run(id);
ALTER TABLE ONLY public.outreach_cycle
    ADD CONSTRAINT outreach_cycle_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.outreach_cycle
    ADD CONSTRAINT outreach_cycle_parent_cycle_id_fkey FOREIGN KEY (parent_cycle_id) REFERENCES public.outreach_cycle(id);
ALTER TABLE ONLY public.outreach_cycle
    ADD CONSTRAINT outreach_cycle_role_id_fkey FOREIGN KEY (role_id) REFERENCES public.role(id);
ALTER TABLE ONLY public.outreach_cycle
    ADD CONSTRAINT outreach_cycle_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.outreach_run(id);
ALTER TABLE ONLY public.outreach_log
    ADD CONSTRAINT outreach_log_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.outreach_log
    ADD CONSTRAINT outreach_log_cycle_id_fkey FOREIGN KEY (cycle_id) REFERENCES public.outreach_cycle(id);
ALTER TABLE ONLY public.outreach_log
    ADD CONSTRAINT outreach_log_role_id_fkey FOREIGN KEY (role_id) REFERENCES public.role(id);
ALTER TABLE ONLY public.role_change
    ADD CONSTRAINT role_change_role_id_fkey FOREIGN KEY (role_id) REFERENCES public.role(id);
ALTER TABLE ONLY public.role
    ADD CONSTRAINT role_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.suppressed_company
    ADD CONSTRAINT suppressed_company_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.company(id);
