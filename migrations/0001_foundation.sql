-- People and organisations, units, services, promises, tickets and the log of events.
-- Instants are microseconds UTC; days are 'YYYY-MM-DD'; ids are made by the desk; a yes is 1.

create table organisation (
  id {id},
  name text not null,
  -- Its people see each other's tickets.
  shares_tickets bigint not null default 0,
  created_at bigint not null
);
create index organisation_name on organisation (name);

create table calendar (
  id {id},
  name text not null unique,
  spec text not null,
  changed_at bigint not null
);

create table unit (
  id {id},
  name text not null unique,
  parent_id bigint references unit (id),
  -- department, branch, team
  kind text not null,
  calendar_id bigint references calendar (id),
  created_at bigint not null,
  ended_at bigint
);

create table person (
  id {id},
  name text not null,
  -- Lower case; an address belongs to one person.
  email text unique,
  phone text,
  language text not null default 'en',
  time_zone text not null default 'UTC',
  organisation_id bigint references organisation (id),
  -- The innermost class of today's affiliations, kept beside them for lists.
  class text not null,
  password text,
  created_at bigint not null,
  disabled_at bigint
);
create index person_name on person (name);
create index person_organisation on person (organisation_id) where organisation_id is not null;

create table affiliation (
  id {id},
  person_id bigint references person (id),
  organisation_id bigint references organisation (id),
  relation text not null,
  class text not null,
  from_day text not null,
  until_day text
);
create index affiliation_person on affiliation (person_id) where person_id is not null;
create index affiliation_organisation on affiliation (organisation_id) where organisation_id is not null;

-- The class of each relation, as this organisation sees it.
create table relation_class (
  relation text primary key,
  class text not null
);

create table membership (
  person_id bigint not null references person (id),
  unit_id bigint not null references unit (id),
  -- agent, lead
  role text not null,
  primary key (person_id, unit_id)
);
create index membership_unit on membership (unit_id, person_id);

-- Overseers read what a unit and those below it serve (without a unit: everything); administrators set up.
create table office (
  id {id},
  person_id bigint not null references person (id),
  -- administrator, overseer
  office text not null,
  unit_id bigint references unit (id)
);
create index office_person on office (person_id);

create table service (
  id {id},
  name text not null unique,
  summary text not null default '',
  unit_id bigint not null references unit (id),
  audience_internal bigint not null default 0,
  audience_connected bigint not null default 0,
  audience_external bigint not null default 0,
  captive bigint not null default 0,
  confidential bigint not null default 0,
  finishing_allowance_seconds bigint not null default 0,
  matrix text not null,
  reopen_days bigint not null,
  close_days bigint not null,
  neutral_unit_id bigint references unit (id),
  -- The usual plan: own work and hand-offs, in sequence or parallel.
  plan text,
  created_at bigint not null,
  ended_at bigint
);
create index service_unit on service (unit_id);

-- A new version replaces the one before; a ticket keeps the versions that held when it was opened.
create table agreement (
  id {id},
  name text not null,
  kind text not null,
  service_id bigint not null references service (id),
  -- To whom: a class of requesters, an asking unit, or everybody.
  class text,
  asking_unit_id bigint references unit (id),
  version bigint not null,
  previous_id bigint references agreement (id),
  valid_from_at bigint not null,
  valid_until_at bigint,
  -- Why it was saved although the plan does not fit.
  override_reason text
);
create index agreement_service on agreement (service_id, valid_from_at);

create table target (
  id {id},
  agreement_id bigint not null references agreement (id),
  metric text not null,
  priority bigint,
  within_seconds bigint not null,
  calendar_id bigint not null references calendar (id),
  quantile {real},
  pause_requester bigint not null default 0,
  pause_supplier bigint not null default 0,
  pause_agreed bigint not null default 0
);
create index target_agreement on target (agreement_id);

-- What a ticket's events make of it. Everything but the subject can be folded again from them.
create table ticket (
  id {id},
  number bigint not null unique,
  subject text not null,
  parent_id bigint references ticket (id),
  root_id bigint not null,
  kind text not null,
  service_id bigint not null references service (id),
  priority bigint not null,
  requester_id bigint not null references person (id),
  beneficiary_id bigint not null references person (id),
  payer_id bigint references person (id),
  organisation_id bigint references organisation (id),
  asking_unit_id bigint references unit (id),
  class text not null,
  confidential bigint not null,
  unit_id bigint not null references unit (id),
  person_id bigint references person (id),
  state text not null,
  waiting text,
  waiting_supplier_id bigint references organisation (id),
  waiting_until_at bigint,
  handoffs_open bigint not null default 0,
  opened_at bigint not null,
  changed_at bigint not null,
  solved_at bigint,
  closed_at bigint,
  closing text,
  rating bigint,
  reopened bigint not null default 0,
  escalated bigint not null default 0,
  unanswered_since_at bigint,
  last_side text,
  -- Its own promise, and the order of work after inheritance along the chain.
  own_due_at bigint,
  due_at bigint not null,
  due_because text not null,
  -- The promise behind it: made on which ticket, by which target, for when.
  due_ticket_id bigint,
  due_target_id bigint,
  due_promised_at bigint,
  events bigint not null
);
create index ticket_queue on ticket (unit_id, due_at, id) where state = 'open';
create index ticket_untaken on ticket (unit_id, due_at, id) where state = 'open' and person_id is null;
create index ticket_waiting on ticket (unit_id, due_at, id)
  where state = 'open' and (waiting is not null or handoffs_open > 0);
create index ticket_confidential on ticket (unit_id, id) where state = 'open' and confidential = 1;
create index ticket_holder on ticket (person_id, due_at, id) where state = 'open' and person_id is not null;
create index ticket_requester on ticket (requester_id, id);
create index ticket_organisation on ticket (organisation_id, id) where organisation_id is not null;
create index ticket_parent on ticket (parent_id, id) where parent_id is not null;
create index ticket_done on ticket (unit_id, solved_at, id) where state <> 'open';
create index ticket_solved on ticket (solved_at, id) where state = 'solved';
create index ticket_agreed on ticket (waiting_until_at, id) where waiting_until_at is not null;
create index ticket_edge on ticket (asking_unit_id, unit_id, id) where asking_unit_id is not null;

-- People who see only the requester's view of a ticket: their own, or one that a ticket of theirs waits for.
create table ticket_person (
  person_id bigint not null references person (id),
  ticket_id bigint not null references ticket (id),
  -- requesting, upstream
  side text not null,
  primary key (person_id, ticket_id)
);
create index ticket_person_ticket on ticket_person (ticket_id);

-- Units in a ticket's chain: those that own or owned it, and those that serve its hand-offs.
create table ticket_unit (
  ticket_id bigint not null references ticket (id),
  unit_id bigint not null references unit (id),
  primary key (ticket_id, unit_id)
);
create index ticket_unit_unit on ticket_unit (unit_id, ticket_id);

create table message (
  id {id},
  ticket_id bigint not null references ticket (id),
  at bigint not null,
  -- serving, requesting
  side text not null,
  person_id bigint references person (id),
  automatic bigint not null default 0,
  -- portal, agent, api, phone, import
  channel text not null,
  deliverable bigint not null default 0,
  body text not null
);
create index message_ticket on message (ticket_id, id);

-- Internal notes: a table of their own, so that no forgotten filter returns one to a requester.
create table note (
  id {id},
  ticket_id bigint not null references ticket (id),
  at bigint not null,
  person_id bigint references person (id),
  body text not null
);
create index note_ticket on note (ticket_id, id);

-- The words behind an act (why it was returned, moved, solved without its hand-offs).
create table reason (
  id {id},
  ticket_id bigint not null references ticket (id),
  at bigint not null,
  person_id bigint references person (id),
  -- Both sides may read it; else only the serving side.
  shown bigint not null,
  body text not null
);
create index reason_ticket on reason (ticket_id, id);

-- Append-only and chained by hashes; positions have no gaps.
create table event (
  position {id},
  id bigint not null unique,
  at bigint not null,
  recorded_at bigint not null,
  -- person, desk, import
  actor_kind text not null,
  actor_id bigint,
  subject_kind text not null,
  subject_id bigint not null,
  ticket_id bigint,
  parent_id bigint,
  kind text not null,
  payload text not null,
  hash {bytes} not null
);
create index event_ticket on event (ticket_id, position) where ticket_id is not null;
create index event_parent on event (parent_id, position) where parent_id is not null;
create index event_subject on event (subject_kind, subject_id, position) where ticket_id is null;

-- Fields of an imported row, as changes to the row before it in its case.
create table event_raw (
  position bigint primary key references event (position),
  line bigint not null,
  activity text not null,
  fields text not null
);

-- A promise as it runs on a ticket; a cache of what the events say.
create table clock (
  ticket_id bigint not null references ticket (id),
  target_id bigint not null references target (id),
  stay bigint not null,
  agreement_id bigint not null references agreement (id),
  kind text not null,
  metric text not null,
  unit_id bigint not null references unit (id),
  started_at bigint not null,
  due_at bigint,
  stopped_at bigint,
  consumed_us bigint not null,
  outcome text not null,
  first_outcome text,
  primary key (ticket_id, target_id, stay)
);
create index clock_due on clock (due_at, ticket_id) where outcome = 'running';
create index clock_unit on clock (unit_id, stopped_at) where stopped_at is not null;

-- Sums kept while writing, so that no page counts rows; they can be made again from the events.
create table tally (
  name text not null,
  one bigint not null,
  two bigint not null,
  week bigint not null,
  n bigint not null,
  primary key (name, one, two, week)
);

-- The outcome of a write, by the key its client chose.
create table idempotency (
  key text primary key,
  person_id bigint,
  at bigint not null,
  request {bytes} not null,
  outcome text not null
);
create index idempotency_at on idempotency (at);

create table job (
  id {id},
  kind text not null,
  payload text not null,
  key text unique,
  run_at bigint not null,
  attempts bigint not null default 0,
  lease_until_at bigint,
  fence bigint not null default 0,
  last_error text,
  dead_at bigint
);
create index job_due on job (run_at, id) where dead_at is null;

create table follower (
  name text primary key,
  position bigint not null
);

-- One row a name: the version of the catalogue, the set-up code, the demo's seed.
create table setting (
  name text primary key,
  value text not null
);

create table session (
  token {bytes} primary key,
  person_id bigint not null references person (id),
  csrf text not null,
  created_at bigint not null,
  seen_at bigint not null,
  expires_at bigint not null
);
create index session_person on session (person_id);

-- The reason an administrator gave for opening a confidential ticket, for a limited time.
create table broken_glass (
  person_id bigint not null references person (id),
  ticket_id bigint not null references ticket (id),
  until_at bigint not null,
  reason text not null,
  primary key (person_id, ticket_id)
);

-- Cases that came from a log; a second import of the same file finds them here.
create table imported_case (
  source text not null,
  case_key text not null,
  ticket_id bigint not null references ticket (id),
  rows bigint not null,
  fingerprint {bytes} not null,
  -- The log's own verdict on its promise.
  kept bigint,
  primary key (source, case_key)
);
create index imported_case_ticket on imported_case (ticket_id);

-- Whom and what the names of a log stand for here.
create table imported_name (
  source text not null,
  -- unit, service, person, requester, supplier
  kind text not null,
  name text not null,
  id bigint not null,
  primary key (source, kind, name)
);
