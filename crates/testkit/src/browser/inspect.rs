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
    /// The first element, as it is written, and what axe says about it.
    pub element: String,
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

    /// Whether a page stands at that address, and not a file, a stream, a redirect or a refusal.
    ///
    /// # Panics
    /// When the script does not run.
    pub async fn finds_page(&self, path: &str) -> bool {
        let script = "const stop = new AbortController(); \
            return fetch(arguments[0], { redirect: 'manual', signal: stop.signal }).then((answer) => { \
                const is = answer.ok && (answer.headers.get('content-type') ?? '').startsWith('text/html'); \
                if (!is) stop.abort(); \
                return is && answer.text().then((text) => text.startsWith('<!DOCTYPE')); \
            }).catch(() => false)";
        let found = self.client.execute(script, vec![json!(path)]).await.expect("the script runs");
        found.as_bool().unwrap_or_default()
    }

    /// Shows the page in a theme, with everything unfolded.
    ///
    /// # Panics
    /// When the script does not run.
    pub async fn unfolds_all_in(&self, theme: &str) {
        let script = "document.documentElement.dataset.theme = arguments[0]; \
            document.querySelectorAll('details').forEach((part) => { part.removeAttribute('name'); part.open = true; });";
        self.client.execute(script, vec![json!(theme)]).await.expect("the script runs");
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
    pub async fn barriers(&self, axe: &str) -> Vec<Barrier> {
        let is_there = self.client.execute("return Boolean(window.axe)", Vec::new()).await;
        let source = if is_there.is_ok_and(|there| there == Value::Bool(true)) { "" } else { axe };
        let script = format!("{source};\n{RUN}");
        let found = self.client.execute(&script, Vec::new()).await.expect("axe runs");
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
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] \
    }).then(({ violations }) => violations \
        .filter(({ impact }) => impact === 'serious' || impact === 'critical') \
        .map(({ id, impact, nodes }) => ({ rule: id, impact, element: \
            `${nodes.length}x ${nodes[0].html.slice(0, 300)} : ${nodes[0].failureSummary.replaceAll('\\n', ' ').slice(0, 300)}` })))";
