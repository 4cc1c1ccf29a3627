//! Mail that comes in.
