-- What people are told at the desk: a board for each person, and how many of its notices they have not read.

-- 1: it stands on the board.
alter table notice_choice add column on_board bigint not null default 1;

create table notice_shown (
  -- Later ones are larger.
  id {id},
  person_id bigint not null references person (id),
  occasion text not null,
  ticket_id bigint not null references ticket (id),
  -- Without one, time alone is behind it.
  event_id bigint,
  -- Who did it, when it was somebody.
  by_id bigint references person (id),
  -- How often it happened until it was read.
  times bigint not null,
  at bigint not null,
  read_at bigint
);
create index notice_shown_person on notice_shown (person_id, id);
create index notice_shown_unread on notice_shown (person_id, ticket_id) where read_at is null;
create index notice_shown_ticket on notice_shown (ticket_id) where read_at is null;
create index notice_shown_event on notice_shown (event_id);
create index notice_shown_at on notice_shown (at);

create table notice_board (
  person_id bigint primary key references person (id),
  unread bigint not null,
  -- 1: rights have changed since, so that it is counted anew through them before it is shown.
  in_doubt bigint not null,
  -- One more than that of every other board whenever it changes, so that pages hear of it.
  moved bigint not null
);
create index notice_board_moved on notice_board (moved);
create index notice_board_doubt on notice_board (person_id) where in_doubt = 1;
