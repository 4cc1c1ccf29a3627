does-snooze = { $until } zurückstellen
does-wake = Wieder vorlegen
does-reopen = Wieder öffnen
does-close = Schließen
does-set = „{ $name }“ auf { $value } setzen
does-unset = Die Antwort in „{ $name }“ entfernen
does-fields = Felder setzen
does-fields-help = Eines je Zeile: Schlüssel, Doppelpunkt und Wert. Eine zweite Zeile mit demselben Schlüssel fügt einen Wert hinzu; nichts hinter dem Doppelpunkt entfernt die Antwort.
does-fields-which = Welche Felder es gibt
does-field-number = eine Zahl
does-field-date = ein Tag, wie 2026-03-31
does-field-person = die Adresse einer Person
does-field-organisation = der Name einer Organisation
does-sleep = Zurückstellen
does-reopen-reason = Warum es weitergeht; die anfragende Seite liest es
sleep-evening = bis zum Abend
sleep-tomorrow = bis morgen früh
sleep-monday = bis Montag
sleep-next-week = für eine Woche
sleep-minutes = für { $count } Minuten
sleep-hours = { $count ->
    [one] für eine Stunde
   *[other] für { $count } Stunden
}
sleep-days = { $count ->
    [one] für einen Tag
   *[other] für { $count } Tage
}
bulk-field = Felder setzen
bulk-fields-words = Ein Ticket, dessen Leistung nach einem Feld nicht fragt, wird abgelehnt und bleibt, wie es ist.
bulk-snooze-words = Jedes kommt nach dem Kalender der Einheit wieder, die es hat, und sofort, wenn die anfragende Seite schreibt. Zusagen laufen weiter.
bulk-no-fields = Niemand hat Felder für Tickets angelegt.
problem-custom-not-asked = „{ $name }“ wird bei diesem Ticket nicht gefragt: Seine Leistung hat kein solches Feld, oder eine andere Antwort muss zuerst da sein.
