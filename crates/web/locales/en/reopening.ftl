reopening = Reopening
reopening-way = When somebody writes on a solved ticket
reopening-words = Within this time the ticket itself goes on. Later their words begin a new ticket that follows the old one: with the same requester, service and urgency, and first with whoever had it. They are told its number: by mail where the inbox acknowledges mail, and always in the portal, on the page of the old ticket.
reopening-who = Who says for how long
reopening-by-service = Each service says so
reopening-by-service-help = As it is at first.
reopening-by-unit = The unit says so
reopening-by-unit-help = For all tickets that lie with this unit, whatever their service.
reopening-days = Days after solving
reopening-days-help = Days of 24 hours, 0 to 365. With 0 every answer after solving begins a new ticket. Who has no other provider keeps at least the days of the service.
reopening-save = Save
reopening-saved = Saved. It holds from now on, for solved tickets too.
reopening-services = Days by service
reopening-no-services = This unit offers no services.
reopening-within = { $days ->
    [0] never
    [one] within { $days } day
   *[other] within { $days } days
}
reopening-captive = requesters inside have no other provider
portal-done-followed = The time for reopening the older ticket is over, so your answer stands here, on a ticket that goes on with it. This is its number.
portal-follows = Goes on with
portal-followed-by = Goes on in
answer-audience-followed = The time for reopening is over. Your answer stands in { $ticket }, where the matter goes on.
answer-audience-follows = The time for reopening is over. Your answer begins a new ticket that follows this one; { $unit } reads it there.
problem-reopening-out-of-range = Say a whole number of days from 0 to { $most }. Nothing was changed.
standing-followed = Goes on in { $ticket }
standing-closed-followed = The time for reopening is over.
ticket-done-confirmed-there = The time for reopening the older ticket is over. The mail stands here, on the ticket that follows it.
standing-closed-follows = The time for reopening is over. What you write below begins a new ticket that follows this one.
