-- Mail to and from people outside who have nothing to do with the requester, beside a ticket.

-- What a note is when it left as a mail to somebody outside, or came back as an answer to one. A note is read by
-- the serving side alone, and so is this.
create table forward (
  note_id bigint primary key references note (id),
  ticket_id bigint not null references ticket (id),
  -- The note with which it began; its own for the first.
  thread_id bigint not null,
  -- out, in
  direction text not null,
  -- To whom it went, or who wrote it as far as the directory knows.
  person_id bigint references person (id),
  address text not null,
  subject text not null,
  -- The message that was passed on.
  message_id bigint references message (id),
  -- The mail that came.
  mail_id bigint references mail (id)
);
create index forward_ticket on forward (ticket_id, note_id);
create index forward_thread on forward (thread_id, note_id);
create index forward_mail on forward (mail_id) where mail_id is not null;

-- The note that a mail carries.
alter table outgoing add column note_id bigint references note (id);
create index outgoing_note on outgoing (note_id) where note_id is not null;

-- The mail that went instead of one that was lost, to the same person under a mended address.
alter table outgoing add column replaced_by bigint;

-- An answer to this address belongs to what was passed on with this note, and not to the conversation.
alter table mail_token add column note_id bigint references note (id);
