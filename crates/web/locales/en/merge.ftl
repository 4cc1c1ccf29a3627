merge = Merge…
merge-title = Merge { $ticket } into another ticket
merge-words = Two tickets about one matter become one. This one ends; the other one goes on, and shows what was said on both. Nothing is moved, and it can be undone.
merge-into = Number of the ticket that goes on
merge-into-help = A ticket of the same people that you serve, for example 1042.
merge-compare = Show both
merge-unknown = You serve no ticket of this number. Look at the number again.
merge-goes = Ends
merge-stays = Goes on
merge-promised = Promised for { $time }
merge-count = { $messages ->
    [one] 1 message
   *[other] { $messages } messages
}, { $notes ->
    [one] 1 note
   *[other] { $notes } notes
}
merge-told = Who is told
merge-told-nobody = Nobody is told that they were merged.
merge-told-answers = Answers on { $ticket } go to: { $names }.
merge-told-left = In copy on { $ticket } only, and no more from then on: { $names }.
merge-told-watchers = They watch { $ticket } and hear of the other one only when they watch it, too: { $names }.
merge-told-mail = Mail to { $from } comes in on { $into } from then on.
merge-told-undo = The history of either ticket takes them apart again.
merge-do = Merge into { $ticket }
merge-cannot = They cannot be merged like this
merge-other-way = Look at it the other way round
merge-done = Merged. What was said on both stands here.
merge-undo = Take apart
merge-undone-done = Taken apart. Both go on as if they had never been merged.
merge-was = It was merged into another ticket.
merge-goes-on = Go on in { $ticket }
merge-took-in = Merged into this one:
merge-origin = said on { $ticket }
merge-another = another ticket
merge-unsent = The ticket was merged while you wrote, and nothing was sent. Your words are kept; say them where the matter goes on.
merge-standing-more = Somebody found that two of your tickets are about one matter. What was said on both stands in the other one.
merge-is-not = It is not merged into that ticket.
merge-further = The other ticket was merged itself. Take that merge apart first, or name the ticket that goes on.
merge-itself = A ticket is not merged into itself. Name the other one.
merge-other-people = They were not asked by the same people and for the same organisation: some of them would read what others wrote.
merge-confidential = One of them is confidential and the other is not: more people would read what was said.
merge-captive = The requester can escalate it, or did, and could not on the other one. Merge the other one into this one.
merge-into-ended = The other ticket is not open any more. Reopen it first.
merge-undecided = Mail of somebody who is not on it waits beside it. Decide about that first.
merge-handoff = One of them is a hand-off. Hand-offs are not merged; write on them instead.
merge-answer-later = It was promised an answer earlier than the other one. Answer it first, or merge the other one into this one.
merge-solution-later = Its solution is promised earlier than that of the other one. Merge the other one into this one.
merge-blocked = { $count ->
    [one] A hand-off still blocks it. Accept or withdraw it first, or merge the other one into this one.
   *[other] { $count } hand-offs still block it. Accept or withdraw them first, or merge the other one into this one.
}
history-merged-into = merged it into { $ticket }
history-took-in = merged { $ticket } into it
history-taken-apart = took it and { $ticket } apart again, as if they had never been merged
row-merged = merged
flag-merged = Merged into another
similar-title = Perhaps the same matter
similar-none = No other open ticket of theirs has words of this one.
similar-yours = You have asked something like this already. If it is the same matter, write there:
similar-theirs = They have asked something like this already. If it is the same matter, answer there:
similar-merge = Merge them
