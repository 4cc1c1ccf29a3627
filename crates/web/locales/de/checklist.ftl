checklist = Checkliste
checklist-done = { $done } von { $all } erledigt
checklist-tick = Abhaken
checklist-untick = Doch nicht erledigt
checklist-remove = Entfernen
checklist-none = Was hier zu tun ist, Schritt für Schritt; abgehakt von denen, die es getan haben.
checklist-add = Schritte hinzufügen
checklist-put = Auf die Liste
checklist-steps = Schritte
checklist-arrange = Ordnen
checklist-words = Wortlaut des Schritts
checklist-reword = Ändern
checklist-up = Nach oben
checklist-down = Nach unten
checklist-order = Ihre Reihenfolge
checklist-steps-help = In jeder Zeile einer.
does-steps = Auf die Checkliste setzen: { $steps }
macros-steps = Auf die Checkliste setzen
bulk-steps = Schritte hinzufügen
checklist-usual = Übliche Schritte hinzufügen
checklist-usual-label = Übliche Schritte
checklist-usual-help = In jeder Zeile einer. Wer ein Ticket bearbeitet, fügt sie mit einem Druck hinzu.
history-step-added = hat den Schritt „{ $step }“ hinzugefügt
history-step-done = hat den Schritt „{ $step }“ erledigt
history-step-open = hat gesagt, dass der Schritt „{ $step }“ nicht erledigt ist
history-step-moved = hat den Schritt „{ $step }“ an eine andere Stelle gesetzt
history-step-reworded = hat einen Schritt anders benannt: „{ $step }“
history-step-removed = hat einen Schritt entfernt
problem-checklist-empty = Schreiben Sie mindestens einen Schritt.
problem-checklist-done = Dieser Schritt ist erledigt, und was erledigt ist, wird nicht umbenannt. Sagen Sie erst, dass er doch nicht erledigt ist.
problem-checklist-twice = Dieser Schritt steht schon auf der Liste. Was Sie geschrieben haben, ist noch da.
problem-checklist-full = Auf ein Ticket passen höchstens { $most } Schritte. Was Sie geschrieben haben, ist noch da.
checklist-usual-count = { $count ->
    [0] Noch keine
    [one] Ein Schritt
   *[other] { $count } Schritte
}
