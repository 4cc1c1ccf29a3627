inplace-title = This ticket
inplace-holder = Assigned to
