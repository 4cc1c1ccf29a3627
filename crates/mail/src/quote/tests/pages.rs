//! Pages as the mail programs of the world write them when they answer.

use super::super::visible_of_page;
use crate::html;

fn shown(page: &str) -> String {
    visible_of_page(&html::to_text(page))
}

const ANSWERS: &[(&str, &str)] = &[
    (
        "Gmail",
        "<div dir=ltr>New words.</div><br><div class=\"gmail_quote gmail_quote_container\"><div dir=ltr class=gmail_attr>On Mon, Jan 1, 2024 at 10:00 AM Kim &lt;<a>kim@example.org</a>&gt; wrote:<br></div><blockquote class=gmail_quote>old words</blockquote></div>",
    ),
    (
        "Gmail with a signature",
        "<div>New words.</div><div><span class=gmail_signature_prefix>-- </span><br><div class=gmail_signature>Kim</div></div><div class=gmail_quote>old</div>",
    ),
    (
        "Thunderbird",
        "<p>New words.</p><div class=moz-cite-prefix>Am 01.01.24 um 10:00 schrieb Kim:<br></div><blockquote type=cite cite=mid:x>old words</blockquote><pre class=moz-signature>-- \nKim</pre>",
    ),
    (
        "Apple Mail",
        "<div>New words.</div><div><br><blockquote type=cite><div>On 1 Jan 2024, at 10:00, Kim &lt;kim@example.org&gt; wrote:</div><br><div>old words</div></blockquote></div>",
    ),
    (
        "Apple Mail on a telephone",
        "New words.<br><br><div dir=ltr>Von meinem iPhone gesendet</div><div dir=ltr><br><blockquote type=cite>Am 01.01.2024 um 10:00 schrieb Kim &lt;kim@example.org&gt;:<br><br></blockquote></div><blockquote type=cite>old</blockquote>",
    ),
    (
        "Outlook on the web",
        "<div>New words.</div><div id=appendonsend></div><hr style='display:inline-block'><div id=divRplyFwdMsg><b>From:</b> Kim<br><b>Sent:</b> Monday<br></div><div>old words</div>",
    ),
    (
        "Outlook on the web, ids changed on the way",
        "<div>New words.</div><div id=x_divRplyFwdMsg><b>Von:</b> Kim<br></div><div>old words</div>",
    ),
    (
        "Outlook",
        "<div class=WordSection1><p class=MsoNormal>New words.</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>From:</b> Kim Doe &lt;kim@example.org&gt; <br><b>Sent:</b> Monday, 1 January 2024 10:00<br><b>To:</b> Lee<br><b>Subject:</b> Hi</p></div></div><p class=MsoNormal>old words</p></div>",
    ),
    (
        "Outlook in German",
        "<div class=WordSection1><p>New words.</p><div style='border:none;border-top:solid #B5C4DF 1.0pt'><p><b>Von:</b> Kim <br><b>Gesendet:</b> Montag, 1. Januar 2024 10:00<br><b>An:</b> Lee<br><b>Betreff:</b> Hi</p></div><p>old words</p></div>",
    ),
    (
        "Outlook, the border alone",
        "<div class=WordSection1><p>New words.</p><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in'><p><b>Sendandi:</b> Kim<br><b>Sent:</b> mánudagur</p></div><p>old words</p></div>",
    ),
    (
        "Outlook for Mac",
        "<div>New words.</div><span id=OLK_SRC_BODY_SECTION><div><span>From: </span> Kim<br></div><div>old words</div></span>",
    ),
    (
        "Outlook on a telephone",
        "<div>New words.</div><div id=ms-outlook-mobile-signature>Get <a>Outlook for iOS</a></div><div id=mail-editor-reference-message-container><hr><b>From:</b> Kim<br>old words</div>",
    ),
    (
        "Yahoo",
        "<div>New words.</div><div id=ydp1yahoo_quoted_2 class=yahoo_quoted><div>On Monday Kim wrote:</div>old</div>",
    ),
    (
        "Proton",
        "<div>New words.</div><div class=protonmail_signature_block>Sent with Proton Mail</div><div class=protonmail_quote>On Monday, Kim wrote:<blockquote>old</blockquote></div>",
    ),
    (
        "Zoho",
        "<div>New words.</div><div class=zmail_extra>---- On Mon, 01 Jan 2024 Kim wrote ---<blockquote>old</blockquote></div>",
    ),
    (
        "Tutanota",
        "<div>New words.</div><div>1. Jan. 2024, 10:00 von kim@example.org:<br></div><blockquote class=tutanota_quote>old</blockquote>",
    ),
    (
        "GMX",
        "<div>New words.</div><div name=quote style='margin:10px'><div><b>Gesendet:</b> Montag, 01. Januar 2024 um 10:00 Uhr<br><b>Von:</b> Kim<br></div>old words</div>",
    ),
    (
        "Spark",
        "<div name=messageBodySection>New words.</div><div name=messageSignatureSection>Kim</div><div name=messageReplySection>On Monday, Kim wrote:<blockquote>old</blockquote></div>",
    ),
    (
        "Airmail",
        "<div>New words.</div><div class=bloop_sign>Kim</div><p class=airmail_on>On 1 January 2024 at 10:00:00, Kim (kim@example.org) wrote:</p><blockquote class=clean_bq>old</blockquote>",
    ),
    (
        "Front",
        "<div>New words.</div><blockquote type=cite class=front-blockquote>On Monday Kim wrote: old</blockquote>",
    ),
    (
        "Roundcube",
        "<p>New words.</p><p id=reply-intro>On 2024-01-01 10:00, Kim wrote:</p><blockquote type=cite>old</blockquote>",
    ),
    (
        "Zimbra",
        "<div>New words.</div><hr id=zwchr><div><b>From: </b>Kim<br><b>To: </b>Lee<br><b>Sent: </b>Monday<br><b>Subject: </b>Hi<br></div>old",
    ),
    (
        "NetEase",
        "<div>New words.</div><pre>At 2024-01-01 10:00:00, \"Kim\" &lt;kim@example.org&gt; wrote:</pre><blockquote id=isReplyContent>old</blockquote>",
    ),
    (
        "QQ",
        "<div>New words.</div><div>------------------&nbsp;原始邮件&nbsp;------------------</div><div><b>发件人:</b> Kim</div><div>old</div>",
    ),
    (
        "Yandex",
        "<div>New words.</div><div>01.01.2024, 10:00, \"Kim\" &lt;kim@example.org&gt;:</div><blockquote>old</blockquote>",
    ),
    (
        "mail.ru",
        "<p>New words.</p><blockquote style='border-left:1px solid'>Понедельник, 1 января 2024, 10:00 +03:00 от Kim &lt;kim@example.org&gt;:<br>old</blockquote>",
    ),
    (
        "Superhuman",
        "<div>New words.</div><div class=gmail_extra><div class=gmail_quote>On Monday Kim wrote:<blockquote>old</blockquote></div></div>",
    ),
    ("Hotmail of old", "<div>New words.</div><hr id=stopSpelling>From: kim@example.org<br>old"),
];

#[test]
fn in_10_the_marks_of_mail_programs_are_known_in_pages() {
    for (program, page) in ANSWERS {
        assert_eq!(shown(page), "New words.", "{program}");
    }
}

#[test]
fn in_10_answers_between_quoted_pieces_of_a_page_stay() {
    let page = "<blockquote type=cite>first?</blockquote><p>Yes.</p><blockquote type=cite>second?</blockquote><p>No.</p>";
    assert_eq!(shown(page), "Yes.\n\nNo.");
}

#[test]
fn in_10_what_a_page_passes_on_is_no_history() {
    let page = "<div>For you.</div><div class=gmail_quote><div class=gmail_attr>---------- Forwarded message ---------<br>From: Kim</div>passed on</div>";
    assert!(shown(page).contains("passed on"), "{}", shown(page));
}

#[test]
fn in_10_a_table_with_a_line_above_is_no_history() {
    let page = "<p>Totals:</p><div style='border-top:solid 1px'><p>Sum: 3</p></div><p>Thanks</p>";
    assert!(shown(page).ends_with("Thanks"), "{}", shown(page));
}

#[test]
fn in_10_what_the_writer_quotes_by_hand_stays() {
    for page in [
        "<p>Like this:</p><blockquote class=gmail_quote><div>a line of a song</div></blockquote>",
        "<p>Like this:</p><blockquote>a line of a song</blockquote><p>On 1 Jan 2024, Kim &lt;kim@example.org&gt; wrote:</p><blockquote>old</blockquote>",
    ] {
        assert!(shown(page).ends_with("a line of a song"), "{page}: {}", shown(page));
    }
    let answered = "<p>New.</p><blockquote>old</blockquote><p>Less old</p>";
    assert_eq!(shown(answered), "New.\n\nLess old", "one alone is what is answered");
}
