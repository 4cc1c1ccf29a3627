use std::collections::BTreeSet;

use super::*;

#[test]
fn every_preset_has_a_key_of_its_own_and_is_found_by_it() {
    let keys: BTreeSet<_> = PRESETS.iter().map(|preset| preset.key).collect();
    assert_eq!(keys.len(), PRESETS.len());
    for preset in PRESETS {
        assert_eq!(by_key(preset.key), Some(preset));
    }
    assert_eq!(by_key("unknown"), None);
}

#[test]
fn no_preset_sends_a_password_in_the_open() {
    let servers = PRESETS.iter().flat_map(|preset| [preset.imap, preset.smtp]).flatten();
    for server in servers {
        let standard = match server.port {
            993 | 465 => Security::Tls,
            587 | 143 => Security::StartTls,
            other => panic!("{} has the unusual port {other}", server.host),
        };
        assert_eq!(server.security, standard, "{}", server.host);
    }
}
