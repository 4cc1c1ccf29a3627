//! Replies leave by mail, can be taken back, and end every loop.
