palette = Gehen, tun, suchen
palette-hint = Eine Nummer, ein Name, oder was Sie tun möchten
palette-find = Finden
palette-number = Ticket nach Nummer
palette-act = Mit #{ $number } tun
palette-own = Ihre
palette-go = Gehen zu
palette-views = Ansichten
palette-units = Einheiten und Services
palette-everything = Überall nach „{ $words }“ suchen
palette-none = Nichts passt. Versuchen Sie weniger Buchstaben.
palette-count = { $count ->
    [one] Eine Zeile.
   *[other] { $count } Zeilen.
}
palette-lost = Keine Antwort. Tippen Sie gleich noch einmal.
palette-walk = gehen
palette-choose = wählen
keys-everywhere = Überall
keys-lists = In Listen
keys-ticket = Beim Ticket
keys-words = Einzelne Tasten tun nichts, während Sie schreiben oder etwas über der Seite liegt. Im Profil können Sie sie abschalten.
key-palette = Gehen, tun, suchen
key-search = Suchen
key-overview = Diese Übersicht
key-close = Schließen, was offen ist; ein Feld verlassen
key-next = Nächste Zeile
key-previous = Vorige Zeile
key-open = Zeile öffnen
key-select = Zeile auswählen
key-filter = Diese Liste filtern
key-reply = Antwort schreiben
key-note = Notiz schreiben
key-solve = Lösen oder liefern
key-undo = Zurücknehmen, was Sie gerade taten
