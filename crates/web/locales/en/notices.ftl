notices-title = Notices
notices-all = All notices
notices-none = Nothing to tell you yet. Here you read what concerns you: tickets that are given to you, answers, promises that end soon.
notices-no-more = These were all.
notices-read-all = Mark all as read
notices-read-one = Mark as read: #{ $number }
notices-choose = Choose what you are told
notices-unread =
    { $count ->
        [one] { $shown } unread notice
       *[other] { $shown } unread notices
    }
notices-somebody = Somebody
notices-times = { $count } times
notices-is-unread = Unread
notice-said-given = { $who } gave you this ticket
notice-said-answered = { $who } wrote to you
notice-said-delivered = { $who } delivered what you asked for
notice-said-returned = { $who } returned this hand-off
notice-said-ends-soon = A promise ends soon
notice-said-stranger-wrote = Somebody who is not on this ticket wrote to it
notice-said-solved = Your ticket was solved
notice-said-closed = Your ticket closed by itself
notice-why-given = You get this because the ticket was given to you.
notice-why-holds = You get this because you hold the ticket.
notice-why-asked = You get this because you asked for it.
notice-why-own = You get this because it is your own ticket.
notice-board = At the desk
notice-mail = By mail
notice-what = What happens
