notices-title = Mitteilungen
notices-all = Alle Mitteilungen
notices-none = Noch nichts mitzuteilen. Hier lesen Sie, was Sie angeht: Tickets, die man Ihnen übergibt, Antworten, Zusagen, die bald enden.
notices-no-more = Das waren alle.
notices-read-all = Alle als gelesen markieren
notices-read-one = Als gelesen markieren: #{ $number }
notices-choose = Auswählen, was Ihnen mitgeteilt wird
notices-unread =
    { $count ->
        [one] { $shown } ungelesene Mitteilung
       *[other] { $shown } ungelesene Mitteilungen
    }
notices-somebody = Jemand
notices-times = { $count }-mal
notices-is-unread = Ungelesen
notice-said-given = { $who } hat Ihnen dieses Ticket übergeben
notice-said-answered = { $who } hat Ihnen geschrieben
notice-said-delivered = { $who } hat geliefert, was Sie angefragt haben
notice-said-returned = { $who } hat diese Übergabe zurückgegeben
notice-said-ends-soon = Eine Zusage endet bald
notice-said-stranger-wrote = Jemand Unbeteiligtes hat zu diesem Ticket geschrieben
notice-said-solved = Ihr Ticket wurde gelöst
notice-said-closed = Ihr Ticket hat sich von selbst geschlossen
notice-why-given = Sie lesen das, weil Ihnen das Ticket übergeben wurde.
notice-why-holds = Sie lesen das, weil das Ticket bei Ihnen liegt.
notice-why-asked = Sie lesen das, weil Sie es angefragt haben.
notice-why-own = Sie lesen das, weil es Ihr eigenes Ticket ist.
notice-board = Am Desk
notice-mail = Per Mail
notice-what = Was geschieht
