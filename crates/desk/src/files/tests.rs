//! Files are kept once, under what they are, and a file that is half there is not there.

use super::{FileError, Files, hex};

fn both() -> (tempfile::TempDir, [Files; 2]) {
    let folder = tempfile::tempdir().unwrap();
    let files = [Files::in_folder(&folder.path().join("attachments")), Files::in_memory()];
    (folder, files)
}

#[test]
fn what_was_kept_is_read_and_kept_once() {
    let (folder, all) = both();
    for files in &all {
        let name = files.keep(b"a lamp").unwrap();
        let again = files
            .keep_pieces(|take| {
                take(b"a ");
                take(b"lamp");
            })
            .unwrap();
        assert_eq!(name, again);
        assert_eq!(files.read(&name).unwrap(), b"a lamp");
    }
    let shelves = std::fs::read_dir(folder.path().join("attachments")).unwrap();
    let kept: usize = shelves
        .flat_map(|shelf| std::fs::read_dir(shelf.unwrap().path()).unwrap())
        .filter(|file| file.as_ref().unwrap().file_type().unwrap().is_file())
        .count();
    assert_eq!(kept, 1, "one file, and nothing unfinished beside it");
}

#[test]
fn what_is_missing_is_named() {
    let (_folder, all) = both();
    for files in &all {
        let name = files.keep(b"gone").unwrap();
        files.remove(&name).unwrap();
        files.remove(&name).unwrap();
        let Err(FileError::Missing(named)) = files.read(&name) else { panic!("it was removed") };
        assert_eq!(named, hex(&name));
    }
}

#[test]
fn a_file_that_is_a_little_larger_than_the_one_before_takes_no_more_room_than_it_needs() {
    let (_folder, all) = both();
    for files in &all {
        let (smaller, larger) = (vec![b'a'; 1_000_000], vec![b'b'; 1_000_002]);
        let names = [&smaller, &larger, &smaller].map(|bytes| files.keep(bytes).unwrap());
        let mut room = Vec::new();
        for name in names {
            files.read_into(&name, &mut room).unwrap();
            assert!(room.capacity() < 1_100_000, "{} bytes for {}", room.capacity(), room.len());
        }
        assert_eq!(room, smaller);
    }
}
