-- Saved views, and the orders in which the tickets of a view are read page by page.

create table saved_view (
  id {id},
  name text not null,
  -- The canonical text of its filter; it is read again each time.
  filter text not null,
  -- due, priority, unanswered, opened, changed, solved
  sort text not null,
  -- nothing, order, unit
  grouping text not null,
  -- Words with commas between them.
  shown text not null,
  -- Whose it is: a person's, a unit's, or everybody's when it has neither.
  person_id bigint references person (id),
  unit_id bigint references unit (id),
  -- Its place among those of the same owner.
  place bigint not null,
  made_by bigint references person (id),
  changed_at bigint not null
);
create index saved_view_person on saved_view (person_id, place) where person_id is not null;
create index saved_view_unit on saved_view (unit_id, place) where unit_id is not null;
create index saved_view_shared on saved_view (place) where person_id is null and unit_id is null;

create index ticket_open_priority on ticket (unit_id, priority, due_at, id) where state = 'open';
create index ticket_open_unanswered on ticket (unit_id, unanswered_since_at, id)
  where state = 'open' and unanswered_since_at is not null;
create index ticket_open_opened on ticket (unit_id, opened_at, id) where state = 'open';
create index ticket_changed on ticket (unit_id, changed_at, id);
-- With its state in front, so that it is not taken for the one above.
create index ticket_open_changed on ticket (unit_id, state, changed_at, id) where state = 'open';
