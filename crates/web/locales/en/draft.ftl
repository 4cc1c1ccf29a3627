begun-title = Begun, not sent
write-begun = You began to write this and have not sent it. Send or discard it first; then you can write to { $to }.
