use super::{SafeHtml, sanitise, sanitise_with_remote_images, to_text};

const LIMIT: usize = 1024 * 1024;

fn safe(source: &str) -> String {
    sanitise(source, LIMIT).unwrap().as_str().to_owned()
}

#[test]
fn c1_nothing_that_runs_is_left() {
    for source in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mtext><img src=x onerror=alert(1)>",
        "<iframe src=//evil></iframe>",
        "<a href='data:text/html,x'>x</a>",
        "<scr<script>ipt>alert(1)</script>",
        "<style>@import 'x'</style>",
        "<form action=x><input>",
        "<p style='position:fixed'>x</p>",
        "<object data=x></object>",
        "<base href=//evil>",
        "<meta http-equiv=refresh content=0>",
    ] {
        let clean = safe(source).to_lowercase();
        for sign in [
            "<script",
            "onerror",
            "javascript:",
            "data:",
            "<svg",
            "<math",
            "<iframe",
            "style",
            "<form",
            "<object",
            "<base",
            "<meta",
            "@import",
        ] {
            assert!(!clean.contains(sign), "{source} gave {clean}");
        }
    }
}

#[test]
fn c2_sanitising_twice_changes_nothing() {
    for source in
        ["<p>a<b>b</p>c</b>", "<table><p>x<tr><td>y", "<a href=http://x.example>l</a>", "&lt;script&gt;"]
    {
        assert_eq!(safe(&safe(source)), safe(source), "{source}");
    }
}

#[test]
fn in_10_remote_images_wait_for_a_click_and_inline_ones_do_not() {
    let source = "<img src='http://t.example/p.gif'><img src='cid:a&amp;b@x'>";
    let clean = sanitise(source, LIMIT).unwrap();
    assert_eq!(clean.remote_images(), 1);
    assert!(!clean.as_str().contains("t.example"));
    let placed = clean.with_inline_images(|id| (id == "a&b@x").then(|| "/attachments/7".to_owned()));
    assert!(placed.contains("src=\"/attachments/7\""), "{placed}");
    assert!(sanitise_with_remote_images(source, LIMIT).unwrap().as_str().contains("http://t.example/p.gif"));
}

#[test]
fn m22_html_past_what_is_bearable_is_not_shown_as_html() {
    assert!(sanitise(&"<div>".repeat(600), LIMIT).is_none(), "too deep");
    assert!(sanitise(&"<div>".repeat(400), LIMIT).is_some());
    let bold: String = (0..400).map(|i| format!("<b id={i}>")).collect();
    let many = format!("<p>{bold}{}", "</p><p>x".repeat(2_000));
    assert!(sanitise(&many, LIMIT).is_none(), "too many elements");
    assert!(sanitise("<p>long</p>", 5).is_none(), "too long");
}

#[test]
fn a_page_becomes_lines_that_remember_what_was_quoted() {
    let page = to_text(
        "<div>Hi&nbsp;Kim,<br>yes</div><div class=\"gmail_signature\">Lee</div><div class=gmail_quote><div>old</div>words</div><p>after</p>",
    );
    let line = |text: &str| page.lines.iter().find(|line| line.text == text).unwrap();
    assert!(!line("Hi Kim,").is_quoted && !line("yes").is_quoted);
    assert!(line("Lee").is_signature && line("words").is_quoted && line("old").is_quoted);
    assert!(!line("after").is_quoted);
}

#[test]
fn what_is_passed_on_in_a_quoting_element_stays_visible() {
    let page = to_text(
        "FYI<div class=gmail_quote>---------- Forwarded message ---------<br>From: kim@example.org<br><br>words</div>",
    );
    assert!(crate::quote::visible_of_page(&page).contains("words"));
}

#[test]
fn scripts_and_styles_are_no_text() {
    assert_eq!(
        to_text("<style>p{color:red}</style><script>var a = '<p>no</p>';</script><p>yes</p>").plain(),
        "yes"
    );
}

#[test]
fn in_10_a_tag_with_more_attributes_than_mailers_write_ends_the_page() {
    let tag: String = (0..300).map(|at| format!("a{at}=b ")).collect();
    let page = format!("<p>before</p><p {tag}>{}</p>behind", "x ".repeat(2_000));
    assert_eq!(sanitise(&page, LIMIT), None);
    let read = to_text(&page).plain();
    assert!(read.starts_with("before") && !read.contains("behind"));
    let bodies: String = (0..300).map(|at| format!("<body a{at}=b>")).collect();
    assert_eq!(sanitise(&bodies, LIMIT), None, "the body is one element");
}

#[test]
fn in_10_a_tag_that_does_not_end_is_not_read_to_its_end() {
    let endless = format!("<p>before</p><p {}", "a b ".repeat(40_000));
    assert_eq!(sanitise(&endless, LIMIT), None);
    assert_eq!(to_text(&endless).plain(), "before");
    let picture =
        format!("<p>before</p><img src=\"data:image/png;base64,{}\"><p>behind</p>", "QUJD/".repeat(9_000));
    assert!(to_text(&picture).plain().contains("behind"), "a large picture is one attribute");
}

#[test]
fn in_10_a_page_of_nothing_but_errors_is_not_shown() {
    assert_eq!(sanitise(&"<".repeat(300_000), LIMIT), None);
}

#[test]
fn markup_that_was_kept_still_counts_the_images_that_were_left_out() {
    let source = "<img src=\"https://a.example/1.gif\"><img alt=\"two\" src=\"http://a.example/2.gif\"><img src=\"cid:x\">";
    let made = sanitise(source, LIMIT).unwrap();
    let kept = SafeHtml::kept(made.as_str().to_owned());
    assert_eq!(kept, made);
    assert_eq!(kept.remote_images(), 2);
}
