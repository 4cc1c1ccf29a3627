-- From when a reply is there for its readers outside; until then its author can take it back. None: from the beginning.
alter table message add column outside_at bigint;
update message
set outside_at = (
  select max(o.send_at) from outgoing o where o.message_id = message.id and o.state = 'waiting' and o.attempts = 0
)
where id in (select message_id from outgoing where state = 'waiting' and attempts = 0 and message_id is not null);
create index message_outside on message (outside_at, ticket_id) where outside_at is not null;
