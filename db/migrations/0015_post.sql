-- What is anybody's post: mail, and of what mail services tell that which asks for attention.
create function is_post(form text, kind text) returns boolean
language sql immutable parallel safe as $$
    select form = 'mail' or kind in ('bounce', 'complaint', 'unsubscribe')
$$;

-- What a person is to look at: what belongs to no cycle, and what could not be settled at three tries.
create function for_a_person(status text, attempts integer) returns boolean
language sql immutable parallel safe as $$
    select status = 'unmatched' or (status = 'stored' and attempts >= 3)
$$;
