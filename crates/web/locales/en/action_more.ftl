does-snooze = Put it out of sight { $until }
does-wake = Bring it back in sight
does-reopen = Reopen it
does-close = Close it
does-set = Set “{ $name }” to { $value }
does-unset = Take the answer of “{ $name }” away
does-fields = Set fields
does-fields-help = One in each line: its key, a colon and the value. A second line of the same key adds a value; nothing behind the colon takes the answer away.
does-fields-which = Which fields there are
does-field-number = a number
does-field-date = a day, as in 2026-03-31
does-field-person = the address of somebody
does-field-organisation = the name of an organisation
does-sleep = Out of sight
does-reopen-reason = Why it goes on; the requester reads it
sleep-evening = until the evening
sleep-tomorrow = until tomorrow morning
sleep-monday = until Monday
sleep-next-week = for a week
sleep-minutes = for { $count } minutes
sleep-hours = { $count ->
    [one] for an hour
   *[other] for { $count } hours
}
sleep-days = { $count ->
    [one] for a day
   *[other] for { $count } days
}
bulk-field = Set fields
bulk-fields-words = A ticket whose service does not ask for a field is refused, and left as it is.
bulk-snooze-words = Each comes back by the calendar of the unit that has it, and at once when its requester writes. Promises go on meanwhile.
bulk-no-fields = Nobody has defined fields for tickets.
problem-custom-not-asked = “{ $name }” is not asked on this ticket: its service has no such field, or another answer has to come first.
