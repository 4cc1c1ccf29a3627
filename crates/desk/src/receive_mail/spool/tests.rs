//! A mail in the spool is kept once, and one for nobody lies where somebody finds it.

use super::*;

fn count(folder: &Path) -> usize {
    fs::read_dir(folder).map_or(0, Iterator::count)
}

#[test]
fn a_mail_that_is_too_large_or_empty_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let spool = folder.path();
    let large = lay(spool, "a@b.example", None, &mut &b"Subject: x\r\n\r\nmore"[..], 10);
    assert!(matches!(large, Err(SpoolError::TooLarge { most: 10 })));
    assert!(matches!(lay(spool, "a@b.example", None, &mut io::empty(), 10), Err(SpoolError::Empty)));
    assert_eq!((count(&spool.join(NEW)), count(&spool.join(COMING))), (0, 0));
}

#[test]
fn what_was_laid_in_is_read_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let mail = b"Subject: x\n\n{\"inbox\":\"other\"}\n".as_slice();
    let path = lay(folder.path(), "a@b.example", Some("c@d.example"), &mut &*mail, 100).unwrap();
    let (label, from) = label(&path).unwrap();
    let bytes = &fs::read(&path).unwrap()[usize::try_from(from).unwrap()..];
    assert_eq!((label.inbox.as_str(), label.from.as_deref()), ("a@b.example", Some("c@d.example")));
    assert_eq!(bytes, mail);
}

#[test]
fn mails_come_out_in_the_order_in_which_they_went_in() {
    let folder = tempfile::tempdir().unwrap();
    let laid: Vec<PathBuf> =
        (0..5).map(|_| lay(folder.path(), "a@b.example", None, &mut &b"x"[..], 100).unwrap()).collect();
    assert_eq!(names(&folder.path().join(NEW)).unwrap(), laid);
}
