use std::io::{Read, Write};

use super::{Format, Source, open, stem};
use crate::eventlog::Error;

fn text_of(source: Source) -> String {
    let mut text = String::new();
    source.into_reader().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn gzip_zstd_and_plain_files_read_the_same() {
    let plain = "case,activity\n1,Opened\n".repeat(1000);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(plain.as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    let zstd = zstd::encode_all(plain.as_bytes(), 1).unwrap();
    for bytes in [plain.clone().into_bytes(), gzip, zstd] {
        let total = bytes.len() as u64;
        let source = Source::from_bytes("log", bytes).unwrap();
        let progress = source.progress();
        assert_eq!(text_of(source), plain);
        assert_eq!((progress.read_bytes(), progress.total_bytes()), (total, total));
    }
}

#[test]
fn the_format_is_seen_in_the_first_character_and_a_mark_is_skipped() {
    for (text, format) in [
        ("\u{feff}a,b\n", Format::Csv),
        ("\u{feff} <?xml version=\"1.0\"?><log/>", Format::Xes),
        ("\n{\"events\":[]}", Format::Ocel),
    ] {
        let source = Source::from_bytes("log", text).unwrap();
        assert_eq!(source.format(), format);
        assert_eq!(text_of(source), text.trim_start_matches('\u{feff}'));
    }
}

#[test]
fn an_empty_a_missing_and_a_utf16_file_are_refused() {
    assert!(matches!(Source::from_bytes("log", ""), Err(Error::Empty { .. })));
    assert!(matches!(Source::from_bytes("log", b"\xff\xfea\0"), Err(Error::Utf16 { .. })));
    let folder = tempfile::tempdir().unwrap();
    for path in [folder.path().join("none.csv"), folder.path().to_path_buf()] {
        assert!(matches!(open(&path), Err(Error::Open { .. })));
    }
}

#[test]
fn a_name_has_no_folder_and_no_endings() {
    for (path, expected) in [
        ("/data/PermitLog.xes.gz", "PermitLog"),
        ("log.csv.zst", "log"),
        ("a.b.csv", "a.b"),
        (".csv", ".csv"),
    ] {
        assert_eq!(stem(std::path::Path::new(path)), expected);
    }
}
