-- Steps that the serving side ticks off on a ticket.

create table checklist_item (
  id {id},
  ticket_id bigint not null references ticket (id),
  place bigint not null,
  words text not null,
  done_by bigint references person (id),
  done_at bigint
);
create index checklist_item_ticket on checklist_item (ticket_id, place);

-- The steps that are usual for a service, one in each line.
create table checklist_usual (
  service_id bigint primary key references service (id),
  words text not null
);
