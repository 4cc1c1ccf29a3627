watch = Beobachten
watch-not = Beobachten
watch-not-words = Von diesem Ticket erfahren Sie nur, was Sie angeht. Beobachten Sie es, um alles zu erfahren, was hier gesagt und getan wird.
watch-is = Beobachtet
watch-is-words = Sie erfahren alles, was hier gesagt und getan wird, solange Sie es lesen dürfen.
watch-muted = Stumm
watch-muted-words = Von diesem Ticket erfahren Sie nichts, außer wenn jemand Sie erwähnt.
watch-begin = Ticket beobachten
watch-end = Nicht mehr beobachten
watch-mute = Stummschalten
watch-unmute = Nicht mehr stumm
watch-who = Es beobachten:
watch-nobody = Niemand beobachtet es.
watch-who-watches = Wer beobachtet es?
mention-help = @ und ein Name sagt es jemandem aus dem Haus.
mention-names = Wer erwähnt werden kann
mention-missed = { $names } kann dieses Ticket nicht sehen und hat nichts davon erfahren.
notices-others =
    { $count ->
        [one] und ein weiteres
       *[other] und { $count } weitere
    }
notice-said-mentioned = { $who } hat Sie in einer Notiz erwähnt
notice-said-noted = { $who } hat eine Notiz geschrieben
notice-said-watched = Es gibt Neues
notice-said-watched-replied = { $who } hat geschrieben
notice-said-watched-solved = { $who } hat es gelöst
notice-said-watched-reopened = { $who } hat es wieder geöffnet
notice-said-watched-closed = Es wurde geschlossen
notice-said-watched-transferred = { $who } hat es an eine andere Einheit gegeben
notice-said-watched-asked = { $who } hat eine andere Einheit angefragt
notice-why-mentioned = Sie lesen das, weil Ihr Name in der Notiz steht. Erwähnungen kommen immer an.
notice-why-watched = Sie lesen das, weil Sie das Ticket beobachten.
notice-mentioned = Jemand erwähnt mich in einer Notiz
notice-noted = Jemand schreibt eine Notiz zu meinem Ticket
notice-watched = Auf einem Ticket, das ich beobachte, geschieht etwas
notice-always = immer
texts-mentioned = Jemand wird erwähnt
texts-noted = Eine Notiz wurde geschrieben
texts-watched = Neues auf einem beobachteten Ticket
notice-save = Auswahl speichern
watch-asking-not-words = Sie hören davon nur, wenn es Ihnen geliefert wird. Beobachten Sie es, um alles zu hören, was hier beide Seiten lesen.
watch-asking-is-words = Sie hören alles, was hier beide Seiten lesen, solange Sie es lesen dürfen.
watch-asking-muted-words = Sie hören nichts von dieser Übergabe.
notice-why-handoff-watched = Sie lesen das, weil Sie eine Übergabe Ihrer Einheit beobachten.
notice-handoff-watched = Auf einer Übergabe meiner Einheit, die ich beobachte, geschieht etwas
texts-handoff-watched = Neues auf einer beobachteten Übergabe
