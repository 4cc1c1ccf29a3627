-- What the desk writes by itself: its texts where an administrator changed them, and who is told what.

create table mail_text (
  id {id},
  template text not null,
  -- null: everywhere.
  unit_id bigint references unit (id),
  language text not null,
  subject text not null,
  -- Markdown.
  body text not null,
  changed_at bigint not null
);
create unique index mail_text_place on mail_text (template, language, coalesce(unit_id, 0));

-- A text that could not be made; emptied when a text is changed.
alter table inbox_health add column text_failed_at bigint;
alter table inbox_health add column text_template text;
alter table inbox_health add column text_failure text;

-- How somebody wants to be told of what, where it is not the usual way.
create table notice_choice (
  person_id bigint not null references person (id),
  occasion text not null,
  -- at_once, digest, never
  way text not null,
  primary key (person_id, occasion)
);

-- What somebody is to be told; it is read and written when its time has come, and leaves the list.
create table notice (
  id {id},
  person_id bigint not null references person (id),
  occasion text not null,
  -- at_once, digest
  way text not null,
  ticket_id bigint not null references ticket (id),
  -- Without one, time alone is behind it.
  event_id bigint,
  due_at bigint not null
);
create index notice_due on notice (due_at, person_id);
create index notice_person on notice (person_id, due_at);

-- Promises whose holder was told that they end soon.
create table notice_promise (
  ticket_id bigint not null references ticket (id),
  target_id bigint not null references target (id),
  stay bigint not null,
  person_id bigint not null references person (id),
  primary key (ticket_id, target_id, stay, person_id)
);

-- Hashes of what unsubscribes one person from one kind of mail, and can do nothing else.
create table notice_token (
  token {bytes} primary key,
  person_id bigint not null references person (id),
  subscription text not null,
  created_at bigint not null
);
create index notice_token_created on notice_token (created_at);

-- The occasion of a mail that can be unsubscribed from; `digest` is one of them.
alter table outgoing add column subscription text;
