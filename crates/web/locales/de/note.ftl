note-title = Notiz
note-before = Was sie vorher sagte
note-never-changed = Sie wurde nie geändert.
note-until = bis
note-blanked = Wer dies schrieb, hat die Worte weggenommen.
note-save = Notiz speichern
note-blank = Die Worte wegnehmen
note-blank-words = Die Notiz bleibt an ihrem Platz, ohne Worte. Wer sie lesen konnte, findet weiter, was sie sagte, und warum es weggenommen wurde.
note-changed = { $count ->
    [one] einmal geändert
   *[other] { $count }-mal geändert
}
note-edit = Bearbeiten
ticket-print = Drucken
ticket-done-note-changed = Die Notiz wurde geändert. Was sie vorher sagte, bleibt für alle da, die Notizen lesen.
print-history = Der Verlauf
