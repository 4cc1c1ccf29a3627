problem-fill-wrong = Dieser Text lässt sich nicht füllen. { $faults }. Er wurde behalten, wie Sie ihn schrieben.
problem-fill-unknown = es gibt keine Variable „{ $name }“
problem-fill-nothing = zwischen diesen Klammern steht nichts
problem-fill-open = diese Klammern enden nicht
problem-fill-command = Befehle gibt es hier nicht, nur Variablen in zwei geschweiften Klammern
problem-says-nothing = Dieses Ticket sagt nichts zu: { $names }. Schreiben Sie es selbst, oder geben Sie dem Text einen Ersatz, wie in {"{{"}requester.first_name|Sie dort{"}}"}.
problem-too-many-macros = Eine Liste fasst höchstens { $most } Texte und Makros. Löschen Sie eines, das niemand verwendet.
# Textbausteine und Makros
macros-title = Textbausteine und Makros
macros-words = Texte und Schritte, die jeden Tag wiederkommen: Ihre eigenen, die Ihrer Einheiten und die für alle. Tippen Sie / am Anfang einer Zeile einer Antwort, um einen zu verwenden.
macros-new = Neu
macros-none = Noch nichts da
macros-none-words = Schreiben Sie auf, was Sie oft antworten; beim nächsten Mal ist es eine Taste.
macros-canned = Textbaustein
macros-macro = Makro
macros-uses = { $count ->
    [0] nie verwendet
    [one] einmal verwendet
   *[other] { $count }-mal verwendet
}
macros-what = Was gesagt wird
macros-name = Name
macros-reply = Antwort
macros-reply-help = Markdown geht. Die anfragende Person liest es.
macros-variables = Was ein Text nennen kann
macros-variables-words = Eine Variable wird aus dem Ticket gefüllt. Sagen Sie hinter einem Strich, was dort steht, wenn nichts bekannt ist: {"{{"}requester.first_name|Sie dort{"}}"}. Ohne das wird nichts eingesetzt, und Ihnen wird gesagt, was fehlt.
macros-save = Speichern
macros-beside = Wem es gehört, und sein Ende
macros-delete = Löschen
variable-number = Die Nummer des Tickets
variable-subject = Sein Betreff
variable-unit = Die Einheit, der es gehört
variable-service = Der Service, um den gebeten wurde
variable-link = Die Adresse der Seite für die anfragende Person
variable-requester-name = Der volle Name der anfragenden Person
variable-requester-first-name = Ihr Vorname, wo er sich erkennen lässt
variable-organisation = Die Organisation der anfragenden Person
variable-my-name = Ihr eigener voller Name
variable-my-first-name = Ihr eigener Vorname
canned-title = Textbausteine
canned-hint = Tippen Sie / am Anfang einer Zeile für Textbausteine.
canned-none = Kein Textbaustein sagt das.
canned-search = Wörter aus Name oder Text
canned-find = Finden
canned-put = Unter das setzen, was ich schreibe
composer-send-and = { $send } { $then }
composer-send-others = Auf andere Weise senden
composer-and-wait = und auf Antwort warten
composer-and-solve = und lösen
composer-and-deliver = und als Lieferung übergeben
