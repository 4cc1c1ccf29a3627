-- A person who turned out to be another one. Their row, their tickets and what they said stay as they are; whoever
-- they stand for is on the requester's side of their tickets too, until the merge is undone.
alter table person add column merged_into_id bigint references person (id);
create index person_merged on person (merged_into_id) where merged_into_id is not null;
