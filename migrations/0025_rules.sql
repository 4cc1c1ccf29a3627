-- Rules: what the desk does by itself, what became of it, and what waits for its time.

create table rule (
  id {id},
  name text not null,
  -- Of one unit's tickets, or of everybody's.
  unit_id bigint references unit (id),
  -- A happening such as opened, or nothing for a rule on time.
  happening text,
  -- unanswered, before_due, waiting, solved: counted from when, for how long, and in whose hours.
  since text,
  by_seconds bigint not null default 0,
  working bigint not null default 0,
  -- The canonical text of its filter.
  filter text not null,
  -- Phrases with commas between them.
  phrases text not null,
  -- What it does: a list in its kept form.
  deeds text not null,
  -- Rules below it do not look when it acted.
  stops bigint not null,
  place bigint not null,
  -- When it was paused, and when it was last stopped because it triggered itself.
  paused_at bigint,
  looped_at bigint,
  -- The last ticket for which a rule on time was prepared.
  prepared_to bigint not null default 0,
  matched bigint not null default 0,
  acted bigint not null default 0,
  refused bigint not null default 0,
  acted_at bigint,
  made_by bigint references person (id),
  changed_at bigint not null
);
create index rule_place on rule (place, id);

-- What rules saw at one moment of a ticket, and what became of each.
create table rule_run (
  id {id},
  ticket_id bigint not null references ticket (id),
  at bigint not null,
  -- The event they looked at; none for rules on time.
  event_id bigint,
  happening text,
  -- A list of rules with their verdicts.
  verdicts text not null
);
create index rule_run_ticket on rule_run (ticket_id, id);

-- When a rule on time looks at a ticket, counted from an instant of it; without a time it did so already.
create table rule_timer (
  rule_id bigint not null references rule (id),
  ticket_id bigint not null references ticket (id),
  anchor_at bigint not null,
  fire_at bigint,
  -- It acted on this instant.
  acted bigint not null default 0,
  primary key (rule_id, ticket_id)
);
create index rule_timer_fire on rule_timer (fire_at, rule_id, ticket_id) where fire_at is not null;
create index rule_timer_ticket on rule_timer (ticket_id);
