-- The macro that a bulk action runs, under its name at that time: the history of each ticket says it.

alter table bulk_action add column macro_id bigint;
alter table bulk_action add column macro_name text;
