split = Split into a ticket of its own
split-title = Split a message off #{ $number }
split-words = A new ticket begins with this message of { $name }. Its promises count from when the message came in, { $time }. The message stays here as well, and both tickets say so.
split-files = { $count ->
    [one] Its file comes along.
   *[other] Its { $count } files come along.
}
split-subject = Subject of the new ticket
split-service = Service
split-tell = Tell { $name } the new number, at { $address }
split-no-inbox = { $name } gets no mail about it, because no inbox sends mail for this ticket. The new ticket is on their portal.
split-unconfirmed = { $name } gets no mail about it, because the inbox confirms nothing. The new ticket is on their portal.
split-unreachable = { $name } gets no mail about it, because no working address is known.
split-final = Splitting cannot be undone. A ticket that should not have been split off can be closed.
split-send = Split it off
split-became = This message began
split-began = This message was split from
ticket-done-split = Split off. The new ticket has the message and its promises count from when it came in. This cannot be undone; close the new ticket if it should not be there.
problem-nothing-to-split = Only what somebody of the requester’s side wrote, and their side reads, can begin a ticket of its own. Nothing was changed.
problem-split-of-handoff = This is a hand-off. Ask the other unit for a second one from the ticket that waits for it. Nothing was changed.
palette-split = Split the latest message into a ticket of its own
