product = Throughline
skip-to-content = Skip to content
main-navigation = Main
side-navigation = Views
open-navigation = Open views
person-menu = Your menu
sign-out = Sign out
breadcrumbs = You are here
search = Search
search-hint = Number or words
close = Close
cancel = Cancel
explain = Explain
data = Data
download-data = Download as CSV
optional = optional
pages-label = Pages
page-newer = Newer
page-older = Older
unread = unread
new-messages = New
error-summary = Please look at this
flash-done = Done
flash-notice = Notice
flash-warning = Warning
flash-failed = That did not work
state-open = Open
state-waiting-requester = Waiting for the requester
state-waiting-supplier = Waiting for a supplier
state-waiting-date = Waiting for an agreed date
state-waiting-handoff = Waiting for a hand-off
state-delivered = Delivered
state-solved = Solved
state-closed = Closed
priority-low = Low
priority-normal = Normal
priority-high = High
priority-urgent = Urgent
promise-kept = Kept
promise-missed = Missed
promise-paused = Paused
promise-none = No promise
promise-due = due { $time }
promise-over-by = overdue by { $time }
promise-paused-because = paused: { $reason }
chain-blocks = blocks { $ticket }
chain-waits = { $count ->
    [one] waits for { $count } hand-off
   *[other] waits for { $count } hand-offs
}
row-them-last = They wrote last
row-us-last = We wrote last
row-unanswered = unanswered for { $time }
row-nobody = nobody yet
row-choose = Choose { $ticket }
row-draft = Draft
queue-number = Number
queue-subject = Subject
queue-reason = Why here
message-from-us = Reply by us
message-from-them = Message from the requester
message-note = Internal note
message-note-hint = Only the serving side sees this.
message-from-system = Recorded by the desk
composer-reply = Reply to the requester
composer-note = Internal note
composer-reply-text = Your reply
composer-note-text = Your note
composer-reply-send = Send to customer
composer-reply-send-internal = Send to requester
composer-note-send = Add note
composer-reply-seen-by = { $name } gets this.
composer-note-seen-by = Only the serving side sees this. It is never sent.
composer-markdown = **bold**, *italic*, lists, `code` and > quotes work.
composer-preview = Preview
composer-draft-kept = Draft kept { $time }
composer-draft-keep = Keep as draft
composer-draft-discard = Discard draft
composer-draft-elsewhere = You went on with this in another window. Nothing of it was overwritten; load this page again to go on from there.
composer-draft-lost = The draft could not be kept. Your text is still here.
timeline-label = History
picture-scroll = Scroll sideways to see all of it
waterfall-title = Throughline
waterfall-summary = From { $from } to { $to }: { $lanes ->
    [one] { $lanes } holder
   *[other] { $lanes } holders
}, { $segments ->
    [one] { $segments } segment
   *[other] { $segments } segments
}.
waterfall-holder = Holder
waterfall-kind = What
waterfall-from = From
waterfall-to = To
waterfall-elapsed = Elapsed
waterfall-working = Working time
waterfall-path = On the critical path
waterfall-slack = Slack
waterfall-why = Why
waterfall-yes = yes
waterfall-no = no
waterfall-now = now
waterfall-promise = Promise
waterfall-running = still running
waterfall-shade = outside working hours
waterfall-slack-of = could have taken { $time } longer
waterfall-focus-hint = Point at a segment or move to it with Tab to read who had it, why and for how long.
segment-work = at work
segment-queued = queued
segment-handoff = waiting for a hand-off
segment-requester = waiting for the requester
segment-supplier = waiting for a supplier
segment-agreed = agreed date
segment-administrative = solved, closing
map-title = Who serves whom
map-summary = { $units ->
    [one] { $units } unit
   *[other] { $units } units
} and { $edges ->
    [one] { $edges } connection
   *[other] { $edges } connections
}. An arrow points to the unit that serves.
map-asks = Asks
map-serves = Serves
map-volume = Tickets
map-kept = Promises kept
map-legend-good = at least { $share } kept
map-legend-fair = at least { $share } kept
map-legend-poor = fewer kept
map-legend-unknown = no promise came due
map-legend-width = A wider line carries more tickets.
map-edge = { $from } asks { $to }: { $volume } tickets, { $kept } of promises kept
map-edge-unknown = { $from } asks { $to }: { $volume } tickets, no promise came due
map-kept-words = { $share } ({ $basis })
map-kept-basis = { $low }–{ $high }, n = { $n }
map-open = { $count } open
bars-share = Share
bars-holder = Charged to
bars-total = Total
bars-n = n = { $count }
chart-when = When
explain-formula = Formed as
explain-rows = Rows behind it
explain-n = n
explain-see-rows = See the rows

# Files on what is being written.
files-attach = Attach files
files-drop = or paste and drop them here
files-limits = Up to { $count } files, { $each } each, { $total } together.
files-list = Files that are sent with it
files-send-of = Send { $name } with it
files-remove-of = Take { $name } off
files-show = Show in the text
files-coming = Some files are still on their way; it is sent as soon as they are there.
files-too-many = At most { $count } files fit. Take one off first.
files-too-large = “{ $name }” is larger than { $each }. It was not sent; your text is still here.
files-together = With “{ $name }” the files would be larger than { $total }. It was not sent; your text is still here.
files-lost = “{ $name }” could not be sent. Your text is still here; try once more.
