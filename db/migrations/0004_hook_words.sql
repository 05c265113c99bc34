-- One-time words of requests whose signature covers such a word instead of the content, as digests, each
-- with what it came with: signed once, it is good for that alone.
create table hook_word (
    word bytea primary key,
    told bytea not null,
    seen_at timestamptz not null
);
create index hook_word_by_age on hook_word (seen_at);
