//! A page as lines of text that remember what was marked as quoted or as a signature.

use std::cell::RefCell;

use super::feed;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};

/// What a page says, line by line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub text: String,
    /// Inside an element in which mailers put what they answer.
    pub is_quoted: bool,
    /// When the writer may have drawn that element by hand.
    pub drawn: Drawn,
    /// Inside an element in which mailers put signatures.
    pub is_signature: bool,
}

/// Whether a quotation may be the writer's own, as of a line of a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawn {
    /// Only programs make such an element.
    Never,
    /// Programs put it at the end.
    Inside,
    /// Programs put it into another one.
    Alone,
}

impl Page {
    /// As a mail in plain text would say it.
    pub fn plain(&self) -> String {
        let mut text = String::new();
        for line in &self.lines {
            if line.is_quoted {
                text.push_str("> ");
            }
            text.push_str(&line.text);
            text.push('\n');
        }
        text.trim_end().to_owned()
    }
}

/// Reads the tags only; no tree is built, so that no nesting is too deep.
pub fn to_text(source: &str) -> Page {
    let sink = Sink { writer: RefCell::default(), seen: feed::Seen::default() };
    let tokenizer = Tokenizer::new(sink, Default::default());
    let input = BufferQueue::default();
    let is_whole = feed::pieces(source, &tokenizer.sink.seen, |piece| {
        input.push_back(StrTendril::from(piece));
        let _ = tokenizer.feed(&input);
    });
    if is_whole {
        tokenizer.end();
    }
    tokenizer.sink.writer.into_inner().finish()
}

struct Sink {
    writer: RefCell<Writer>,
    seen: feed::Seen,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut writer = self.writer.borrow_mut();
        self.seen.has_moved.set(!matches!(token, Token::ParseError(_)) || self.seen.has_moved.get());
        match token {
            Token::TagToken(tag) if tag.attrs.len() > feed::MOST_ATTRIBUTES => self.seen.too_much.set(true),
            Token::TagToken(tag) => return writer.tag(&tag),
            Token::CharacterTokens(text) => writer.text(&text),
            Token::DoctypeToken(_)
            | Token::CommentToken(_)
            | Token::NullCharacterToken
            | Token::ParseError(_)
            | Token::EOFToken => {}
        }
        TokenSinkResult::Continue
    }
}

#[derive(Default)]
struct Writer {
    page: Page,
    line: String,
    /// A blank was read and waits for the next word.
    blank: bool,
    /// Elements whose text nobody reads.
    mute: usize,
    pre: usize,
    /// The element that began what is quoted or signed, and how many of its name are open inside.
    quoted: Option<Span>,
    signed: Option<Span>,
    /// From here on everything is quoted.
    rest_is_quoted: bool,
}

struct Span {
    name: String,
    open: usize,
    drawn: Drawn,
}

impl Writer {
    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let starts = tag.kind == TagKind::StartTag;
        if matches!(name, "script" | "style") && starts && !tag.self_closing {
            self.mute += 1;
            return TokenSinkResult::RawData(html5ever::tokenizer::states::RawKind::Rawtext);
        }
        if matches!(name, "script" | "style") && !starts {
            self.mute = self.mute.saturating_sub(1);
            return TokenSinkResult::Continue;
        }
        match name {
            "title" => self.mute = usize::from(starts),
            "br" => self.end_line(),
            "hr" => self.rule(),
            "pre" => {
                self.block();
                self.pre = if starts { self.pre + 1 } else { self.pre.saturating_sub(1) };
            }
            "td" | "th" if starts => self.blank = true,
            "li" if starts => {
                self.block();
                self.line.push_str("- ");
            }
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "table" | "blockquote" => {
                self.paragraph();
            }
            "img" => self.blank = true,
            name if BLOCKS.contains(&name) => self.block(),
            _ => {}
        }
        self.spans(tag, starts);
        TokenSinkResult::Continue
    }

    fn spans(&mut self, tag: &Tag, starts: bool) {
        let name: &str = &tag.name;
        let ends = |span: &mut Option<Span>| {
            let Some(open) = span.as_mut().filter(|span| span.name == name) else { return false };
            match (starts, tag.self_closing) {
                (true, true) => {}
                (true, false) => open.open += 1,
                (false, _) => open.open -= 1,
            }
            open.open == 0
        };
        let (quote_ends, signature_ends) = (ends(&mut self.quoted), ends(&mut self.signed));
        if quote_ends || signature_ends {
            // What is still on the line belongs to the element that ends.
            self.block();
        }
        if quote_ends {
            self.quoted = None;
        }
        if signature_ends {
            self.signed = None;
        }
        if !starts {
            return;
        }
        let (id, class, part) = (attribute(tag, "id"), attribute(tag, "class"), attribute(tag, "name"));
        let marks = |list: &[&str]| {
            let has = |mark: &&str| {
                id.contains(mark) || part == *mark || class.split_whitespace().any(|one| one == *mark)
            };
            list.iter().any(has)
        };
        if self.quoted.is_none()
            && (name == "blockquote" || marks(&QUOTES) || name == "div" && part == "quote")
        {
            self.block();
            let drawn = if name == "blockquote" { drawn(tag, &class) } else { Drawn::Never };
            self.quoted = Some(Span { name: name.to_owned(), open: 1, drawn });
        } else if self.signed.is_none() && self.quoted.is_none() && marks(&SIGNATURES) {
            self.block();
            self.signed = Some(Span { name: name.to_owned(), open: 1, drawn: Drawn::Never });
        }
        if marks(&REST) || is_outlook_header(tag) {
            self.block();
            self.rest_is_quoted = true;
        }
    }

    fn text(&mut self, text: &str) {
        if self.mute > 0 {
            return;
        }
        for c in text.chars() {
            match c {
                '\n' if self.pre > 0 => self.end_line(),
                ' ' | '\t' if self.pre > 0 => self.line.push(' '),
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => self.blank = true,
                '\u{200b}' | '\u{feff}' => {}
                c => {
                    if self.blank && !self.line.is_empty() && !self.line.ends_with(' ') {
                        self.line.push(' ');
                    }
                    self.blank = false;
                    self.line.push(if c == '\u{a0}' { ' ' } else { c });
                }
            }
        }
    }

    fn rule(&mut self) {
        self.block();
        self.line.push_str("---");
        self.end_line();
    }

    /// Ends the line when there is something on it.
    fn block(&mut self) {
        if !self.line.trim().is_empty() {
            self.end_line();
        }
        self.line.clear();
        self.blank = false;
    }

    /// The same, with a blank line after it.
    fn paragraph(&mut self) {
        self.block();
        if self.page.lines.last().is_some_and(|last| !last.text.is_empty()) {
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        let text = std::mem::take(&mut self.line).trim_end().to_owned();
        self.blank = false;
        self.page.lines.push(Line {
            text,
            is_quoted: self.rest_is_quoted || self.quoted.is_some(),
            drawn: match &self.quoted {
                Some(span) if !self.rest_is_quoted => span.drawn,
                _ => Drawn::Never,
            },
            is_signature: self.signed.is_some(),
        });
    }

    fn finish(mut self) -> Page {
        self.block();
        self.page
    }
}

/// Blockquotes with a type, a name or a class of their own come from programs.
fn drawn(tag: &Tag, class: &str) -> Drawn {
    let is_marked = tag.attrs.iter().any(|one| matches!(&*one.name.local, "type" | "id" | "name" | "cite"));
    match class {
        "" if !is_marked => Drawn::Inside,
        "gmail_quote" if !is_marked => Drawn::Alone,
        _ => Drawn::Never,
    }
}

/// Outlook draws a line above the header of what it answers and gives the element no name.
fn is_outlook_header(tag: &Tag) -> bool {
    let style: String = attribute(tag, "style").chars().take(200).filter(|c| !c.is_whitespace()).collect();
    style.starts_with("border:none;border-top:solid") && style.contains("padding:3.0pt0")
}

fn attribute(tag: &Tag, name: &str) -> String {
    tag.attrs.iter().find(|one| &*one.name.local == name).map(|one| one.value.to_string()).unwrap_or_default()
}

const BLOCKS: [&str; 19] = [
    "address", "article", "aside", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "footer",
    "form", "header", "main", "nav", "section", "tr", "li",
];

/// Classes and ids of elements that hold what is answered.
const QUOTES: [&str; 13] = [
    "gmail_quote",
    "gmail_quote_container",
    "yahoo_quoted",
    "protonmail_quote",
    "tutanota_quote",
    "zmail_extra",
    "moz-cite-prefix",
    "OLK_SRC_BODY_SECTION",
    "mail-editor-reference-message-container",
    "wps_quotion",
    "quote_container",
    "messageReplySection",
    "airmail_on",
];

/// Elements behind which only what is answered follows.
const REST: [&str; 4] = ["divRplyFwdMsg", "appendonsend", "OutlookMessageHeader", "stopSpelling"];

const SIGNATURES: [&str; 8] = [
    "gmail_signature",
    "gmail_signature_prefix",
    "moz-signature",
    "Signature",
    "protonmail_signature_block",
    "ms-outlook-mobile-signature",
    "messageSignatureSection",
    "bloop_sign",
];
