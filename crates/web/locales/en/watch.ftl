watch = Watching
watch-not = Watch
watch-not-words = You are told of this ticket only what concerns you. Watch it to be told of everything that is said and done here.
watch-is = Watching
watch-is-words = You are told of everything that is said and done here, as long as you may read it.
watch-muted = Muted
watch-muted-words = You are told nothing of this ticket but when somebody mentions you.
watch-begin = Watch this ticket
watch-end = Stop watching
watch-mute = Mute it
watch-unmute = No longer mute it
watch-who = Watching now:
watch-nobody = Nobody watches it.
watch-who-watches = Who watches it?
mention-help = @ and a name tells a colleague.
mention-names = Colleagues to mention
mention-missed = { $names } cannot see this ticket and was not told.
notices-others =
    { $count ->
        [one] and another one
       *[other] and { $count } others
    }
notice-said-mentioned = { $who } mentioned you in a note
notice-said-noted = { $who } wrote a note
notice-said-watched = There is news
notice-said-watched-replied = { $who } wrote
notice-said-watched-solved = { $who } solved it
notice-said-watched-reopened = { $who } reopened it
notice-said-watched-closed = It was closed
notice-said-watched-transferred = { $who } moved it to another unit
notice-said-watched-asked = { $who } asked another unit
notice-why-mentioned = You get this because your name is in the note. Mentions always arrive.
notice-why-watched = You get this because you watch the ticket.
notice-mentioned = Somebody mentions me in a note
notice-noted = A colleague writes a note on my ticket
notice-watched = Something happens on a ticket that I watch
notice-always = always
texts-mentioned = Somebody is mentioned
texts-noted = A note was written
texts-watched = News on a watched ticket
notice-save = Save what I am told
watch-asking-not-words = You are told only when it is delivered to you. Watch it to be told of everything that both sides read here.
watch-asking-is-words = You are told of everything that both sides read here, as long as you may read it.
watch-asking-muted-words = You are told nothing of this hand-off.
notice-why-handoff-watched = You get this because you watch a hand-off of your unit.
notice-handoff-watched = Something happens on a hand-off of my unit that I watch
texts-handoff-watched = News on a watched hand-off
