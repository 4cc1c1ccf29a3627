-- Who wants to hear of a ticket that is not theirs, or nothing of one that is; and who is named in notes.
create table watch (
  ticket_id bigint not null references ticket (id),
  person_id bigint not null references person (id),
  -- watching, muted
  stance text not null,
  since_at bigint not null,
  primary key (ticket_id, person_id)
);

create table mention (
  note_id bigint not null references note (id),
  person_id bigint not null references person (id),
  -- 0: they could not read the note when it was written, and were not told.
  reached bigint not null,
  primary key (note_id, person_id)
);

-- What happened, as the log names it; without one, nothing more is said.
alter table notice_shown add column what text;
-- On how many other tickets the same happened at the same time.
alter table notice_shown add column others bigint not null default 0;
