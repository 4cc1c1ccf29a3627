notice-said-replied = Sie haben eine neue Antwort
notice-replied = Mein eigenes Ticket wurde beantwortet, und keine Mail bringt die Antwort
texts-replied = Eine Antwort, die keine andere Mail bringt
