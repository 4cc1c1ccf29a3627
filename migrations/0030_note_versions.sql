-- What notes said before their authors changed them.

create table note_version (
  note_id bigint not null references note (id),
  -- Until when it said so.
  until_at bigint not null,
  body text not null
);
create index note_version_note on note_version (note_id, until_at);
