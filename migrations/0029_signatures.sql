-- What stands below a person's replies by mail; another text for one inbox comes before the usual one.

create table signature (
  person_id bigint not null references person (id),
  -- 0: wherever no inbox has a text of its own.
  inbox_id bigint not null,
  text text not null,
  primary key (person_id, inbox_id)
);
