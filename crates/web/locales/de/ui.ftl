product = Throughline
skip-to-content = Zum Inhalt springen
main-navigation = Hauptnavigation
side-navigation = Ansichten
open-navigation = Ansichten öffnen
person-menu = Ihr Menü
sign-out = Abmelden
breadcrumbs = Sie sind hier
search = Suchen
search-hint = Nummer oder Wörter
close = Schließen
cancel = Abbrechen
explain = Erklären
data = Daten
download-data = Als CSV herunterladen
optional = freiwillig
pages-label = Seiten
page-newer = Neuere
page-older = Ältere
unread = ungelesen
new-messages = Neu
error-summary = Bitte ansehen
flash-done = Erledigt
flash-notice = Hinweis
flash-warning = Achtung
flash-failed = Das hat nicht geklappt
state-open = Offen
state-waiting-requester = Wartet auf Anfragende
state-waiting-supplier = Wartet auf Lieferanten
state-waiting-date = Wartet auf vereinbarten Termin
state-waiting-handoff = Wartet auf Übergabe
state-delivered = Geliefert
state-solved = Gelöst
state-closed = Geschlossen
priority-low = Niedrig
priority-normal = Normal
priority-high = Hoch
priority-urgent = Dringend
promise-kept = Gehalten
promise-missed = Verfehlt
promise-paused = Angehalten
promise-none = Keine Zusage
promise-due = fällig { $time }
promise-over-by = überfällig seit { $time }
promise-paused-because = angehalten: { $reason }
chain-blocks = blockiert { $ticket }
chain-waits = { $count ->
    [one] wartet auf { $count } Übergabe
   *[other] wartet auf { $count } Übergaben
}
row-them-last = Zuletzt von dort
row-us-last = Zuletzt von uns
row-unanswered = unbeantwortet seit { $time }
row-nobody = noch niemand
row-choose = { $ticket } wählen
row-draft = Entwurf
queue-number = Nummer
queue-subject = Betreff
queue-reason = Warum hier
message-from-us = Antwort von uns
message-from-them = Nachricht der anfragenden Person
message-note = Interne Notiz
message-note-hint = Das sieht nur die bearbeitende Seite.
message-from-system = Vom Desk vermerkt
composer-reply = Antwort nach außen
composer-note = Interne Notiz
composer-reply-text = Ihre Antwort
composer-note-text = Ihre Notiz
composer-reply-send = An Kunden senden
composer-reply-send-internal = An Anfragende senden
composer-note-send = Notiz hinzufügen
composer-reply-seen-by = Das geht an { $name }.
composer-note-seen-by = Das sieht nur die bearbeitende Seite. Es wird nie gesendet.
composer-markdown = **fett**, *kursiv*, Listen, `Code` und > Zitate sind möglich.
composer-preview = Vorschau
composer-draft-kept = Entwurf gesichert { $time }
composer-draft-keep = Als Entwurf sichern
composer-draft-discard = Entwurf verwerfen
composer-draft-elsewhere = Sie haben in einem anderen Fenster weitergeschrieben. Davon wurde nichts überschrieben; laden Sie diese Seite neu, um dort weiterzumachen.
composer-draft-lost = Der Entwurf konnte nicht gesichert werden. Ihr Text steht noch hier.
timeline-label = Verlauf
picture-scroll = Zur Seite schieben, um alles zu sehen
waterfall-title = Throughline
waterfall-summary = Von { $from } bis { $to }: { $lanes ->
    [one] { $lanes } Stelle
   *[other] { $lanes } Stellen
}, { $segments ->
    [one] { $segments } Abschnitt
   *[other] { $segments } Abschnitte
}.
waterfall-holder = Liegt bei
waterfall-kind = Was
waterfall-from = Von
waterfall-to = Bis
waterfall-elapsed = Vergangen
waterfall-working = Arbeitszeit
waterfall-path = Auf dem kritischen Pfad
waterfall-slack = Spielraum
waterfall-why = Warum
waterfall-yes = ja
waterfall-no = nein
waterfall-now = jetzt
waterfall-promise = Zusage
waterfall-running = läuft noch
waterfall-shade = außerhalb der Arbeitszeit
waterfall-slack-of = hätte { $time } länger dauern dürfen
waterfall-focus-hint = Zeigen Sie auf einen Abschnitt oder gehen Sie mit Tab dorthin: wer ihn hatte, warum und wie lange.
segment-work = in Arbeit
segment-queued = in der Warteschlange
segment-handoff = wartet auf Übergabe
segment-requester = wartet auf Anfragende
segment-supplier = wartet auf Lieferanten
segment-agreed = vereinbarter Termin
segment-administrative = gelöst, vor dem Schließen
map-title = Wer wem dient
map-summary = { $units ->
    [one] { $units } Einheit
   *[other] { $units } Einheiten
} und { $edges ->
    [one] { $edges } Verbindung
   *[other] { $edges } Verbindungen
}. Ein Pfeil zeigt auf die Einheit, die leistet.
map-asks = Fragt
map-serves = Leistet
map-volume = Tickets
map-kept = Gehaltene Zusagen
map-legend-good = mindestens { $share } gehalten
map-legend-fair = mindestens { $share } gehalten
map-legend-poor = weniger gehalten
map-legend-unknown = keine Zusage fällig
map-legend-width = Eine breitere Linie trägt mehr Tickets.
map-edge = { $from } fragt { $to }: { $volume } Tickets, { $kept } der Zusagen gehalten
map-edge-unknown = { $from } fragt { $to }: { $volume } Tickets, keine Zusage fällig
map-kept-words = { $share } ({ $basis })
map-kept-basis = { $low }–{ $high }, n = { $n }
map-open = { $count } offen
bars-share = Anteil
bars-holder = Angerechnet auf
bars-total = Summe
bars-n = n = { $count }
chart-when = Wann
explain-formula = Gebildet als
explain-rows = Zeilen dahinter
explain-n = n
explain-see-rows = Die Zeilen ansehen

# Dateien an dem, was geschrieben wird.
files-attach = Dateien anhängen
files-drop = oder hier einfügen und ablegen
files-limits = Bis zu { $count } Dateien, jede bis { $each }, zusammen bis { $total }.
files-list = Dateien, die mitgesendet werden
files-send-of = { $name } mitsenden
files-remove-of = { $name } wegnehmen
files-show = Im Text zeigen
files-coming = Einige Dateien sind noch unterwegs; gesendet wird, sobald sie da sind.
files-too-many = Höchstens { $count } Dateien passen. Nehmen Sie zuerst eine weg.
files-too-large = „{ $name }“ ist größer als { $each }. Die Datei wurde nicht gesendet; Ihr Text steht noch hier.
files-together = Mit „{ $name }“ wären die Dateien größer als { $total }. Die Datei wurde nicht gesendet; Ihr Text steht noch hier.
files-lost = „{ $name }“ konnte nicht gesendet werden. Ihr Text steht noch hier; versuchen Sie es noch einmal.
