-- To whom a reply goes: the requester, others in copy, and others whom nobody else is shown.

-- to, cc, bcc: where its recipient stands in the header; bcc stands nowhere.
alter table outgoing add column role text not null default 'to';
-- Copies that left until now named nobody but their own recipient.
update outgoing set role = 'bcc' where message_id is not null and exists (
  select 1 from ticket_copy c where c.ticket_id = outgoing.ticket_id and c.person_id = outgoing.person_id);

-- Above this, a reply is refused.
alter table inbox add column most_recipients bigint not null default 250;

-- The fields of a reply that is being written, as JSON; empty while nobody touched them.
alter table draft add column addressed text not null default '';

-- Files of what is being written: as long as it is, they are not swept away.
create table draft_upload (
  upload_id bigint primary key,
  ticket_id bigint not null references ticket (id),
  person_id bigint not null references person (id),
  audience text not null
);
create index draft_upload_draft on draft_upload (ticket_id, person_id);
