-- Statuses of one's own: names for where a ticket stands.

create table status (
  id {id},
  name text not null,
  -- Of which tickets; of any kind when null.
  kind text,
  -- open, requester, others, solved: what it stands for.
  category text not null,
  -- What the requester reads in place of the plain word.
  outside text,
  place bigint not null,
  -- Offered no more since then.
  retired_at bigint
);

-- As the ticket's events say: it falls away when the ticket stands elsewhere.
alter table ticket add column status_id bigint references status (id);
create index ticket_status on ticket (status_id, id) where status_id is not null;
