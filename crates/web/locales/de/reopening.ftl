reopening = Wiederöffnen
reopening-way = Wenn jemand auf einem gelösten Ticket schreibt
reopening-words = Innerhalb dieser Zeit geht das Ticket selbst weiter. Später beginnt mit den Worten ein neues Ticket, das auf das alte folgt: mit denselben Anfragenden, derselben Leistung und Dringlichkeit, und zuerst bei der Person, die es hatte. Seine Nummer wird mitgeteilt: per Mail, wo der Eingang Mails bestätigt, und immer im Portal, auf der Seite des alten Tickets.
reopening-who = Wer sagt, wie lange
reopening-by-service = Jede Leistung für sich
reopening-by-service-help = Wie am Anfang.
reopening-by-unit = Die Einheit
reopening-by-unit-help = Für alle Tickets, die bei dieser Einheit liegen, gleich welcher Leistung.
reopening-days = Tage nach der Lösung
reopening-days-help = Tage von 24 Stunden, 0 bis 365. Mit 0 beginnt jede Antwort nach der Lösung ein neues Ticket. Wer keinen anderen Anbieter hat, behält mindestens die Tage der Leistung.
reopening-save = Speichern
reopening-saved = Gespeichert. Es gilt ab jetzt, auch für gelöste Tickets.
reopening-services = Tage je Leistung
reopening-no-services = Diese Einheit bietet keine Leistungen an.
reopening-within = { $days ->
    [0] nie
    [one] innerhalb von { $days } Tag
   *[other] innerhalb von { $days } Tagen
}
reopening-captive = Anfragende im Haus haben keinen anderen Anbieter
portal-done-followed = Die Zeit zum Wiederöffnen des älteren Tickets ist vorbei; Ihre Antwort steht deshalb hier, auf einem Ticket, das darauf folgt. Das ist seine Nummer.
portal-follows = Folgt auf
portal-followed-by = Geht weiter in
answer-audience-followed = Die Zeit zum Wiederöffnen ist vorbei. Ihre Antwort steht in { $ticket }, wo die Sache weitergeht.
answer-audience-follows = Die Zeit zum Wiederöffnen ist vorbei. Mit Ihrer Antwort beginnt ein neues Ticket, das auf dieses folgt; { $unit } liest sie dort.
problem-reopening-out-of-range = Geben Sie eine ganze Zahl von Tagen von 0 bis { $most } an. Es wurde nichts geändert.
standing-followed = Geht weiter in { $ticket }
standing-closed-followed = Die Zeit zum Wiederöffnen ist vorbei.
ticket-done-confirmed-there = Die Zeit zum Wiederöffnen des älteren Tickets ist vorbei. Die Mail steht hier, auf dem Ticket, das darauf folgt.
standing-closed-follows = Die Zeit zum Wiederöffnen ist vorbei. Was Sie unten schreiben, beginnt ein neues Ticket, das auf dieses folgt.
