//! What is asked of a page by those who look after it: whether there is one, and what axe finds on it.

use std::path::Path;

use serde_json::{Value, json};

use super::Browser;

/// One kind of barrier on a page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Barrier {
    /// axe's name of the rule, and how bad it is.
    pub rule: String,
    pub impact: String,
    /// The first elements, as they are written, and what axe says about each.
    pub element: String,
}

/// What axe looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Search {
    Everything,
    /// What another theme can change.
    Colours,
}

impl Browser {
    /// Takes somebody's session without the form.
    ///
    /// # Panics
    /// When the script does not run.
    pub async fn takes_session(&self, token: &str) {
        self.visit("/sign-in").await;
        let script = "document.cookie = `throughline=${arguments[0]}; path=/`";
        self.client.execute(script, vec![json!(token)]).await.expect("the script runs");
    }

    /// Shows the page in a theme, with everything below `part` unfolded and nothing moving: a colour on its way to
    /// another is neither. What people unfold one at a time stands in the page, so that it covers nothing.
    ///
    /// # Panics
    /// When the script does not run.
    pub async fn unfolds(&self, part: &str, theme: &str) {
        let script = "const still = new CSSStyleSheet(); \
            still.replaceSync('*, ::before, ::after { transition: none !important; animation: none !important } \
            main .popover-panel { position: static !important }'); \
            document.adoptedStyleSheets = [still]; \
            document.documentElement.dataset.theme = arguments[0]; \
            document.querySelectorAll(`${arguments[1]} details`).forEach((part) => { part.removeAttribute('name'); part.open = true; });";
        self.client.execute(script, vec![json!(theme), json!(part)]).await.expect("the script runs");
    }

    /// Whether the page is wider than its window, so that whoever reads it has to move it about.
    ///
    /// # Panics
    /// When the script does not run.
    pub async fn is_too_wide(&self) -> bool {
        let script = "return document.documentElement.scrollWidth > innerWidth + 1";
        self.client.execute(script, Vec::new()).await.expect("the script runs") == Value::Bool(true)
    }

    /// Writes down what the window shows.
    ///
    /// # Panics
    /// When the file cannot be written.
    pub async fn picture(&self, file: &Path) {
        let picture = self.client.screenshot().await.expect("a picture");
        std::fs::write(file, picture).expect("the folder is writable");
    }

    /// Opens the palette and waits for its rows.
    ///
    /// # Panics
    /// When no rows come.
    pub async fn opens_palette(&self) {
        let script = "document.dispatchEvent(new Event('palette'))";
        self.client.execute(script, Vec::new()).await.expect("the script runs");
        self.comes_to("rows of the palette", async || !self.stands_on().await.is_empty()).await;
    }

    /// What axe finds that is serious or worse, by the rules of WCAG 2.2 AA.
    ///
    /// # Panics
    /// When axe does not run.
    pub async fn barriers(&self, axe: &str, search: Search) -> Vec<Barrier> {
        let is_there = self.client.execute("return Boolean(window.axe)", Vec::new()).await;
        let source = if is_there.is_ok_and(|there| there == Value::Bool(true)) { "" } else { axe };
        let script = format!("{source};\n{RUN}");
        let only = match search {
            Search::Everything => {
                json!(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
            }
            Search::Colours => json!(["color-contrast", "link-in-text-block"]),
        };
        let found = self.client.execute(&script, vec![only]).await.expect("axe runs");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let all = found.as_array().cloned().unwrap_or_default();
        all.iter()
            .map(|one| Barrier {
                rule: text(&one["rule"]),
                impact: text(&one["impact"]),
                element: text(&one["element"]),
            })
            .collect()
    }
}

const RUN: &str = "return axe.run(document, { \
        runOnly: arguments[0], resultTypes: ['violations'] \
    }).then(({ violations }) => violations \
        .filter(({ impact }) => impact === 'serious' || impact === 'critical') \
        .map(({ id, impact, nodes }) => ({ rule: id, impact, element: \
            nodes.slice(0, 5).map(({ html, failureSummary }) => \
                `${html.slice(0, 300)} : ${failureSummary.replaceAll('\\n', ' ').slice(0, 300)}`).join('\\n    ') })))";
