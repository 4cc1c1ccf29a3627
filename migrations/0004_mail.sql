-- Mail: where it comes in, what came as it came, what goes out, and what waits for somebody's decision.

create table inbox (
  id {id},
  name text not null,
  -- In the form by which addresses are compared.
  address text not null unique,
  unit_id bigint not null references unit (id),
  -- What new tickets are about.
  service_id bigint not null references service (id),
  language text not null,
  -- Markdown, below each reply.
  signature text not null default '',
  -- How mail comes and goes: JSON without secrets; without it, nothing is fetched or sent.
  incoming text,
  outgoing text,
  -- The server whose Authentication-Results are believed.
  authority text,
  -- New tickets are acknowledged by mail.
  acknowledges bigint not null default 1,
  -- How long a reply can be taken back.
  undo_seconds bigint not null default 10,
  created_at bigint not null,
  ended_at bigint
);
create index inbox_unit on inbox (unit_id, id) where ended_at is null;

-- Other addresses that lead to an inbox.
create table inbox_alias (
  address text primary key,
  inbox_id bigint not null references inbox (id)
);
create index inbox_alias_inbox on inbox_alias (inbox_id);

-- Passwords, tokens and keys, never shown again.
create table inbox_secret (
  inbox_id bigint not null references inbox (id),
  -- incoming, outgoing, signing
  purpose text not null,
  value text not null,
  primary key (inbox_id, purpose)
);

-- How it goes: written with each fetch and each delivery.
create table inbox_health (
  inbox_id bigint primary key references inbox (id),
  -- Where reading goes on.
  uid_validity bigint,
  last_uid bigint,
  fetched_at bigint,
  fetch_failed_at bigint,
  fetch_failure text,
  -- Mails the server still has for us.
  behind bigint not null default 0,
  sent_at bigint,
  send_failed_at bigint,
  send_failure text,
  -- Automatic mail stopped, and goes on after this.
  broken_until_at bigint
);

-- What came, as it came.
create table mail (
  id {id},
  inbox_id bigint not null references inbox (id),
  -- sha256 of the raw bytes: the same mail is kept once.
  content {bytes} not null,
  arrived_at bigint not null,
  -- imap, listener, pipe, file, api
  source text not null,
  -- History: nothing is answered, no clock runs for it.
  silent bigint not null default 0,
  envelope_from text,
  envelope_to text,
  size bigint not null,
  -- zstd; large ones lie in the attachment store under their hash instead.
  raw {bytes},
  -- waiting, done, suspended, stranger, deleted
  state text not null,
  attempts bigint not null default 0,
  message_id text,
  from_address text,
  from_name text,
  subject text,
  ticket_id bigint references ticket (id),
  -- The ticket that a weak hint named.
  hint_ticket_id bigint references ticket (id),
  -- Why it waits for a decision: a code, and the detail of it.
  code text,
  detail text,
  until_at bigint
);
create unique index mail_content on mail (inbox_id, content);
create index mail_waiting on mail (id) where state = 'waiting';
create index mail_suspended on mail (id) where state = 'suspended';
create index mail_stranger on mail (ticket_id, id) where state = 'stranger';
create index mail_ticket on mail (ticket_id, id) where ticket_id is not null;
create index mail_from on mail (from_address, arrived_at) where from_address is not null;
create index mail_until on mail (until_at, id) where until_at is not null;
create index mail_message_id on mail (inbox_id, message_id) where message_id is not null;

-- Message-IDs by which a thread is known in one inbox; the first ticket keeps one.
create table mail_thread (
  inbox_id bigint not null references inbox (id),
  message_id text not null,
  ticket_id bigint not null references ticket (id),
  primary key (inbox_id, message_id)
);
create index mail_thread_ticket on mail_thread (ticket_id);

-- Random plus-addresses, stored as hashes: which ticket, and to whom it was given.
create table mail_token (
  token {bytes} primary key,
  ticket_id bigint not null references ticket (id),
  person_id bigint not null references person (id),
  inbox_id bigint not null references inbox (id),
  created_at bigint not null
);
create index mail_token_ticket on mail_token (ticket_id);

-- What mail carried a message: its sender as written, and the rest of its text.
create table message_mail (
  message_id bigint primary key references message (id),
  mail_id bigint not null references mail (id),
  -- Plain text with its quotes and signature.
  full_text text not null,
  -- Sanitised HTML, when the mail had any.
  html text,
  -- The sender's address is proven by more than its being written there.
  proven bigint not null default 0
);
create index message_mail_mail on message_mail (mail_id);

-- Which inbox a ticket talks through: the one its customer wrote to.
create table ticket_inbox (
  ticket_id bigint primary key references ticket (id),
  inbox_id bigint not null references inbox (id)
);

-- People who get copies of replies: added by an agent, never by a header. It gives no right to the ticket.
create table ticket_copy (
  ticket_id bigint not null references ticket (id),
  person_id bigint not null references person (id),
  since_at bigint not null,
  primary key (ticket_id, person_id)
);

-- Files that hang on a message, a note or a mail; the bytes lie in the attachment store under their hash.
create table attachment (
  id {id},
  ticket_id bigint not null references ticket (id),
  message_id bigint references message (id),
  note_id bigint references note (id),
  mail_id bigint references mail (id),
  name text not null,
  mime text not null,
  size bigint not null,
  -- sha256
  content {bytes} not null,
  content_id text,
  inline bigint not null default 0,
  created_at bigint not null
);
create index attachment_message on attachment (message_id) where message_id is not null;
create index attachment_note on attachment (note_id) where note_id is not null;
create index attachment_mail on attachment (mail_id) where mail_id is not null;
create index attachment_ticket on attachment (ticket_id);

-- Mail on its way out, written in the transaction that wants it.
create table outgoing (
  id {id},
  inbox_id bigint not null references inbox (id),
  -- reply, acknowledgement, notice, test
  kind text not null,
  ticket_id bigint references ticket (id),
  message_id bigint references message (id),
  person_id bigint references person (id),
  recipient text not null,
  -- Addresses in copy, as JSON.
  copies text not null default '[]',
  -- Subject and Markdown of what is not a message of a ticket.
  subject text,
  body text,
  -- The Message-ID it is sent with, however often it is tried.
  internet_id text not null unique,
  -- waiting, sending, sent, failed, bounced, cancelled
  state text not null,
  created_at bigint not null,
  send_at bigint not null,
  attempts bigint not null default 0,
  lease_until_at bigint,
  fence bigint not null default 0,
  ended_at bigint,
  -- The last words of the server, or of the report that it bounced.
  answer text
);
create index outgoing_due on outgoing (send_at, id) where state in ('waiting', 'sending');
create index outgoing_ticket on outgoing (ticket_id, id) where ticket_id is not null;
create index outgoing_message on outgoing (message_id) where message_id is not null;
create index outgoing_automatic on outgoing (inbox_id, created_at) where kind <> 'reply';
create index outgoing_test on outgoing (inbox_id, id) where kind = 'test';
create index outgoing_recipient on outgoing (recipient, created_at) where kind <> 'reply';

-- What is known of an address: trusted or blocked by somebody, or dead because mail bounced.
create table mail_address (
  address text primary key,
  -- trusted, blocked
  standing text,
  hard_bounces bigint not null default 0,
  bounced_at bigint,
  changed_at bigint not null
);
