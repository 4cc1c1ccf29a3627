recipients = Recipients
recipients-to = To
recipients-cc = Cc
recipients-bcc = Bcc
recipients-help = Separate addresses by commas. Whoever stands in To or Cc gets copies of later replies, too; nobody is shown who stands in Bcc. None of them sees the ticket.
recipients-alone = Reply to the requester only
recipients-all = Reply to all
recipients-remove = Remove { $name }
recipients-send-to = { $count ->
    [one] Send to { $count } person
   *[other] Send to all { $count } people
}
recipients-role-cc = Cc
recipients-role-bcc = Bcc, shown to nobody
recipients-most = People one reply goes to, at most
recipients-most-help = From eleven people on, a reply asks whether all are meant; above this number it is refused. 1 to 1000; 250 is usual.
meanwhile-title = Something new came in while you were writing.
meanwhile-words = Your text and your files were kept and nothing was sent.
meanwhile-anyway = Send anyway
meanwhile-review = Read what is new
unsent-title = Your text, not sent
unsent-closed = The ticket is closed, so that no reply can be sent. Reopen it or copy your text.
unsent-gone = The ticket is not yours to answer any more, or does not exist. Nothing was sent. Here is what you wrote, to copy it.
recipients-many = This goes to { $count } people.
problem-recipient-not-an-address = “{ $text }”, number { $place } under { $field }, is not an e-mail address. Nothing was sent and your text was kept.
problem-recipients-too-many = This goes to { $count } people; one reply through this inbox goes to at most { $most }. Nothing was sent and your text was kept. An administrator can allow more.
problem-recipients-many = This goes to { $count } people. Nothing was sent yet: send it to all of them, or take some off.
problem-recipients-out-of-range = Choose between 1 and { $most } people.
problem-requester-left-out = A reply always goes to the requester, { $address }. Put them back under To or Cc; to write to somebody else alone, forward a message instead. Nothing was sent and your text was kept.
