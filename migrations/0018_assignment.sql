-- Who is given tickets: the way of each unit, what people can do and when, and what nobody could be given.

-- Open tickets of the unit that somebody can have; without a number, any.
alter table membership add column capacity bigint;
-- Words with commas between them.
alter table membership add column skills text not null default '';
-- Their shift; without one, the unit's people are there whenever they say so.
alter table membership add column calendar_id bigint references calendar (id);

-- Units without a row give by hand.
create table assignment (
  unit_id bigint primary key references unit (id),
  -- round_robin, least_load
  policy text not null,
  -- Only whoever speaks the requester's language is given a ticket.
  by_language bigint not null
);

-- Who was given the last ticket of a unit.
create table assignment_turn (
  unit_id bigint primary key references unit (id),
  person_id bigint not null references person (id)
);

-- What a service's tickets need of whoever gets them: words with commas between them.
create table service_need (
  service_id bigint primary key references service (id),
  skills text not null
);

-- People who said that they are away.
create table presence (
  person_id bigint primary key references person (id),
  away_since_at bigint not null
);

-- The time in which somebody is absent, and who stands in for them.
create table absence (
  id {id},
  person_id bigint not null references person (id),
  substitute_id bigint references person (id),
  from_at bigint not null,
  until_at bigint not null,
  made_by bigint references person (id)
);
create index absence_person on absence (person_id, until_at);
create index absence_substitute on absence (substitute_id, until_at) where substitute_id is not null;

-- Tickets that could be given to nobody, with the reason, and when it is tried again.
create table unassigned (
  ticket_id bigint primary key references ticket (id),
  unit_id bigint not null references unit (id),
  since_at bigint not null,
  try_at bigint not null,
  shortage text not null
);
create index unassigned_unit on unassigned (unit_id, since_at, ticket_id);
create index unassigned_try on unassigned (try_at, ticket_id);

-- What made the desk do something by itself.
create table event_origin (
  event_id bigint primary key,
  ticket_id bigint not null references ticket (id),
  origin text not null
);
create index event_origin_ticket on event_origin (ticket_id, event_id);
