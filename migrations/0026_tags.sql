-- Tags of tickets: words that only the serving side reads.

create table tag (
  id {id},
  name text not null,
  -- Its bytes, by which it is ordered and by whose beginning it is found.
  search_key {bytes} not null,
  -- Another name of this tag, from a renaming or a merge: what asks for it means that one.
  into_id bigint references tag (id),
  created_at bigint not null
);
create unique index tag_name on tag (name);
create index tag_search_key on tag (search_key);
create index tag_into on tag (into_id) where into_id is not null;

create table ticket_tag (
  ticket_id bigint not null references ticket (id),
  tag_id bigint not null references tag (id),
  -- As the ticket's row has them, so that who may know of a tag is told from one index.
  unit_id bigint not null references unit (id),
  confidential bigint not null,
  primary key (ticket_id, tag_id)
);
create index ticket_tag_tag on ticket_tag (tag_id, unit_id, confidential, ticket_id);
