merge = Zusammenführen…
merge-title = { $ticket } mit einem anderen Ticket zusammenführen
merge-words = Zwei Tickets zu einer Sache werden eins. Dieses endet; das andere geht weiter und zeigt, was auf beiden gesagt wurde. Nichts wird verschoben, und es lässt sich rückgängig machen.
merge-into = Nummer des Tickets, das weitergeht
merge-into-help = Ein Ticket derselben Menschen, das Sie bearbeiten, zum Beispiel 1042.
merge-compare = Beide zeigen
merge-unknown = Sie bearbeiten kein Ticket mit dieser Nummer. Sehen Sie noch einmal nach.
merge-goes = Endet
merge-stays = Geht weiter
merge-promised = Zugesagt für { $time }
merge-count = { $messages ->
    [one] 1 Nachricht
   *[other] { $messages } Nachrichten
}, { $notes ->
    [one] 1 Notiz
   *[other] { $notes } Notizen
}
merge-told = Wer es erfährt
merge-told-nobody = Niemand erfährt, dass sie zusammengeführt wurden.
merge-told-answers = Antworten auf { $ticket } gehen an: { $names }.
merge-told-left = Nur auf { $ticket } in Kopie, und von da an nicht mehr: { $names }.
merge-told-watchers = Sie beobachten { $ticket } und hören vom anderen nur, wenn sie es auch beobachten: { $names }.
merge-told-mail = Mail an { $from } kommt von da an auf { $into } an.
merge-told-undo = Die Geschichte beider Tickets trennt sie wieder.
merge-do = Mit { $ticket } zusammenführen
merge-cannot = So lassen sie sich nicht zusammenführen
merge-other-way = Andersherum ansehen
merge-done = Zusammengeführt. Hier steht, was auf beiden gesagt wurde.
merge-undo = Trennen
merge-undone-done = Getrennt. Beide gehen weiter, als wären sie nie zusammengeführt worden.
merge-was = Es wurde mit einem anderen Ticket zusammengeführt.
merge-goes-on = Weiter in { $ticket }
merge-took-in = Mit diesem zusammengeführt:
merge-origin = gesagt auf { $ticket }
merge-another = einem anderen Ticket
merge-unsent = Das Ticket wurde zusammengeführt, während Sie schrieben, und nichts wurde gesendet. Ihre Worte sind da; sagen Sie sie dort, wo es weitergeht.
merge-standing-more = Jemand hat gesehen, dass zwei Ihrer Tickets dieselbe Sache betreffen. Was auf beiden gesagt wurde, steht im anderen.
merge-is-not = Es ist nicht mit diesem Ticket zusammengeführt.
merge-further = Das andere Ticket wurde selbst zusammengeführt. Trennen Sie erst das, oder nennen Sie das Ticket, das weitergeht.
merge-itself = Ein Ticket wird nicht mit sich selbst zusammengeführt. Nennen Sie das andere.
merge-other-people = Sie wurden nicht von denselben Menschen und für dieselbe Organisation gefragt: Manche würden lesen, was andere schrieben.
merge-confidential = Eines ist vertraulich und das andere nicht: Mehr Menschen würden lesen, was gesagt wurde.
merge-captive = Wer fragt, kann es eskalieren oder hat es getan, und könnte es beim anderen nicht. Führen Sie das andere mit diesem zusammen.
merge-into-ended = Das andere Ticket ist nicht mehr offen. Öffnen Sie es erst wieder.
merge-undecided = Daneben wartet Mail von jemandem, der nicht darauf steht. Entscheiden Sie erst darüber.
merge-handoff = Eines davon ist eine Übergabe. Übergaben werden nicht zusammengeführt; schreiben Sie darauf.
merge-answer-later = Eine Antwort ist hier früher zugesagt als beim anderen. Antworten Sie erst, oder führen Sie das andere mit diesem zusammen.
merge-solution-later = Die Lösung ist hier früher zugesagt als beim anderen. Führen Sie das andere mit diesem zusammen.
merge-blocked = { $count ->
    [one] Eine Übergabe hält es noch auf. Nehmen Sie sie an oder ziehen Sie sie zurück, oder führen Sie das andere mit diesem zusammen.
   *[other] { $count } Übergaben halten es noch auf. Nehmen Sie sie an oder ziehen Sie sie zurück, oder führen Sie das andere mit diesem zusammen.
}
history-merged-into = hat es mit { $ticket } zusammengeführt
history-took-in = hat { $ticket } mit diesem zusammengeführt
history-taken-apart = hat es von { $ticket } wieder getrennt, als wären sie nie zusammengeführt worden
row-merged = zusammengeführt
flag-merged = Mit anderem zusammengeführt
similar-title = Vielleicht dieselbe Sache
similar-none = Kein anderes offenes Ticket von dort hat Worte von diesem.
similar-yours = Sie haben schon etwas Ähnliches gefragt. Wenn es dieselbe Sache ist, schreiben Sie dort:
similar-theirs = Von dort wurde schon etwas Ähnliches gefragt. Wenn es dieselbe Sache ist, antworten Sie dort:
similar-merge = Beide zusammenführen
