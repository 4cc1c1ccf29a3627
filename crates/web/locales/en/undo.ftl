ticket-done-undone = Undone. It is as it was before.
history-undone = undid what was done just before
