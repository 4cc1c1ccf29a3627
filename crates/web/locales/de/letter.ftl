letter-nobody = Kein Absender ist genannt
letter-proven = Absender bestätigt
letter-unproven = Absender nicht bestätigt
letter-everything = Alles zeigen
letter-formatted = Formatiert zeigen
letter-source = Quelltext
letter-save = Als .eml speichern
letter-back = Zurück zu #{ $number }
letter-blocked = { $count ->
    [one] { $count } Bild liegt anderswo und wird nicht gezeigt.
   *[other] { $count } Bilder liegen anderswo und werden nicht gezeigt.
}
letter-show-images = Diese Nachricht mit ihnen zeigen
letter-show-images-why = Wer sie gesendet hat, kann dann sehen, dass, wann und aus welchem Netz sie gelesen wurde.
attachments = Anhänge
deliveries = Zustellung
delivery-held = noch nicht gesendet
delivery-queued = wartet auf den Server
delivery-sending = unterwegs
delivery-later = später noch einmal
delivery-sent = gesendet
delivery-failed = nicht gesendet
delivery-bounced = kam zurück
delivery-taken-back = zurückgeholt
delivery-next = { $count ->
    [one] einmal versucht, wieder um { $time }
   *[other] { $count }-mal versucht, wieder um { $time }
}
delivery-answer = Der Server sagte:
delivery-resend = Noch einmal senden
undo = Zurückholen
undo-at = Ihre Antwort geht um { $time } hinaus.
undo-in = Ihre Antwort geht in { $seconds } s hinaus.
way-mail = Geht als Mail von { $from } an { $to }; { $seconds } s lang zurückzuholen.
way-mail-at-once = Geht sofort als Mail von { $from } an { $to }.
way-desk = Nur am Arbeitsplatz zu lesen: Für dieses Ticket geht keine Mail hinaus.
way-no-address = Nur am Arbeitsplatz zu lesen: Von der anfragenden Person ist keine Adresse bekannt.
way-dead = kommt zurück
way-dead-words = Mail an { $address } kam mehr als einmal zurück. Fragen Sie nach einer anderen Adresse, oder rufen Sie an.
stranger-title = Jemand, der nicht zu diesem Ticket gehört, hat geschrieben
stranger-words = Das sehen nur die, die dieses Ticket bearbeiten. Dem Absender wurde nichts gesagt, und er sieht in keinem Fall etwas vom Ticket.
stranger-confirm = Bestätigen: gehört hierher
stranger-aside = Beiseitelegen
hint-title = Gehört vielleicht zu
hint-words = Die Mail, die dieses Ticket eröffnet hat, nennt jenes. Verschoben steht ihr Text dort im Gespräch, und dieses Ticket wird zurückgezogen.
hint-move = Dorthin verschieben
hint-stays = Gehört nicht dazu
copies = Kopien der Antworten
copies-end = Entfernen
copies-end-of = { $name } keine Kopien mehr schicken
copies-was = stand in Kopie.
copies-add = Hinzufügen
copies-add-of = Kopien an { $address } schicken
copies-other = Jemandem Kopien schicken
copies-address = Adresse
ticket-done-reply-held = Ihre Antwort ist geschrieben. Sie geht gleich als Mail hinaus; bis dahin können Sie sie zurückholen.
ticket-done-taken-back = Ihre Antwort wurde zurückgeholt, bevor sie hinausging. Ihr Text steht unten.
ticket-done-sent-again = Sie wird noch einmal gesendet.
ticket-done-confirmed = Die Mail gehört jetzt zum Gespräch.
ticket-done-set-aside = Die Mail wurde beiseitegelegt. Die Verwaltung findet sie 30 Tage lang bei den angehaltenen Mails.
ticket-done-moved = Die Mail wurde hierher verschoben.
ticket-done-stays = Das Ticket bleibt ein eigenes.
ticket-done-copied = Ab der nächsten Antwort kommt dorthin eine Kopie.
ticket-done-copy-ended = Dorthin gehen keine Kopien mehr.
