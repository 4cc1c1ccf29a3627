//! Bytes to messages and back: read, judge, thread, compose; IMAP, SMTP and LMTP.
