//! Markdown that people write becomes HTML that is safe to show to other people.

use std::sync::LazyLock;

use maud::{Markup, PreEscaped, Render, html};
use pulldown_cmark::{
    Alignment, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream,
};

/// HTML that has been through the allow-list; nothing else makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SafeHtml(String);

impl SafeHtml {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Render for SafeHtml {
    fn render_to(&self, buffer: &mut String) {
        buffer.push_str(&self.0);
    }
}

/// Longer texts are shown as they were written.
pub const MOST_BYTES: usize = 128 * 1024;
/// Cleaning is quadratic in the characters that HTML must escape: 25,000 of them in one paragraph took seconds.
pub const MOST_ESCAPES: usize = 4000;
/// Quotes in lists in quotes: deeper texts are shown as they were written.
pub const DEEPEST: usize = 24;

/// Text with bold, lists, quotes, code, tables and links; too long or too deep a text is kept plain.
pub fn render(text: &str) -> SafeHtml {
    calling(text, &[])
}

/// [`render`] with the names of people who are called in the text marked.
pub fn calling(text: &str, names: &[&str]) -> SafeHtml {
    if text.len() > MOST_BYTES || escapes(text) > MOST_ESCAPES || text.lines().any(too_deep) {
        return plain(text);
    }
    match parts(text, names) {
        Some(parts) => {
            let mut written = String::with_capacity(text.len() * 3 / 2);
            pulldown_cmark::html::push_html(&mut written, parts.events.into_iter());
            SafeHtml(if parts.linked { ALLOWED.clean(&written).to_string() } else { written })
        }
        None => plain(text),
    }
}

/// A picture that a text shows: how it names it, and where it lies here.
pub struct Picture {
    pub content_id: String,
    pub address: String,
}

/// [`render`] with the pictures that hang on the text where it names them.
pub fn pictured(text: &str, pictures: &[Picture]) -> SafeHtml {
    // Only signs of ours may stand for a picture.
    if pictures.is_empty() || text.contains(MARKS) {
        return render(text);
    }
    let mut marked = text.to_owned();
    let mut images: Vec<Markup> = Vec::new();
    for picture in pictures {
        marked = with_marks(&marked, &format!("](cid:{})", picture.content_id), |words| {
            images.push(html! { img src=(picture.address) alt=(words) loading="lazy"; });
            mark(images.len() - 1)
        });
    }
    let SafeHtml(mut shown) = render(&marked);
    for (place, PreEscaped(image)) in images.iter().enumerate() {
        shown = shown.replace(&mark(place), image);
    }
    SafeHtml(shown)
}

/// Signs that nobody writes.
const MARKS: [char; 2] = ['\u{e000}', '\u{e001}'];

fn mark(place: usize) -> String {
    format!("{}{place}{}", MARKS[0], MARKS[1])
}

/// Puts a mark in the place of each image that ends so; whoever makes it is told the words of the image.
fn with_marks(text: &str, end: &str, mut mark: impl FnMut(&str) -> String) -> String {
    let mut pieces = text.split(end).peekable();
    let mut marked = String::with_capacity(text.len());
    while let Some(piece) = pieces.next() {
        let image = piece.rsplit_once("![").filter(|_| pieces.peek().is_some());
        match image {
            Some((before, words)) => {
                marked.push_str(before);
                marked.push_str(&mark(words));
            }
            None if pieces.peek().is_some() => {
                marked.push_str(piece);
                marked.push_str(end);
            }
            None => marked.push_str(piece),
        }
    }
    marked
}

/// The text as it was written, line breaks and all.
pub fn plain(text: &str) -> SafeHtml {
    let shown: Markup = html! { pre.plain { (text) } };
    let PreEscaped(written) = shown;
    SafeHtml(written)
}

/// Words that are no Markdown, such as a mail's: their lines as they are, and addresses as links.
pub fn written(text: &str) -> SafeHtml {
    let shown: Markup = html! { div.written dir="auto" { @for piece in pieces(text) { (piece) } } };
    let PreEscaped(written) = shown;
    SafeHtml(written)
}

fn pieces(text: &str) -> impl Iterator<Item = Markup> {
    text.split_inclusive(char::is_whitespace).map(|piece| {
        let (before, address, after) = address_in(piece);
        html! {
            (before)
            @if !address.is_empty() { a href=(address) rel="noopener noreferrer nofollow" { (address) } }
            (after)
        }
    })
}

/// A web address in a word, with what stands around it; what closes a sentence is not part of it.
fn address_in(piece: &str) -> (&str, &str, &str) {
    let start = piece.find("https://").or_else(|| piece.find("http://")).unwrap_or(piece.len());
    let (before, rest) = piece.split_at(start);
    let address = rest.trim_end().trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"', '\'', '>']);
    let bare = matches!(address, "http://" | "https://" | "http" | "https");
    let (address, after) = rest.split_at(if bare { 0 } else { address.len() });
    (before, address, after)
}

static ALLOWED: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut allowed = ammonia::Builder::empty();
    allowed
        .add_tags([
            "p",
            "br",
            "strong",
            "em",
            "del",
            "code",
            "mark",
            "pre",
            "blockquote",
            "ul",
            "ol",
            "li",
            "a",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
        ])
        .generic_attributes([].into())
        .add_tag_attributes("a", ["href"])
        .add_tag_attributes("ol", ["start"])
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"));
    allowed
});

fn escapes(text: &str) -> usize {
    text.bytes().filter(|byte| matches!(byte, b'&' | b'<' | b'>')).count()
}

// Before parsing: the marks that open a level stand at the start of a line.
fn too_deep(line: &str) -> bool {
    let opening = line
        .chars()
        .take_while(|letter| matches!(letter, '>' | '-' | '*' | '+' | ' ' | '\t' | '0'..='9' | '.' | ')'));
    opening.filter(|letter| matches!(letter, '>' | '+' | '-' | '*' | '.' | ')')).count() > DEEPEST
        && !is_rule(line)
}

// A line of dashes is a rule or an underline, however long.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    ["-", "*", "="].into_iter().any(|mark| line.chars().all(|letter| mark.contains(letter)))
}

/// What a text is made of.
struct Parts<'a> {
    events: Vec<Event<'a>>,
    /// It has an address. Without one, what is written is a fixed set of marks without attributes around
    /// escaped words, and the allow-list, which costs ten times the parsing, would change nothing.
    linked: bool,
}

/// The parts of the text with HTML as text and images as links; `None` when it nests too deep.
fn parts<'a>(text: &'a str, names: &[&str]) -> Option<Parts<'a>> {
    let mut events = Vec::new();
    let mut depth = 0_usize;
    let mut verbatim = 0_usize;
    for event in
        TextMergeStream::new(Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES))
    {
        match &event {
            Event::Start(tag) => {
                depth += 1;
                verbatim +=
                    usize::from(matches!(tag, Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)));
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                verbatim -= usize::from(matches!(tag, TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock))
                    .min(verbatim);
            }
            _ => {}
        }
        if depth > DEEPEST {
            return None;
        }
        match event {
            Event::Html(html) | Event::InlineHtml(html) => events.push(Event::Text(html)),
            Event::SoftBreak | Event::HardBreak => {
                events.push(Event::InlineHtml(CowStr::Borrowed("<br>\n")));
            }
            // The language of a listing and the alignment of a column would be attributes.
            Event::Start(Tag::CodeBlock(_)) => {
                events.push(Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)));
            }
            Event::Start(Tag::Table(columns)) => {
                events.push(Event::Start(Tag::Table(vec![Alignment::None; columns.len()])));
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                events.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
            }
            Event::End(TagEnd::Image) => events.push(Event::End(TagEnd::Link)),
            Event::Text(words) if verbatim == 0 => mark_names(words, names, &mut events),
            other => events.push(other),
        }
    }
    let linked = events.iter().any(|event| matches!(event, Event::Start(Tag::Link { .. })));
    Some(Parts { events, linked })
}

/// Names are marked; between them, web addresses become links.
fn mark_names<'a>(words: CowStr<'a>, names: &[&str], events: &mut Vec<Event<'a>>) {
    let mut from = 0;
    for place in domain::mention::called(&words, names) {
        link_addresses(words[from..place.start].to_owned().into(), events);
        from = place.end;
        events.push(Event::InlineHtml(CowStr::Borrowed("<mark>")));
        events.push(Event::Text(words[place].to_owned().into()));
        events.push(Event::InlineHtml(CowStr::Borrowed("</mark>")));
    }
    link_addresses(if from == 0 { words } else { words[from..].to_owned().into() }, events);
}

/// Bare web addresses become links; what closes a sentence is not part of one.
fn link_addresses<'a>(words: CowStr<'a>, events: &mut Vec<Event<'a>>) {
    if !words.contains("http://") && !words.contains("https://") {
        events.push(Event::Text(words));
        return;
    }
    for piece in words.split_inclusive(char::is_whitespace) {
        let (before, address, after) = address_in(piece);
        events.push(Event::Text(before.to_owned().into()));
        if !address.is_empty() {
            let link = Tag::Link {
                link_type: LinkType::Autolink,
                dest_url: address.to_owned().into(),
                title: CowStr::Borrowed(""),
                id: CowStr::Borrowed(""),
            };
            events.push(Event::Start(link));
            events.push(Event::Text(address.to_owned().into()));
            events.push(Event::End(TagEnd::Link));
        }
        events.push(Event::Text(after.to_owned().into()));
    }
}

#[cfg(test)]
mod tests;
