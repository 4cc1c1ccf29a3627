-- Whether the last thing that went out of a ticket by mail did not arrive, and nothing was sent since; made from the
-- events. Mail that came back is news of its ticket.
alter table ticket add column bounced bigint not null default 0;
create index ticket_bounced on ticket (id) where bounced = 1;
update ticket set bounced = 1 where exists (select 1 from event e where e.ticket_id = ticket.id and e.kind = 'bounced'
  and e.position > coalesce((select max(r.position) from event r where r.ticket_id = ticket.id and r.kind = 'replied'
    and r.payload like '%"side":"serving"%' and r.payload not like '%"automatic":true%'), 0));

create table news_made (
  ticket_id bigint not null,
  position bigint not null,
  event_id bigint not null,
  person_id bigint not null
);
insert into news_made (ticket_id, position, event_id, person_id)
  select e.ticket_id, e.position, e.id, case when e.actor_kind = 'person' then e.actor_id else 0 end
  from event e where e.ticket_id is not null and e.kind = 'bounced';
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
