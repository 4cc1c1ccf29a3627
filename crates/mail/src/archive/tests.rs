use super::{Mbox, each};

fn mbox(text: &str) -> Vec<String> {
    Mbox::new(text.as_bytes()).map(|message| String::from_utf8(message.unwrap()).unwrap()).collect()
}

#[test]
fn an_mbox_gives_its_messages_and_takes_the_quotes_off() {
    let text = "From kim@example.org Thu Jan  1 00:00:00 2015\nSubject: one\n\n>From here\n>>From there\n\nFrom lee@example.org Thu Jan  1 00:00:00 2015\nSubject: two\n\nFrom now on, prose.\n";
    assert_eq!(
        mbox(text),
        ["Subject: one\n\nFrom here\n>From there\n", "Subject: two\n\nFrom now on, prose.\n"]
    );
}

#[test]
fn a_folder_gives_maildir_mbox_and_single_messages_and_nothing_hidden() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    put("box/cur/1:2,S", "Subject: seen\n\n");
    put("box/new/2", "Subject: new\n\n");
    put("box/tmp/3", "Subject: unfinished\n\n");
    put("list.mbox", "From a@b Thu Jan  1 00:00:00 2015\nSubject: in mbox\n\n");
    put("one.eml", "Subject: alone\n\n");
    put(".hidden", "Subject: hidden\n\n");
    let mut subjects = Vec::new();
    each(folder.path(), &mut |raw| subjects.push(String::from_utf8_lossy(raw).trim().to_owned())).unwrap();
    assert_eq!(subjects, ["Subject: seen", "Subject: new", "Subject: in mbox", "Subject: alone"]);
}
