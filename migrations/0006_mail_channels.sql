-- What fetching and sending have to remember between two starts.

-- How outgoing mail is signed: JSON without the key.
alter table inbox add column signing text;

-- When fetching began: what the server took before is history.
alter table inbox_health add column began_at bigint;
-- The process that fetches, and until when nobody else does.
alter table inbox_health add column fetcher bigint;
alter table inbox_health add column fetcher_until_at bigint;

-- Whether anything still names a file of the attachment store.
create index attachment_content on attachment (content);
create index mail_file on mail (content) where raw is null and state <> 'deleted';
