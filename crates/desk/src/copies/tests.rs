//! Who gets copies, and who does not.
