-- Names in lower case as bytes, so that both databases sort and find them alike, whatever their language.

alter table person add column search_key {bytes};
create index person_search on person (search_key, id);

alter table organisation add column search_key {bytes};
create index organisation_search on organisation (search_key, id);
