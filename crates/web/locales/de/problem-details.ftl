problem-tag-missing = Schreiben Sie zuerst ein Schlagwort, etwa retoure.
problem-tag-too-long = Dieses Schlagwort hat { $length } Zeichen; höchstens { $most } passen.
problem-tag-character = Ein Schlagwort ist ein Wort aus Buchstaben, Ziffern und - . / +; „{ $character }“ passt nicht.
problem-tag-kept = „{ $word }“ meint Tickets ohne Schlagwort. Wählen Sie ein anderes Wort.
problem-tags-full = Dieses Ticket hat schon { $most } Schlagwörter; mehr passen nicht. Entfernen Sie zuerst eines.
problem-tag-name-taken = Es gibt schon ein Schlagwort „{ $name }“. Nichts wurde geändert. Legen Sie beide zusammen oder wählen Sie einen anderen Namen.
