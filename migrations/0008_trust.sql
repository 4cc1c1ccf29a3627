-- Who is believed by mail: what was found out about a sender, what is held from portals, what was acknowledged.

-- Senders are checked by us: signatures, and the servers and policies of their domains.
alter table inbox add column checks bigint not null default 1;

-- Who brought a mail to the server in front of us: its address, and what it called itself.
alter table mail add column peer text;
alter table mail add column peer_name text;
-- What our own check found: pass, fail, none, unknown; empty when nobody looked.
alter table mail add column dkim text;
alter table mail add column spf text;
alter table mail add column dmarc text;
-- Another mail with the same Message-ID came before, with other content.
alter table mail add column repeats bigint not null default 0;
-- When its sender was told that it came, though nothing proved that they wrote it.
alter table mail add column acknowledged_at bigint;
-- Whoever sends thousands that are not placed costs no more than whoever sends one.
create index mail_placed_from on mail (from_address, arrived_at) where state = 'done';
create index mail_acknowledged on mail (from_address, acknowledged_at) where acknowledged_at is not null;
create index mail_acknowledged_peer on mail (peer, acknowledged_at) where acknowledged_at is not null and peer is not null;

-- Messages that the requester's side does not see until an agent releases them.
create table message_held (
  message_id bigint primary key references message (id),
  held_at bigint not null
);
