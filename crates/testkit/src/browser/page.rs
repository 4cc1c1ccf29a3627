//! What a person does with a page: read, press, follow, fill in.

use std::time::{Duration, Instant};

use fantoccini::Locator;
use fantoccini::elements::Element;
use fantoccini::error::CmdError;

use super::Browser;

/// How long a page may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// What stands in a closed `details` cannot be pressed.
const REACHABLE: &str = "[not(ancestor::details[not(@open)])]";

/// Going somewhere, and reading what is there.
impl Browser {
    pub async fn visit(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.origin)).await.expect("the page answers");
    }

    /// Signs in by the form, and waits for the page after it.
    pub async fn sign_in(&self, email: &str, password: &str) {
        self.visit("/sign-in").await;
        self.fill("E-mail address", email).await;
        self.fill("Password", password).await;
        self.press("Sign in").await;
        self.is_at(|path| path != "/sign-in").await;
    }

    /// Path and query of the page.
    pub async fn address(&self) -> String {
        let url = self.client.current_url().await.expect("an address");
        url.as_str().strip_prefix(&self.origin).unwrap_or(url.as_str()).to_owned()
    }

    /// Waits until the page's path is one of those.
    pub async fn is_at(&self, there: impl Fn(&str) -> bool) -> String {
        let patience = Instant::now() + PATIENCE;
        loop {
            let address = self.address().await;
            if there(address.split('?').next().unwrap_or_default()) {
                return address;
            }
            assert!(Instant::now() < patience, "still at {address}:\n{}", self.words().await);
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// The words that can be seen on the page.
    pub async fn words(&self) -> String {
        match self.client.find(Locator::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// Waits until the words can be seen.
    pub async fn sees(&self, words: &str) {
        let patience = Instant::now() + PATIENCE;
        while !self.words().await.contains(words) {
            let all = self.words().await;
            assert!(Instant::now() < patience, "{words:?} is not on {}:\n{all}", self.address().await);
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// Waits until the page has come so far.
    pub async fn comes_to(&self, what: &str, done: impl AsyncFn() -> bool) {
        let patience = Instant::now() + PATIENCE;
        while !done().await {
            let all = self.words().await;
            assert!(Instant::now() < patience, "no {what} on {}:\n{all}", self.address().await);
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// The words are nowhere in what the browser was sent, seen or not.
    pub async fn holds_nothing_of(&self, words: &str) {
        let source = self.client.source().await.expect("the page's source");
        assert!(!source.contains(words), "{words:?} is on {}", self.address().await);
    }

    /// What can be seen in the panel with that title.
    pub async fn panel(&self, title: &str) -> String {
        let panel = format!("//section[.//h2[normalize-space(.)={}]]", quoted(title));
        self.find(&panel).await.text().await.expect("words")
    }

    /// Whether something folded is called so.
    pub async fn has_fold(&self, words: &str) -> bool {
        let folds = format!("//summary[starts-with(normalize-space(.),{})]", quoted(words));
        let found = self.client.find_all(Locator::XPath(&folds)).await;
        found.is_ok_and(|found| !found.is_empty())
    }

    /// The rows of the table with that caption, with the words of each cell; unfolded or not.
    pub async fn table(&self, caption: &str) -> Vec<Vec<String>> {
        let rows = format!("//table[caption[normalize-space(.)={}]]//tr", quoted(caption));
        self.find(&rows).await;
        let mut table = Vec::new();
        for row in self.client.find_all(Locator::XPath(&rows)).await.expect("rows") {
            let mut cells = Vec::new();
            for cell in row.find_all(Locator::XPath("./th|./td")).await.expect("cells") {
                let words = cell.prop("textContent").await.expect("words").unwrap_or_default();
                cells.push(words.trim().to_owned());
            }
            table.push(cells);
        }
        table
    }

    /// The number at the bell; nothing when everything is read.
    pub async fn bell(&self) -> String {
        let number = self.client.find(Locator::Css("[data-told] > [aria-hidden]")).await;
        match number {
            Ok(number) => number.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// The words of each entry of the list with that name.
    pub async fn list(&self, name: &str) -> Vec<String> {
        let entries = format!("//*[self::ol or self::ul][@aria-label={}]/li", quoted(name));
        let mut list = Vec::new();
        for entry in self.client.find_all(Locator::XPath(&entries)).await.expect("entries") {
            // Of a page that is just exchanged, nothing is listed.
            let Ok(words) = entry.text().await else { return Vec::new() };
            list.push(words);
        }
        list
    }

    /// What the list with that id offers to a field.
    pub async fn options(&self, id: &str) -> Vec<String> {
        let script = "return [...document.getElementById(arguments[0]).options].map((one) => one.value)";
        let offered = self.client.execute(script, vec![id.into()]).await.expect("the script runs");
        serde_json::from_value(offered).expect("a list of words")
    }

    /// Ids that more than one element carries.
    pub async fn repeated_ids(&self) -> Vec<String> {
        let script = "const ids = [...document.querySelectorAll('[id]')].map((one) => one.id); \
                      return ids.filter((id, place) => ids.indexOf(id) !== place)";
        let ids = self.client.execute(script, Vec::new()).await.expect("the script runs");
        serde_json::from_value(ids).expect("a list of ids")
    }
}

/// Doing something.
impl Browser {
    pub async fn press(&self, button: &str) {
        self.click(&format!("//button[normalize-space(.)={}]{REACHABLE}", quoted(button))).await;
    }

    /// Presses a button without words, by the name that it has for those who do not see it.
    pub async fn press_named(&self, name: &str) {
        self.click(&format!("//button[@aria-label={}]{REACHABLE}", quoted(name))).await;
    }

    /// Presses a button of the panel with that title.
    pub async fn press_in(&self, panel: &str, button: &str) {
        let (panel, button) = (quoted(panel), quoted(button));
        self.click(&format!(
            "//section[.//h2[normalize-space(.)={panel}]]//button[normalize-space(.)={button}]"
        ))
        .await;
    }

    /// Follows a link of the bar on top, by its name.
    pub async fn follow_on_top(&self, name: &str) {
        self.click(&format!("//header//a[normalize-space(.)={}]", quoted(name))).await;
    }

    /// Follows a link at the side of a page, by its name.
    pub async fn follow_at_the_side(&self, name: &str) {
        self.click(&format!("//nav[@id='side']//a[normalize-space(.)={}]", quoted(name))).await;
    }

    /// Follows a link of the page itself, not of the frame around it.
    pub async fn follow(&self, link: &str) {
        self.click(&format!("//main//a[normalize-space(.)={}]{REACHABLE}", quoted(link))).await;
    }

    /// Opens what is folded under a line that begins with those words.
    pub async fn unfold(&self, words: &str) {
        let words = quoted(words);
        let summary = format!(
            "//summary[starts-with(normalize-space(.),{words})][not(ancestor::details[position()>1][not(@open)])]"
        );
        self.click(&summary).await;
    }

    /// Opens the last folded part of the list's entry that says those words, and reads it all.
    pub async fn explain(&self, entry: &str) -> String {
        let entry = format!("//li[contains(normalize-space(.),{})]", quoted(entry));
        self.click(&format!("({entry}//summary)[last()]")).await;
        self.find(&entry).await.text().await.expect("words")
    }

    /// Replaces what stands in the field with that label.
    pub async fn fill(&self, label: &str, words: &str) {
        let field = self.field(label).await;
        field.clear().await.expect("a field that can be cleared");
        field.send_keys(words).await.expect("a field that can be written in");
    }

    pub async fn choose(&self, label: &str, option: &str) {
        self.field(label).await.select_by_label(option).await.expect("that option");
    }

    pub async fn tick(&self, choice: &str) {
        let label = quoted(choice);
        self.click(&format!("//label[normalize-space(.)={label}][.//input]{REACHABLE}")).await;
    }

    /// Presses keys where the page's focus is. While it moves from one thing to another nothing takes them.
    pub async fn keys(&self, keys: &str) {
        let patience = Instant::now() + PATIENCE;
        loop {
            let here = self.client.active_element().await.expect("something has the focus");
            let Err(error) = here.send_keys(keys).await else { return };
            assert!(Instant::now() < patience, "keys cannot be pressed on {}: {error}", self.address().await);
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// What stands in the field with that label.
    pub async fn value(&self, label: &str) -> String {
        self.field(label).await.prop("value").await.expect("a value").unwrap_or_default()
    }

    /// Moves down to where the page ends now.
    pub async fn scrolls_to_the_end(&self) {
        let script = "scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })";
        self.client.execute(script, Vec::new()).await.expect("the script runs");
    }

    /// Whether what is typed goes into the field with that label.
    pub async fn is_writing_in(&self, label: &str) -> bool {
        let here = self.client.active_element().await.expect("something has the focus");
        here.element_id() == self.field(label).await.element_id()
    }

    /// The words of what has the focus, or of what a field with the focus stands on.
    pub async fn stands_on(&self) -> String {
        let script = "const here = document.activeElement; \
            const at = document.getElementById(here.getAttribute('aria-activedescendant')) ?? here; \
            const words = at === document.body ? '' : at.innerText || at.getAttribute('aria-label') || ''; \
            return words.replace(/\\s+/g, ' ').trim();";
        let said = self.client.execute(script, Vec::new()).await.expect("the script runs");
        said.as_str().unwrap_or_default().to_owned()
    }

    /// The name of a button without words that has the focus, also where no script runs.
    pub async fn stands_on_named(&self) -> String {
        let Ok(here) = self.client.active_element().await else { return String::new() };
        here.attr("aria-label").await.ok().flatten().unwrap_or_default()
    }

    /// What an attribute of the whole page says.
    pub async fn page_says(&self, attribute: &str) -> String {
        let script = "return document.documentElement.getAttribute(arguments[0])";
        let said = self.client.execute(script, vec![attribute.into()]).await.expect("the script runs");
        said.as_str().unwrap_or_default().to_owned()
    }

    pub async fn has_button(&self, button: &str) -> bool {
        let button = format!("//button[normalize-space(.)={}]", quoted(button));
        !self.client.find_all(Locator::XPath(&button)).await.expect("buttons").is_empty()
    }

    async fn click(&self, xpath: &str) {
        let patience = Instant::now() + PATIENCE;
        loop {
            let element = self.find(xpath).await;
            self.move_into_view(&element).await;
            match element.click().await {
                Ok(()) => return,
                // The page was just exchanged, or something is still in the way.
                Err(cause) if Instant::now() > patience => panic!("{xpath} cannot be pressed: {cause}"),
                Err(_) => tokio::time::sleep(LOOK_AGAIN).await,
            }
        }
    }

    /// Of an element that is partly below the window, the driver would press the outermost edge.
    async fn move_into_view(&self, element: &Element) {
        let element = serde_json::to_value(element).expect("an element has a reference");
        let script = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        // An element that is gone meanwhile is looked for again after the press.
        let _ = self.client.execute(script, vec![element]).await;
    }

    pub(super) async fn field(&self, label: &str) -> Element {
        let words = quoted(label);
        let optional = quoted(&format!("{label} (optional)"));
        let named = format!(
            "//label[normalize-space(.)={words} or normalize-space(.)={optional} \
             or normalize-space(span[1])={words}]{REACHABLE}"
        );
        let label = self.find(&named).await;
        let field = match label.attr("for").await.expect("an attribute") {
            Some(id) => label.find(Locator::XPath(&format!("./following::*[@id={}][1]", quoted(&id)))).await,
            None => label.find(Locator::XPath(".//input|.//select|.//textarea")).await,
        };
        field.expect("the field of a label")
    }

    async fn find(&self, xpath: &str) -> Element {
        let found: Result<Element, CmdError> =
            self.client.wait().at_most(PATIENCE).every(LOOK_AGAIN).for_element(Locator::XPath(xpath)).await;
        match found {
            Ok(element) => element,
            Err(cause) => {
                panic!("{xpath} is not on {} ({cause}):\n{}", self.address().await, self.words().await)
            }
        }
    }
}

/// A literal of `XPath`, which knows no escapes.
fn quoted(text: &str) -> String {
    if text.contains('\'') { format!("\"{text}\"") } else { format!("'{text}'") }
}
