note-title = Note
note-before = What it said before
note-never-changed = It was never changed.
note-until = until
note-blanked = Its author took these words away.
note-save = Save the note
note-blank = Take the words away
note-blank-words = The note stays where it is, without words. Those who could read it still find what it said, and why it was taken away.
note-changed = { $count ->
    [one] changed once
   *[other] changed { $count } times
}
note-edit = Edit
ticket-print = Print
ticket-done-note-changed = The note was changed. What it said before is still there for those who read notes.
print-history = History
