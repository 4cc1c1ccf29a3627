# The same done with many tickets.
bulk-title = Bulk actions
bulk-page = All on this page
bulk-all = All tickets of this list
bulk-more = More
bulk-chosen = chosen
bulk-wait = Wait for requester
bulk-note = Add note
bulk-reply = Reply
bulk-of = { $what } · { $count ->
    [one] { $count } ticket
   *[other] { $count } tickets
}
bulk-undo-of = Taken back: { $what }
bulk-transfer-to = Transfer to { $unit }
bulk-priority-to = Priority { $priority }
bulk-back = Back to the list
bulk-note-text = Note
bulk-note-help = The serving side reads it on each of these tickets; requesters never do.
bulk-look = See what would happen
bulk-undecided = Nothing was chosen to be done with these tickets yet.
bulk-words = In these words
bulk-before = What would happen
bulk-looked = The first { $looked } of { $count } tickets were looked at.
bulk-would = Would change
bulk-already = Were so already
bulk-would-refuse = Would be refused
bulk-cut = The list has more than { $most } tickets. Only its first { $most } are taken.
bulk-revocable = This can be taken back afterwards, wherever nobody changed the ticket meanwhile.
bulk-final = This cannot be taken back.
bulk-refusals = Refused, and why
bulk-ticket = Ticket
bulk-why = Reason
bulk-start = Do it with { $count ->
    [one] { $count } ticket
   *[other] { $count } tickets
}
bulk-give-up = Rather not
bulk-progress = { $acted } of { $count } tickets
bulk-progress-words = It goes on in the background. You may leave this page.
bulk-reload = Look again
bulk-cancel = Stop here
bulk-proposed = Not begun
bulk-running = Running
bulk-done = Done
bulk-cancelled = Stopped
bulk-what = What
bulk-state = State
bulk-when = When
bulk-did = Changed
bulk-refused = Refused
bulk-left = Left alone
bulk-report = Download as CSV
bulk-undo = Take it back
bulk-undo-words = Sets back what was changed, ticket by ticket, wherever it still stands so.
bulk-undo-reason = A bulk action was taken back.
bulk-undone = This was taken back.
bulk-none = No bulk actions yet
bulk-none-words = Tick tickets in a list and choose what to do with them.
