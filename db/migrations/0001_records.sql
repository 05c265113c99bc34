-- The CRM's records (SPEC section 4). Ids compare as bytes everywhere: COLLATE "C".

create table specialist (
    id text collate "C" primary key,
    name text not null,
    email text not null,
    title text not null default '',
    phone text not null default '',
    is_default boolean not null default false
);
create unique index specialist_one_default on specialist (is_default) where is_default;

create table company (
    id text collate "C" primary key,
    name text not null,
    industry text not null default '',
    website text not null default '',
    time_zone text,
    specialist_id text collate "C" references specialist,
    weekly_limit integer check (weekly_limit >= 0),
    suppressed boolean not null default false
);

create table contact (
    id text collate "C" primary key,
    company_id text collate "C" not null references company,
    first_name text not null default '',
    last_name text not null default '',
    email text,
    layout_name text not null default '',
    active boolean not null default true
);
create index contact_by_company on contact (company_id, id);
create index contact_by_email on contact (lower(email));

create table role (
    id text collate "C" primary key,
    company_id text collate "C" not null references company,
    title text not null,
    industry text not null default '',
    location text not null default '',
    description text not null default '',
    status text not null default 'open' check (status in ('open', 'closed', 'filled'))
);
create index role_by_company on role (company_id, id);

create table candidate (
    id text collate "C" primary key,
    first_name text not null,
    last_name text not null default '',
    email text,
    bio text not null default '',
    skills text[] not null default '{}',
    interests text[] not null default '{}',
    university text not null default '',
    visa_required boolean not null default false,
    start_date date not null,
    end_date date,
    status text not null default 'available' check (status in ('available', 'placed', 'withdrawn'))
);

create table match (
    candidate_id text collate "C" not null references candidate,
    role_id text collate "C" not null references role,
    score double precision not null check (score > '-Infinity' and score < 'Infinity'),
    primary key (candidate_id, role_id)
);
create index match_best_of_role on match (role_id, score desc, candidate_id);
create index match_best_of_candidate on match (candidate_id, score desc, role_id);

-- What the system itself learnt: never undone by a load, the stricter word wins.

create table suppressed_address (
    address text primary key check (address = lower(address)),
    reason text not null,
    created_at timestamptz not null
);

create table suppressed_company (
    company_id text collate "C" primary key references company,
    reason text not null,
    created_at timestamptz not null
);

create table candidate_change (
    candidate_id text collate "C" primary key references candidate,
    status text not null check (status in ('placed', 'withdrawn')),
    created_at timestamptz not null
);

create table role_change (
    role_id text collate "C" primary key references role,
    status text not null check (status in ('closed', 'filled')),
    created_at timestamptz not null
);

create view candidate_now as
select c.id, c.first_name, c.last_name, c.email, c.bio, c.skills, c.interests, c.university,
       c.visa_required, c.start_date, c.end_date,
       case when c.status <> 'available' then c.status else coalesce(x.status, 'available') end as status
from candidate c left join candidate_change x on x.candidate_id = c.id;

create view role_now as
select r.id, r.company_id, r.title, r.industry, r.location, r.description,
       case when r.status <> 'open' then r.status else coalesce(x.status, 'open') end as status
from role r left join role_change x on x.role_id = r.id;

create view company_now as
select c.id, c.name, c.industry, c.website, c.time_zone, c.specialist_id, c.weekly_limit,
       c.suppressed or x.company_id is not null as suppressed
from company c left join suppressed_company x on x.company_id = c.id;

-- Whom a letter may go to (R1, R11): active partner contacts with a valid address that nobody suppressed.
create view partner_contact as
select p.id, p.company_id, p.first_name, p.last_name, p.email
from contact p
where p.active and p.layout_name = 'partner' and p.email ~ '^[^@[:space:]]+@[^@[:space:]]+$'
  and not exists (select from suppressed_address s where s.address = lower(p.email));
