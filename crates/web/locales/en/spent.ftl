spent-title = Time spent
spent-lead = What people say they worked on tickets that you may read. It stands beside the ledger and is no part of it: the ledger counts the time in which somebody had a ticket, and nobody writes it down.
spent-by = Summed by
spent-span = Of which time
spent-months = { $months ->
    [one] This month
   *[other] { $months } months
}
spent-unit = Unit
spent-person = Who worked
spent-service = Service
spent-organisation = Organisation
spent-month = Month
spent-hours = Hours
spent-entries = Entries
spent-tickets = Tickets
spent-all = All
spent-no-organisation = No organisation
spent-none = Nobody noted any time
spent-none-words = Time is noted beside each ticket. What you may not read inside is not here.
spent-formula = The minutes of each entry, as they were corrected last, added up. Its unit and service are those that the ticket has now; its organisation is the requester's.
spent-rows = { $months ->
    [one] Entries with a day of this month, on tickets that you may read inside. Confidential tickets are here for whoever serves in their unit.
   *[other] Entries with a day of the last { $months } months, this one included, on tickets that you may read inside. Confidential tickets are here for whoever serves in their unit.
}
spent-entries-title = Entries of time spent
spent-entries-lead = { $months ->
    [one] Of this month, the latest first.
   *[other] Of the last { $months } months, the latest first.
}
spent-see-all = All time spent
