spent-title = Zeitaufwand
spent-lead = Was Menschen nach eigener Angabe an Tickets gearbeitet haben, die Sie lesen dürfen. Es steht neben der Rechnung eines Tickets und gehört nicht dazu: Die Rechnung zählt die Zeit, in der jemand ein Ticket hatte, und niemand schreibt sie auf.
spent-by = Summiert nach
spent-span = Aus welcher Zeit
spent-months = { $months ->
    [one] Dieser Monat
   *[other] { $months } Monate
}
spent-unit = Einheit
spent-person = Wer gearbeitet hat
spent-service = Service
spent-organisation = Organisation
spent-month = Monat
spent-hours = Stunden
spent-entries = Einträge
spent-tickets = Tickets
spent-all = Alle
spent-no-organisation = Keine Organisation
spent-none = Niemand hat Zeit eingetragen
spent-none-words = Zeit wird neben jedem Ticket eingetragen. Was Sie nicht von innen lesen dürfen, steht hier nicht.
spent-formula = Die Minuten jedes Eintrags, wie sie zuletzt berichtigt wurden, zusammengezählt. Einheit und Service sind die, die das Ticket jetzt hat; die Organisation ist die der anfragenden Person.
spent-rows = { $months ->
    [one] Einträge mit einem Tag dieses Monats an Tickets, die Sie von innen lesen dürfen. Vertrauliche Tickets stehen hier für die, die in ihrer Einheit arbeiten.
   *[other] Einträge mit einem Tag der letzten { $months } Monate, dieser eingeschlossen, an Tickets, die Sie von innen lesen dürfen. Vertrauliche Tickets stehen hier für die, die in ihrer Einheit arbeiten.
}
spent-entries-title = Einträge des Zeitaufwands
spent-entries-lead = { $months ->
    [one] Aus diesem Monat, die neuesten zuerst.
   *[other] Aus den letzten { $months } Monaten, die neuesten zuerst.
}
spent-see-all = Aller Zeitaufwand
