-- Tickets that are opened later, once or again and again.

create table recurring (
  id {id},
  service_id bigint not null references service (id),
  requester_id bigint not null references person (id),
  -- With whose rights it is opened.
  made_by bigint not null references person (id),
  kind text not null,
  subject text not null,
  body text not null,
  -- What is typed into fields of one's own, as JSON.
  fields text not null,
  -- When, as JSON.
  rule text not null,
  -- Nothing when it has come to its end.
  next_at bigint,
  paused bigint not null,
  -- Why it was paused by itself.
  failed text,
  last_ticket_id bigint references ticket (id),
  last_at bigint
);
create index recurring_due on recurring (next_at) where next_at is not null and paused = 0;
create index recurring_service on recurring (service_id);
