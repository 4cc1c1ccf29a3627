-- Rules on time that were just saved look at what is not closed yet, and never at the years behind it.
create index ticket_unclosed on ticket (id) where state <> 'closed';
