-- A draft is of a place: which text of which ticket, or of a ticket that is not opened yet.
create table draft_kept (
  id bigint primary key,
  person_id bigint not null references person (id),
  -- Null where there is no ticket yet.
  ticket_id bigint references ticket (id),
  -- reply, note, handoff, delivery, return, forward, forward_again; without a ticket outbound, on_behalf, request.
  place text not null,
  -- What it is about besides the ticket: the message or note that is passed on, the person, the service; 0 for nothing.
  about_id bigint not null,
  -- Whose side writes it: colleagues of the serving side alone are told of each other.
  side text not null,
  body text not null,
  -- What shall happen together with a reply: stay, wait, solve.
  after_word text not null,
  -- The fields that name the recipients of a reply, as JSON; empty while nobody touched them.
  addressed text not null,
  -- The other fields of its form, as JSON: names and what was typed.
  fields text not null,
  -- One more with each saving, so that two windows do not overwrite each other unseen.
  version bigint not null,
  saved_at bigint not null
);
insert into draft_kept (id, person_id, ticket_id, place, about_id, side, body, after_word, addressed, fields, version, saved_at)
  select row_number() over (order by ticket_id, person_id, audience), person_id, ticket_id,
    case audience when 'message' then 'reply' else 'note' end, 0, 'serving', body, after_word, addressed, '[]', version, saved_at
  from draft;
create table draft_upload_kept (
  upload_id bigint primary key,
  draft_id bigint not null references draft_kept (id)
);
insert into draft_upload_kept (upload_id, draft_id)
  select u.upload_id, d.id from draft_upload u join draft_kept d on d.ticket_id = u.ticket_id and d.person_id = u.person_id
    and d.place = case u.audience when 'message' then 'reply' else 'note' end;
drop table draft_upload;
drop table draft;
alter table draft_kept rename to draft;
alter table draft_upload_kept rename to draft_upload;
create unique index draft_place on draft (person_id, place, about_id, coalesce(ticket_id, 0));
create index draft_ticket on draft (ticket_id, person_id);
create index draft_upload_draft on draft_upload (draft_id);
