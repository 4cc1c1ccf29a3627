-- The ticket that goes on with this one; nothing of either is moved.

alter table ticket add column merged_into_id bigint;
