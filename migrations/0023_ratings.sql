-- Whether mails that tell of a solution ask how it went.
alter table inbox add column asks_rating bigint not null default 1;
