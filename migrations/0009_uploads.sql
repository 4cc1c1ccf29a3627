-- Files that people send, and files that leave the attachment store.

-- Sent, and not yet said with anything; whoever sent it alone can use it.
create table upload (
  id {id},
  person_id bigint not null references person (id),
  -- message, note: for life, so that a note's file never becomes public.
  audience text not null,
  name text not null,
  mime text not null,
  size bigint not null,
  -- sha256
  content {bytes} not null,
  -- By which the text can name it, as in `![](cid:...)`.
  content_id text not null,
  created_at bigint not null
);
create index upload_person on upload (person_id);
create index upload_created on upload (created_at);
create index upload_content on upload (content);

-- Files that may be named by nothing any more: removed from the attachment store once that is sure.
create table file_left (
  content {bytes} primary key,
  since_at bigint not null
);
create index file_left_since on file_left (since_at);

-- The largest mail that leaves, as it goes over the line; files beyond it are named with the way to them.
alter table inbox add column most_bytes bigint not null default 20000000;
