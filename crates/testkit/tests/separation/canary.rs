//! A word that stands in one text of the world and nowhere else.

/// Which text it stands in, the word itself, and who may read it.
pub(crate) struct Canary {
    pub(crate) name: &'static str,
    pub(crate) word: String,
    pub(crate) for_whom: Vec<&'static str>,
}

/// The word for a text: the same each time, and like no other.
pub(crate) fn word(name: &str) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in name.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("canary{hash:016x}")
}
