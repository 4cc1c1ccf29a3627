//! Which scripts a label is written in, to tell a name from its look-alike.

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
    /// Han, kana, bopomofo and hangul, which are written together, also with Latin letters.
    East,
    Other(u32),
}

/// One script only, as far as letters have one.
pub(super) fn is_single(label: &str) -> bool {
    let mut seen: Vec<Script> = Vec::new();
    for script in label.chars().filter_map(script) {
        if !seen.contains(&script) {
            seen.push(script);
        }
    }
    match seen.as_slice() {
        [] | [_] => true,
        [one, two] => {
            matches!((one, two), (Script::East, Script::Latin) | (Script::Latin, Script::East))
        }
        _ => false,
    }
}

fn script(c: char) -> Option<Script> {
    if !c.is_alphabetic() {
        return None;
    }
    Some(match u32::from(c) {
        0x00..=0x24F | 0x1E00..=0x1EFF => Script::Latin,
        0x370..=0x3FF | 0x1F00..=0x1FFF => Script::Greek,
        0x400..=0x52F => Script::Cyrillic,
        0x1100..=0x11FF | 0x3040..=0x31FF | 0x3400..=0x9FFF | 0xAC00..=0xD7AF | 0x2_0000..=0x3_FFFF => {
            Script::East
        }
        other => Script::Other(other >> 7),
    })
}
