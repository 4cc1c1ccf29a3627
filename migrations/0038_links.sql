-- The links of tickets as their events say them, so that lists can ask for them. What was linked before is
-- written by `throughline recompute`, or with the next link of the ticket.

create table ticket_link (
  ticket_id bigint not null references ticket (id),
  other_id bigint not null references ticket (id),
  -- What the ticket is to the other one.
  link text not null,
  primary key (ticket_id, other_id)
);
create index ticket_link_link on ticket_link (link, ticket_id);
