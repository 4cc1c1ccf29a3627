//! Small logs into a desk in memory.
