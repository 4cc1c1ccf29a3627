-- An organisation that turned out to be another one. Its row and its tickets stay; its people went over, and who they
-- were is kept here so that they can come back.
alter table organisation add column merged_into_id bigint references organisation (id);
create index organisation_merged on organisation (merged_into_id) where merged_into_id is not null;
create table organisation_moved (
  person_id bigint primary key references person (id),
  organisation_id bigint not null references organisation (id)
);
create index organisation_moved_organisation on organisation_moved (organisation_id);
