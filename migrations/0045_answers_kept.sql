-- Answers whose field is not asked at the moment, kept for when it is again; and what each change of an answer changed.

create table custom_aside (
  thing_id bigint not null,
  field_id bigint not null references custom_field (id),
  place bigint not null,
  number bigint,
  word {bytes},
  body text,
  primary key (thing_id, field_id, place)
);

create table custom_change (
  -- The event that tells of it.
  event_id bigint primary key,
  ticket_id bigint not null references ticket (id),
  field_id bigint not null references custom_field (id),
  -- The parts of the value before and after, as JSON; none for no answer.
  was text not null,
  became text not null,
  -- Fields that are not asked any more because of it, or are asked again with what they had, as JSON.
  rested text not null,
  returned text not null
);
create index custom_change_ticket on custom_change (ticket_id, event_id);
