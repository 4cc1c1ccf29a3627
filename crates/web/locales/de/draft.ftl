begun-title = Begonnen, nicht gesendet
write-begun = Das begannen Sie zu schreiben und sendeten es nicht. Senden oder verwerfen Sie es zuerst; dann können Sie an { $to } schreiben.
