-- Tickets out of sight until a time; nothing about custody, clocks or promises depends on it.

alter table ticket add column snoozed_until_at bigint;
-- When it came back into sight by itself, until somebody attends to it.
alter table ticket add column woken_at bigint;

-- For the sweep, and for lists of what a unit has out of sight.
create index ticket_snoozed_until on ticket (snoozed_until_at, id) where snoozed_until_at is not null;
create index ticket_snoozed on ticket (unit_id, due_at, id) where state = 'open' and snoozed_until_at is not null;
