//! The language as people write it: what is understood, what is said otherwise, and what never happens.

mod invented;
mod meaning;
mod reading;
mod typing;
