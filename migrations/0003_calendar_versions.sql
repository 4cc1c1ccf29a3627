-- Hours and holidays get versions: a ticket counts in the one that held when it was opened.

create table calendar_version (
  calendar_id bigint not null references calendar (id),
  version bigint not null,
  spec text not null,
  -- The first one has held since ever.
  valid_from_at bigint,
  primary key (calendar_id, version)
);
insert into calendar_version (calendar_id, version, spec) select id, 1, spec from calendar;
alter table calendar drop column spec;
