palette = Go, do, search
palette-hint = A number, a name, or what you want to do
palette-find = Find
palette-number = Ticket by its number
palette-act = Do with #{ $number }
palette-own = Yours
palette-go = Go to
palette-views = Views
palette-units = Units and services
palette-everything = Search everything for “{ $words }”
palette-none = Nothing fits. Try fewer letters.
palette-count = { $count ->
    [one] One row.
   *[other] { $count } rows.
}
palette-lost = The desk did not answer. Type again in a moment.
palette-walk = walk
palette-choose = choose
keys-everywhere = Everywhere
keys-lists = In lists
keys-ticket = On a ticket
keys-words = Single keys do nothing while you write or while something lies over the page. You can switch them off in your profile.
key-palette = Go, do, search
key-search = Search
key-overview = This overview
key-close = Close what is open, leave a field
key-next = Next row
key-previous = Previous row
key-open = Open the row
key-select = Select the row
key-filter = Filter this list
key-reply = Write a reply
key-note = Write a note
key-solve = Solve or deliver
key-undo = Undo what you just did
