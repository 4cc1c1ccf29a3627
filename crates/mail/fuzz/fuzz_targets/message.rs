//! Raw bytes never break the reader: `cargo fuzz run message seeds` in this folder.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mail::{Limits, Trouble, inspect, parse};

fuzz_target!(|raw: &[u8]| {
    let before = raw.to_vec();
    match parse::message(raw, &Limits::default()) {
        Ok(message) => {
            for attachment in &message.attachments {
                let mut size = 0;
                attachment.stream(raw, &mut |piece| size += piece.len() as u64);
                assert_eq!(size, attachment.size);
            }
        }
        Err(trouble) => assert_ne!(trouble, Trouble::Broke),
    }
    inspect::message(raw, &Limits::default());
    assert_eq!(before, raw);
});
