-- The post is read by kind, newest first.
create index inbox_by_kind on inbox (kind, id);
