-- The same done with many tickets, in the background and in batches.
create table bulk_action (
  id {id},
  person_id bigint not null references person (id),
  -- What is done with each, as it is kept.
  actions text not null,
  -- The list it was chosen from, as addresses say it.
  came_from text not null,
  -- proposed, running, done, cancelled
  state text not null,
  -- The one that this one takes back, and why, in the words of its person.
  undoes_id bigint references bulk_action (id),
  reason text not null,
  -- The list had more tickets than one may have.
  cut bigint not null,
  tickets bigint not null,
  did bigint not null default 0,
  already bigint not null default 0,
  refused bigint not null default 0,
  proposed_at bigint not null,
  started_at bigint,
  -- When its last batch was done: those that run take turns.
  stepped_at bigint,
  ended_at bigint
);
create index bulk_action_running on bulk_action (stepped_at, id) where state = 'running';
create index bulk_action_proposed on bulk_action (proposed_at, id) where state = 'proposed';
create index bulk_action_person on bulk_action (person_id, id);
create index bulk_action_undoes on bulk_action (undoes_id) where undoes_id is not null;

create table bulk_ticket (
  bulk_action_id bigint not null references bulk_action (id),
  place bigint not null,
  ticket_id bigint not null references ticket (id),
  -- waiting, did, already, refused
  outcome text not null,
  -- Why it was refused, in the words of its person.
  why text,
  -- How it is taken back.
  back text,
  primary key (bulk_action_id, place)
);
create index bulk_ticket_waiting on bulk_ticket (bulk_action_id, place) where outcome = 'waiting';
create index bulk_ticket_refused on bulk_ticket (bulk_action_id, place) where outcome = 'refused';
