//! Holiday files as calendar programs write them.
