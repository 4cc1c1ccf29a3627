# Dasselbe mit vielen Tickets.
bulk-title = Sammelaktionen
bulk-page = Alle auf dieser Seite
bulk-all = Alle Tickets dieser Liste
bulk-more = Mehr
bulk-chosen = gewählt
bulk-wait = Auf die anfragende Person warten
bulk-note = Notiz schreiben
bulk-reply = Antworten
bulk-of = { $what } · { $count ->
    [one] { $count } Ticket
   *[other] { $count } Tickets
}
bulk-undo-of = Zurückgenommen: { $what }
bulk-transfer-to = Abgeben an { $unit }
bulk-priority-to = Priorität { $priority }
bulk-back = Zurück zur Liste
bulk-note-text = Notiz
bulk-note-help = Die bearbeitende Seite liest sie an jedem dieser Tickets; Anfragende nie.
bulk-look = Zeigen, was geschähe
bulk-undecided = Es ist noch nicht gesagt, was mit diesen Tickets geschehen soll.
bulk-words = Mit diesen Worten
bulk-before = Was geschähe
bulk-looked = Die ersten { $looked } von { $count } Tickets wurden angesehen.
bulk-would = Würden geändert
bulk-already = Waren schon so
bulk-would-refuse = Würden abgelehnt
bulk-cut = Die Liste hat mehr als { $most } Tickets. Nur die ersten { $most } werden genommen.
bulk-revocable = Das lässt sich danach zurücknehmen, wo niemand das Ticket inzwischen geändert hat.
bulk-final = Das lässt sich nicht zurücknehmen.
bulk-refusals = Abgelehnt, und warum
bulk-ticket = Ticket
bulk-why = Grund
bulk-start = Mit { $count ->
    [one] { $count } Ticket
   *[other] { $count } Tickets
} ausführen
bulk-give-up = Lieber nicht
bulk-progress = { $acted } von { $count } Tickets
bulk-progress-words = Es läuft im Hintergrund weiter. Sie können diese Seite verlassen.
bulk-reload = Noch einmal nachsehen
bulk-cancel = Hier anhalten
bulk-proposed = Nicht begonnen
bulk-running = Läuft
bulk-done = Fertig
bulk-cancelled = Angehalten
bulk-what = Was
bulk-state = Stand
bulk-when = Wann
bulk-did = Geändert
bulk-refused = Abgelehnt
bulk-left = Nicht angefasst
bulk-report = Als CSV herunterladen
bulk-undo = Zurücknehmen
bulk-undo-words = Setzt Ticket für Ticket zurück, was geändert wurde, wo es noch so steht.
bulk-undo-reason = Eine Sammelaktion wurde zurückgenommen.
bulk-undone = Das wurde zurückgenommen.
bulk-none = Noch keine Sammelaktionen
bulk-none-words = Kreuzen Sie in einer Liste Tickets an und wählen Sie, was mit ihnen geschehen soll.
