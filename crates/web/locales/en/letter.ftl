letter-nobody = No sender is named
letter-proven = sender proven
letter-unproven = sender not proven
letter-everything = Show everything
letter-formatted = Show formatted
letter-source = Source
letter-save = Save as .eml
letter-back = Back to #{ $number }
letter-blocked = { $count ->
    [one] { $count } image lies elsewhere and is not shown.
   *[other] { $count } images lie elsewhere and are not shown.
}
letter-show-images = Show this message with them
letter-show-images-why = Whoever sent it can then see that it was read, when, and from which network.
attachments = Attachments
deliveries = Delivery
delivery-held = not sent yet
delivery-queued = waits for the server
delivery-sending = on its way
delivery-later = tried again later
delivery-sent = sent
delivery-failed = not sent
delivery-bounced = came back
delivery-taken-back = taken back
delivery-next = { $count ->
    [one] tried once, again at { $time }
   *[other] tried { $count } times, again at { $time }
}
delivery-answer = The server said:
delivery-resend = Send again
undo = Undo
undo-at = Your reply leaves at { $time }.
undo-in = Your reply leaves in { $seconds } s.
way-mail = Sent by mail from { $from } to { $to }; can be taken back for { $seconds } s.
way-mail-at-once = Sent by mail from { $from } to { $to }, at once.
way-desk = Read at the desk only: no mail leaves for this ticket.
way-no-address = Read at the desk only: no address of the requester is known.
way-dead = comes back
way-dead-words = Mail to { $address } came back more than once. Ask for another address, or call.
stranger-title = Somebody who is not on this ticket wrote
stranger-words = Only those who serve this ticket see this. Its sender was told nothing, and sees nothing of the ticket either way.
stranger-confirm = Confirm: it belongs here
stranger-aside = Set aside
hint-title = Possibly belongs to
hint-words = The mail that opened this ticket names that one. Moved there, its words stand in that conversation, and this ticket is withdrawn.
hint-move = Move it there
hint-stays = Not so
copies = Copies of replies
copies-end = Remove
copies-end-of = Send no more copies to { $name }
copies-was = was in copy.
copies-add = Add
copies-add-of = Send copies to { $address }
copies-other = Send copies to somebody
copies-address = Address
ticket-done-reply-held = Your reply is written. It leaves by mail in a moment; until then you can take it back.
ticket-done-taken-back = Your reply was taken back before it left. Its words are below.
ticket-done-sent-again = It is sent again.
ticket-done-confirmed = The mail is part of the conversation now.
ticket-done-set-aside = The mail was set aside. An administrator finds it with the suspended mail for 30 days.
ticket-done-moved = The mail was moved here.
ticket-done-stays = The ticket stays one of its own.
ticket-done-copied = From the next reply on, they get a copy.
ticket-done-copy-ended = They get no more copies.
