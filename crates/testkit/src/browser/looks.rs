//! How things look: what tells one from another at a glance, before any word is read.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Browser;

/// A button that ends a form, and the form around it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Looks {
    pub colour: String,
    /// The drawing on it.
    pub icon: String,
    /// How the edge of its form is drawn, and in which colour.
    pub edge: String,
}

const BUTTON: &str = "const words = (one) => one.innerText.trim() || one.textContent.trim(); \
    const button = [...document.querySelectorAll('form button')].find((one) => words(one) === arguments[0]); \
    if (!button) return null; \
    const edge = getComputedStyle(button.form); \
    return { colour: getComputedStyle(button).backgroundColor, icon: button.querySelector('svg')?.innerHTML ?? '', \
        edge: `${edge.borderTopStyle} ${edge.borderTopColor}` }";

const WORDS: &str = "const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); \
    while (texts.nextNode()) { \
        const { data, parentElement } = texts.currentNode; \
        if (data.trim().startsWith(arguments[0])) return getComputedStyle(parentElement).color; \
    } \
    return null";

impl Browser {
    /// How the button with those words looks; nothing when there is none.
    ///
    /// # Panics
    /// When the script does not run.
    pub async fn looks(&self, button: &str) -> Option<Looks> {
        let looks = self.client.execute(BUTTON, vec![json!(button)]).await.expect("the script runs");
        serde_json::from_value(looks).expect("how it looks")
    }

    /// The colour of the first text that begins with those words.
    ///
    /// # Panics
    /// When there is no such text.
    pub async fn colour_of(&self, words: &str) -> String {
        match self.client.execute(WORDS, vec![json!(words)]).await.expect("the script runs") {
            Value::String(colour) => colour,
            _ => panic!("{words:?} is not on {}:\n{}", self.address().await, self.words().await),
        }
    }
}
