-- Canned replies and macros: texts with variables, and what is done together with them.

create table macro (
  id {id},
  name text not null,
  -- Empty where it says nothing.
  reply text not null,
  note text not null,
  -- JSON, as domain::action keeps it; a canned reply does nothing but reply.
  actions text not null,
  -- The tickets on which it is offered: the canonical text of a filter, empty for all.
  filter text not null,
  -- Whose it is: a person's, a unit's, or everybody's when it has neither.
  person_id bigint references person (id),
  unit_id bigint references unit (id),
  uses bigint not null default 0,
  made_by bigint references person (id),
  changed_at bigint not null
);
create index macro_person on macro (person_id, name) where person_id is not null;
create index macro_unit on macro (unit_id, name) where unit_id is not null;
create index macro_shared on macro (name) where person_id is null and unit_id is null;
