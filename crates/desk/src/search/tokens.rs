//! How words come to the index: a line for each place in the text, with the forms of the word that stands there.
//!
//! The engine's own way to be given words goes through JSON and back, which costs as much as indexing them.

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};

/// Under which the fields name it.
pub(crate) const NAME: &str = "places and forms";

pub(crate) fn analyzer() -> TextAnalyzer {
    TextAnalyzer::from(Forms)
}

/// Words as text for the index; a form never has a space or a line break in it.
pub(crate) fn text<Place: IntoIterator<Item = String>>(places: impl IntoIterator<Item = Place>) -> String {
    let mut text = String::new();
    for place in places {
        if !text.is_empty() {
            text.push('\n');
        }
        for (nth, form) in place.into_iter().enumerate() {
            if nth > 0 {
                text.push(' ');
            }
            text.push_str(&form);
        }
    }
    text
}

#[derive(Clone, Copy)]
struct Forms;

impl Tokenizer for Forms {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        Stream { rest: text, token: Token { position: 0, ..Token::default() } }
    }
}

struct Stream<'a> {
    rest: &'a str,
    token: Token,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        if self.rest.is_empty() {
            return false;
        }
        if let Some(next) = self.rest.strip_prefix('\n') {
            self.rest = next;
            self.token.position += 1;
        }
        let rest = self.rest.strip_prefix(' ').unwrap_or(self.rest);
        let end = rest.find([' ', '\n']).unwrap_or(rest.len());
        self.token.text.clear();
        self.token.text.push_str(&rest[..end]);
        self.rest = &rest[end..];
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests;
