-- Reports read the time that was spent by its days, the latest first.

create index time_spent_day on time_spent (day, id);
