recipients = Empfänger
recipients-to = An
recipients-cc = Cc
recipients-bcc = Bcc
recipients-help = Trennen Sie Adressen mit Kommas. Wer unter An oder Cc steht, bekommt auch spätere Antworten in Kopie; wer unter Bcc steht, wird niemandem gezeigt. Niemand davon sieht das Ticket.
recipients-alone = Nur dem Anfragenden antworten
recipients-all = Allen antworten
recipients-remove = { $name } entfernen
recipients-send-to = { $count ->
    [one] An { $count } Person senden
   *[other] An alle { $count } Personen senden
}
recipients-role-cc = Cc
recipients-role-bcc = Bcc, niemandem gezeigt
recipients-most = Personen, an die eine Antwort höchstens geht
recipients-most-help = Ab elf Personen fragt eine Antwort, ob alle gemeint sind; über dieser Zahl wird sie abgelehnt. 1 bis 1000; üblich sind 250.
meanwhile-title = Während Sie schrieben, kam etwas Neues.
meanwhile-words = Ihr Text und Ihre Dateien blieben erhalten, und nichts wurde gesendet.
meanwhile-anyway = Trotzdem senden
meanwhile-review = Neues lesen
unsent-title = Ihr Text, nicht gesendet
unsent-closed = Das Ticket ist geschlossen, darum kann keine Antwort gesendet werden. Öffnen Sie es wieder, oder kopieren Sie Ihren Text.
unsent-gone = Das Ticket ist für Sie nicht mehr zu beantworten, oder es gibt es nicht. Nichts wurde gesendet. Hier steht, was Sie schrieben, zum Kopieren.
recipients-many = Das geht an { $count } Personen.
problem-recipient-not-an-address = „{ $text }“, Nummer { $place } unter { $field ->
    [To] An
   *[other] { $field }
}, ist keine E-Mail-Adresse. Nichts wurde gesendet, und Ihr Text blieb erhalten.
problem-recipients-too-many = Das geht an { $count } Personen; eine Antwort über dieses Postfach geht an höchstens { $most }. Nichts wurde gesendet, und Ihr Text blieb erhalten. Mehr kann die Verwaltung erlauben.
problem-recipients-many = Das geht an { $count } Personen. Noch wurde nichts gesendet: Senden Sie es an alle, oder nehmen Sie einige heraus.
problem-recipients-out-of-range = Wählen Sie zwischen 1 und { $most } Personen.
problem-requester-left-out = Eine Antwort geht immer an den Anfragenden, { $address }. Setzen Sie ihn wieder unter An oder Cc; um jemand anderem allein zu schreiben, leiten Sie eine Nachricht weiter. Nichts wurde gesendet, und Ihr Text blieb erhalten.
