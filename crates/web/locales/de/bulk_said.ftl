bulk-tag = Schlagwort
bulk-service = Service ändern
bulk-ask = Einheit fragen
bulk-macro = Makro
bulk-reply-text = Antwort
bulk-reply-help = Alle Anfragenden bekommen sie, und wer Kopien bekommt. Sie kann {"{{"}requester.first_name|Sie{"}}"}, {"{{"}number{"}}"} nennen und was Textbausteine nennen. Wo eines davon nichts sagt, wird das Ticket abgelehnt.
bulk-service-words = Ein anderer Service der Einheit, die das Ticket hat, und damit andere Zusagen.
bulk-ask-words = Eine Übergabe für jedes dieser Tickets; jedes wartet auf seine.
bulk-ask-help = Es kann {"{{"}number{"}}"}, {"{{"}subject{"}}"} nennen und was Textbausteine nennen.
bulk-macro-words = Es läuft auf jedem, wie es jetzt geschrieben ist. Ein Ticket, auf dem einer seiner Texte nichts sagt, wird abgelehnt.
bulk-no-macros = Es gibt kein Makro, das Sie verwenden können.
bulk-people = { $count ->
    [0] Niemand bekommt eine Mail.
    [one] Eine Person bekommt eine Mail.
   *[other] { $count } Personen bekommen eine Mail.
}
bulk-mails = { $count ->
    [0] Gelesen wird sie hier.
    [one] Eine Mail geht hinaus.
   *[other] { $count } Mails gehen hinaus.
}
bulk-reads = So liest es sich auf { $number }:
