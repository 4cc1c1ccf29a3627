-- Fields of one's own: their definitions, and the answers, one row for each part of a value.

create table custom_field (
  id {id},
  -- What filters, programs and imports call it; never changed.
  key text not null,
  -- ticket, person, organisation
  about text not null,
  -- both, inside: who reads it
  shown text not null,
  place bigint not null,
  -- Everything else, as JSON.
  spec text not null
);
create unique index custom_field_key on custom_field (key);

create table custom_value (
  -- The ticket, person or organisation; ids are given once.
  thing_id bigint not null,
  field_id bigint not null references custom_field (id),
  -- Which of several.
  place bigint not null,
  -- Numbers in millionths, days since 1970, yes as 1, choices and things by their ids.
  number bigint,
  -- The bytes of the beginning of a line, in lower case.
  word {bytes},
  body text,
  primary key (thing_id, field_id, place)
);
create index custom_value_number on custom_value (field_id, number, thing_id) where number is not null;
create index custom_value_word on custom_value (field_id, word, thing_id) where word is not null;
