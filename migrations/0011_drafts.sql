-- What somebody is writing on a ticket and has not said yet: one reply and one note for each person.
create table draft (
  ticket_id bigint not null references ticket (id),
  person_id bigint not null references person (id),
  -- message, note: for life, as with the files.
  audience text not null,
  body text not null,
  -- What shall happen together with a reply: stay, wait, solve.
  after_word text not null,
  -- One more with each saving, so that two windows do not overwrite each other unseen.
  version bigint not null,
  saved_at bigint not null,
  primary key (ticket_id, person_id, audience)
);
