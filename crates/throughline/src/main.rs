//! The binary: command line, configuration, workers and wiring.

fn main() {}
