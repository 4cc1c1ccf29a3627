//! What is true: pure values and rules, without database, network, files, clock or randomness.
