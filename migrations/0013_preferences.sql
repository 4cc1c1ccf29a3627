-- What people chose for themselves; without a row the usual holds.

create table preference (
  person_id bigint not null references person (id),
  -- The name and the word of domain::preference.
  name text not null,
  value text not null,
  primary key (person_id, name)
);
