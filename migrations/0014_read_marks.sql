-- What of a ticket somebody has not read: its last news, and up to which event each person read it.

-- The last news, whose it is, and the last that is somebody else's than theirs; made from the events.
alter table ticket add column news_id bigint;
alter table ticket add column news_person_id bigint;
alter table ticket add column news_before_id bigint;

-- Up to which event. The event is part of the key, so that the index alone answers.
create table read_mark (
  person_id bigint not null references person (id),
  ticket_id bigint not null references ticket (id),
  event_id bigint not null,
  primary key (person_id, ticket_id, event_id)
);

create table news_made (
  ticket_id bigint not null,
  position bigint not null,
  event_id bigint not null,
  person_id bigint not null
);
-- A reply that was taken back never was: both events hold the same message.
insert into news_made (ticket_id, position, event_id, person_id)
  select case when e.kind = 'solved' then e.parent_id else e.ticket_id end, e.position, e.id,
    case when e.actor_kind = 'person' then e.actor_id else 0 end
  from event e
  where (e.ticket_id is not null and e.kind in ('opened', 'asked', 'noted', 'reopened', 'escalated', 'stranger_wrote')
      or e.ticket_id is not null and e.kind = 'replied' and e.payload not like '%"automatic":true%'
      or e.parent_id is not null and e.kind = 'solved')
    and not exists (select 1 from event b where b.ticket_id = e.ticket_id and b.kind = 'taken_back'
      and e.kind in ('replied', 'solved')
      and replace(e.payload, '}', ',') like '%' || substr(b.payload, 22, length(b.payload) - 22) || ',%');
create index news_made_ticket on news_made (ticket_id, position);
update ticket set news_id =
  (select n.event_id from news_made n where n.ticket_id = ticket.id order by n.position desc limit 1);
update ticket set news_person_id =
  (select n.person_id from news_made n where n.ticket_id = ticket.id and n.event_id = ticket.news_id and n.person_id <> 0);
update ticket set news_before_id =
  (select n.event_id from news_made n where n.ticket_id = ticket.id and n.person_id <> coalesce(ticket.news_person_id, 0)
   order by n.position desc limit 1);
drop table news_made;
