bulk-tag = Tag
bulk-service = Change service
bulk-ask = Ask a unit
bulk-macro = Macro
bulk-reply-text = Reply
bulk-reply-help = Each requester gets it, and those who get copies. It can name {"{{"}requester.first_name|there{"}}"}, {"{{"}number{"}}"} and what canned replies name. Where one of them says nothing, the ticket is refused.
bulk-service-words = Another service of the unit that has the ticket, and with it other promises.
bulk-ask-words = One hand-off for each of these tickets; each waits for its own.
bulk-ask-help = It can name {"{{"}number{"}}"}, {"{{"}subject{"}}"} and what canned replies name.
bulk-macro-words = It is run on each as it is written now. A ticket where one of its texts says nothing is refused.
bulk-no-macros = There is no macro that you can use.
bulk-people = { $count ->
    [0] Nobody gets mail.
    [one] One person gets mail.
   *[other] { $count } people get mail.
}
bulk-mails = { $count ->
    [0] It is read at the desk.
    [one] One mail leaves.
   *[other] { $count } mails leave.
}
bulk-reads = How it reads on { $number }:
