ticket-done-undone = Zurückgenommen. Es ist wie vorher.
history-undone = nahm das eben Getane zurück
