split = Als eigenes Ticket abtrennen
split-title = Eine Nachricht von #{ $number } abtrennen
split-words = Ein neues Ticket beginnt mit dieser Nachricht von { $name }. Seine Zusagen zählen ab ihrem Eingang, { $time }. Die Nachricht bleibt auch hier, und beide Tickets sagen es.
split-files = { $count ->
    [one] Ihre Datei kommt mit.
   *[other] Ihre { $count } Dateien kommen mit.
}
split-subject = Betreff des neuen Tickets
split-service = Leistung
split-tell = { $name } die neue Nummer mitteilen, an { $address }
split-no-inbox = { $name } bekommt keine Mail darüber, weil kein Postfach für dieses Ticket Mail verschickt. Das neue Ticket steht im Portal.
split-unconfirmed = { $name } bekommt keine Mail darüber, weil das Postfach nichts bestätigt. Das neue Ticket steht im Portal.
split-unreachable = { $name } bekommt keine Mail darüber, weil keine Adresse bekannt ist, die funktioniert.
split-final = Das Abtrennen lässt sich nicht rückgängig machen. Ein Ticket, das nicht abgetrennt werden sollte, kann geschlossen werden.
split-send = Abtrennen
split-became = Mit dieser Nachricht begann
split-began = Diese Nachricht wurde abgetrennt von
ticket-done-split = Abgetrennt. Das neue Ticket hat die Nachricht, und seine Zusagen zählen ab ihrem Eingang. Das lässt sich nicht rückgängig machen; schließen Sie das neue Ticket, wenn es nicht da sein soll.
problem-nothing-to-split = Nur was jemand auf der Seite der Anfragenden geschrieben hat und diese Seite liest, kann ein eigenes Ticket beginnen. Es wurde nichts geändert.
problem-split-of-handoff = Das ist eine Übergabe. Bitten Sie die andere Einheit um eine zweite, von dem Ticket aus, das darauf wartet. Es wurde nichts geändert.
palette-split = Die neueste Nachricht als eigenes Ticket abtrennen
