//! What people may write, and what nobody may.

use proptest::prelude::*;

use std::time::{Duration, Instant};

fn shown(text: &str) -> String {
    super::render(text).as_str().to_owned()
}

#[test]
fn ordinary_marks_work() {
    assert_eq!(
        shown("**bold** and *soft* and ~~gone~~"),
        "<p><strong>bold</strong> and <em>soft</em> and <del>gone</del></p>\n"
    );
    assert_eq!(shown("one\ntwo"), "<p>one<br>\ntwo</p>\n");
    assert!(shown("- a\n- b").contains("<li>a</li>"));
    assert!(shown("> quoted").contains("<blockquote>"));
    assert!(shown("| a | b |\n|---|---|\n| 1 | 2 |").contains("<td>1</td>"));
    assert!(!shown("a\n\n---------------------------------------------\n\nb").contains("plain"));
}

#[test]
fn links_tell_nobody_where_they_come_from() {
    let link = r#"<a href="https://example.org/a" rel="noopener noreferrer nofollow">"#;
    assert!(shown("[x](https://example.org/a)").contains(link));
    assert!(shown("see https://example.org/a.").contains(&format!("{link}https://example.org/a</a>.")));
    assert!(shown("(<https://example.org/a>)").contains(link));
}

#[test]
fn remote_images_become_links() {
    let page = shown("![a pixel](https://example.org/p.gif)");
    assert!(!page.contains("<img") && page.contains(">a pixel</a>"), "{page}");
}

#[test]
fn hostile_texts_stay_words() {
    let vectors = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java\tscript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "[x](//evil.example/)",
        "<javascript:alert(1)>",
        "![x](javascript:alert(1))",
        "![x](\"onerror=\"alert(1))",
        "[x](https://e.example/\"onmouseover=\"alert(1))",
        "[x](https://e.example 'a\" onclick=\"alert(1)')",
        "<svg/onload=alert(1)>",
        "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<div style=\"position:fixed;inset:0\">x</div>",
        "<style>*{display:none}</style>",
        "<iframe srcdoc=\"<script>alert(1)</script>\">",
        "<form action=https://e.example><input name=csrf_token></form>",
        "```html\"onload=alert(1)\n<script>alert(1)</script>\n```",
        "`<script>alert(1)</script>`",
        "<!--><script>alert(1)</script>-->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "[a]: javascript:alert(1)\n\n[a]",
        "http://e.example/\"onmouseover=alert(1)",
    ];
    for vector in vectors {
        let page = shown(vector);
        for tag in page.split('<').skip(1) {
            let inside = tag.split('>').next().expect("a tag");
            let name: String =
                inside.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
            let known =
                ["p", "br", "a", "code", "pre", "blockquote", "em", "strong"].contains(&name.as_str());
            assert!(known, "{vector} made <{inside}>");
            assert!(!inside.contains(" on") && !inside.contains(" style"), "{vector} made <{inside}>");
            let address = inside.split_once("href=\"").map_or("", |(_, rest)| rest);
            assert!(address.is_empty() || address.starts_with("http"), "{vector} made <{inside}>");
        }
    }
}

#[test]
fn too_deep_or_too_long_a_text_is_shown_as_written_and_soon() {
    let began = Instant::now();
    let texts = [
        "> ".repeat(50_000),
        format!("{}x", "- ".repeat(50_000)),
        "a\n".repeat(60_000),
        format!("{}a{}", "*a **b ".repeat(20_000), "**".repeat(20_000)),
        "[".repeat(100_000),
        "![".repeat(60_000),
        format!("{}x{}", "[".repeat(5000), "](https://e.example)".repeat(5000)),
        "<b><i>".repeat(20_000),
        "`".repeat(100_000),
        "|".repeat(100_000),
        "<!--".repeat(40_000),
        "&".repeat(200_000),
        "&".repeat(super::MOST_ESCAPES),
    ];
    for text in &texts {
        let page = shown(text);
        assert!(page.len() <= text.len() * 8 + 200);
    }
    assert!(shown(&texts[0]).starts_with("<pre class=\"plain\">"));
    assert!(shown(&texts[11]).starts_with("<pre class=\"plain\">"));
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}

/// Marks, HTML and odd characters in any order: what people type, and what somebody would try.
fn anything() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ a-zA-Z0-9]{0,8}",
        "[\\PC\r\t]{0,4}",
        prop::sample::select(vec![
            "\n",
            "\n\n",
            "* ",
            "- ",
            "1. ",
            "7) ",
            "> ",
            "# ",
            "## ",
            "**",
            "*",
            "_",
            "~~",
            "`",
            "```\n",
            "    ",
            "```html onload=x\n",
            "---\n",
            "===\n",
            "| a | b |\n|:--|--:|\n| 1 | 2 |\n",
            "\\",
            "  \n",
            "<b>",
            "</p>",
            "<script>",
            "<!--",
            "<![CDATA[",
            "&amp;",
            "&lt;",
            "&#60;",
            "<",
            ">",
            "\"",
            "'",
            "&",
            "</pre>",
            "<td>",
            "<p",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    /// Where the allow-list is passed over it would have changed nothing but how a character is spelt.
    #[test]
    fn without_an_address_the_allow_list_changes_nothing(text in anything()) {
        let Some(parts) = super::parts(&text, &[]) else { return Ok(()) };
        prop_assume!(!parts.linked);
        let mut written = String::new();
        pulldown_cmark::html::push_html(&mut written, parts.events.into_iter());
        let spelt = written.replace("\r\n", "\n").replace('\r', "\n").replace("&quot;", "\"").replace('\u{a0}', "&nbsp;").replace("<hr />", "<hr>");
        prop_assert_eq!(super::ALLOWED.clean(&written).to_string(), spelt);
    }
}

#[test]
fn what_came_by_mail_keeps_its_lines_and_links_its_addresses() {
    let shown =
        super::written("Dear *all*,\n  <b>see</b> https://example.org/a?b=1&c=2.\nhttp:// and javascript:x");
    assert_eq!(
        shown.as_str(),
        "<div class=\"written\" dir=\"auto\">Dear *all*,\n  &lt;b&gt;see&lt;/b&gt; \
         <a href=\"https://example.org/a?b=1&amp;c=2\" rel=\"noopener noreferrer nofollow\">https://example.org/a?b=1&amp;c=2</a>.\n\
         http:// and javascript:x</div>"
    );
}

#[test]
fn a_picture_stands_where_the_text_names_it_and_nowhere_else() {
    use super::{Picture, pictured};
    let pictures = [Picture { content_id: "a1@files".to_owned(), address: "/tickets/1/images/2".to_owned() }];
    let shown = |text: &str| pictured(text, &pictures).as_str().to_owned();
    let image = |words: &str| format!("<img src=\"/tickets/1/images/2\" alt=\"{words}\" loading=\"lazy\">");
    let lamp = image("the lamp");
    assert_eq!(shown("Look: ![the lamp](cid:a1@files) there"), format!("<p>Look: {lamp} there</p>\n"));
    let twice = shown("![x](cid:a1@files) and **b** and ![y](cid:a1@files)");
    assert!(twice.contains(&image("x")) && twice.contains(&image("y")), "each with its own words: {twice}");
    assert!(shown("![a \"<b>\"](cid:a1@files)").contains(&image("a &quot;&lt;b&gt;&quot;")));
    assert!(!shown("![x](cid:other@files)").contains("<img"));
    assert!(!shown("![x](https://spy.example/1.gif)").contains("<img"));
    assert!(!shown("\u{e000}0\u{e001} ![x](cid:a1@files)").contains("<img"), "the marks are ours");
    assert_eq!(shown("](cid:a1@files)"), "<p>](cid:a1@files)</p>\n");
}

#[test]
fn names_that_were_told_are_marked_and_nothing_else() {
    let names = ["Kim <b>", "Bo Berg"];
    let marked = |text: &str| super::calling(text, &names).as_str().to_owned();
    assert_eq!(
        marked("Ask @bo berg, *@Bo Berg*!"),
        "<p>Ask <mark>@bo berg</mark>, <em><mark>@Bo Berg</mark></em>!</p>\n"
    );
    assert_eq!(marked("@Kim <b> here"), "<p>@Kim &lt;b&gt; here</p>\n", "what looks like HTML is in pieces");
    assert!(!marked("`@Bo Berg` and @Bob").contains("<mark>"));
    let with_link = marked("@Bo Berg, see https://desk.example/@Bo");
    assert!(
        with_link.contains("<mark>@Bo Berg</mark>")
            && with_link.contains("href=\"https://desk.example/@Bo\"")
    );
    assert_eq!(super::render("<mark>@Bo Berg</mark>").as_str(), "<p>&lt;mark&gt;@Bo Berg&lt;/mark&gt;</p>\n");
}
