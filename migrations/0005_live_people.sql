-- Numbers on pages cost the same however many tickets somebody ever had.

-- 1 until the ticket is closed; kept with its state.
alter table ticket_person add column live bigint not null default 1;
update ticket_person set live = 0 where ticket_id in (select id from ticket where state = 'closed');
create index ticket_person_live on ticket_person (person_id, ticket_id) where live = 1;

-- Open tickets of a unit that somebody has taken.
insert into tally (name, one, two, week, n)
  select 'taken', unit_id, person_id, 0, count(*) from ticket
  where state = 'open' and person_id is not null group by unit_id, person_id;
