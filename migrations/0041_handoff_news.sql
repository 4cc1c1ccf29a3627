-- What a unit says on a hand-off that it was asked is news of the ticket that waits for it. The news of such
-- tickets is made anew from what was kept and from those replies.
create table news_made (
  ticket_id bigint not null,
  position bigint not null,
  event_id bigint not null,
  person_id bigint not null
);
insert into news_made (ticket_id, position, event_id, person_id)
  select e.parent_id, e.position, e.id, case when e.actor_kind = 'person' then e.actor_id else 0 end
  from event e
  where e.parent_id is not null and e.kind = 'replied'
    and e.payload like '%"side":"serving"%' and e.payload not like '%"automatic":true%'
    and not exists (select 1 from event b where b.ticket_id = e.ticket_id and b.kind = 'taken_back'
      and replace(e.payload, '}', ',') like '%' || substr(b.payload, 22, length(b.payload) - 22) || ',%');
insert into news_made (ticket_id, position, event_id, person_id)
  select t.id, e.position, e.id, case when e.actor_kind = 'person' then e.actor_id else 0 end
  from ticket t join event e on e.id = t.news_id or e.id = t.news_before_id
  where t.id in (select ticket_id from news_made);
create index news_made_ticket on news_made (ticket_id, position);
update ticket set news_id =
  (select n.event_id from news_made n where n.ticket_id = ticket.id order by n.position desc limit 1)
  where id in (select ticket_id from news_made);
update ticket set news_person_id =
  (select n.person_id from news_made n where n.ticket_id = ticket.id and n.event_id = ticket.news_id and n.person_id <> 0)
  where id in (select ticket_id from news_made);
update ticket set news_before_id =
  (select n.event_id from news_made n where n.ticket_id = ticket.id and n.person_id <> coalesce(ticket.news_person_id, 0)
   order by n.position desc limit 1)
  where id in (select ticket_id from news_made);
drop table news_made;
