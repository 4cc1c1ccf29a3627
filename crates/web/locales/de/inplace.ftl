inplace-title = Dieses Ticket
inplace-holder = Zugeteilt an
