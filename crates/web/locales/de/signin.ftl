sign-in-title = Anmelden
sign-in-email = E-Mail-Adresse
sign-in-password = Passwort
sign-in-send = Anmelden
sign-in-wrong = Diese Adresse und dieses Passwort gehören nicht zusammen. Prüfen Sie beides und versuchen Sie es noch einmal.
sign-in-too-many = Es waren zu viele Versuche. Zum Schutz der Person, der die Adresse gehört, warten Sie bitte { $minutes ->
    [one] eine Minute
   *[other] { $minutes } Minuten
} und versuchen Sie es dann noch einmal.
sign-in-busy = Gerade melden sich viele an. Bitte versuchen Sie es in ein paar Sekunden noch einmal.
signed-out = Sie sind abgemeldet.
demo-title = Sehen Sie sich um
demo-words = Dies ist eine Vorführung: wählen Sie, wer Sie sein möchten. Das Passwort ist bei allen „{ $password }“.
setup-title = Richten Sie Ihren Desk ein
setup-words = Sie sind zuerst hier. Wer den Desk gestartet hat, sieht auf der Konsole einen Code; damit werden Sie Administratorin oder Administrator.
setup-code = Code von der Konsole
setup-code-help = Vier Gruppen aus fünf Buchstaben und Ziffern. Er gilt einmal.
setup-organisation = Ihre Organisation
setup-name = Ihr Name
setup-email = Ihre E-Mail-Adresse
setup-password = Wählen Sie ein Passwort
setup-password-help = Mindestens 12 Zeichen. Vier Wörter ohne Zusammenhang sind gut.
setup-zone = Zeitzone
setup-send = Einrichten
