//! The load harness: fills a database, drives the pages over HTTP and prints what they cost.

fn main() {}
