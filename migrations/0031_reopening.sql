-- For how long a unit lets its tickets be reopened; without a row each of its services says so.

create table reopening (
  unit_id bigint primary key references unit (id),
  -- Days of 24 hours after solving; with 0 every later answer begins a ticket that follows.
  days bigint not null
);
