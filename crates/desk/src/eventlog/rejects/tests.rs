use super::{Reject, Writer};

fn reject(raw: &[u8]) -> Reject {
    Reject { line: 7, reason: "no case id in column \"id\"".into(), raw: raw.to_vec() }
}

#[test]
fn without_rejects_there_is_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rejects.csv");
    assert_eq!(Writer::lazy(&path).finish().unwrap(), None);
    assert!(!path.exists());
    assert_eq!(Writer::create(&path).unwrap().finish().unwrap(), Some(path.clone()));
    assert_eq!(std::fs::read_to_string(path).unwrap(), "line,reason,raw\n");
}

#[test]
fn a_reject_keeps_its_bytes_even_when_they_are_no_text() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rejects.csv");
    let mut writer = Writer::lazy(&path);
    writer.write(&reject(b",\"a\nb\",\xff")).unwrap();
    assert_eq!(writer.count(), 1);
    let path = writer.finish().unwrap().unwrap();
    let mut reader = ::csv::Reader::from_path(path).unwrap();
    let records: Vec<_> = reader.byte_records().map(Result::unwrap).collect();
    assert_eq!(records.len(), 1);
    assert_eq!(&records[0][0], b"7");
    assert_eq!(&records[0][2], b",\"a\nb\",\xff");
}

#[test]
fn a_file_that_cannot_be_made_is_an_error() {
    let path = std::path::Path::new("/nowhere/at/all/rejects.csv");
    assert!(Writer::lazy(path).write(&reject(b"x")).is_err());
}
