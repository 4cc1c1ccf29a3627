-- Time that people say they spent on a ticket. It is told beside the ledger and never part of it.

create table time_spent (
  id {id},
  ticket_id bigint not null references ticket (id),
  person_id bigint not null references person (id),
  -- Days since 1970.
  day bigint not null,
  minutes bigint not null,
  note text not null,
  at bigint not null,
  corrected_at bigint
);
create index time_spent_ticket on time_spent (ticket_id, id);

-- What stood there before it was corrected.
create table time_spent_before (
  entry_id bigint not null references time_spent (id),
  until_at bigint not null,
  day bigint not null,
  minutes bigint not null,
  note text not null,
  primary key (entry_id, until_at)
);
