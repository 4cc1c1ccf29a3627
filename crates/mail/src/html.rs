//! HTML from strangers: bounded, then reduced to an allow-list; and as plain lines.

mod feed;
mod guard;
mod page;

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

pub use page::{Drawn, Line, Page, to_text};

/// HTML that only the sanitiser makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SafeHtml {
    markup: String,
    remote_images: usize,
}

impl SafeHtml {
    pub fn as_str(&self) -> &str {
        &self.markup
    }

    /// Markup that was kept after the sanitiser made it; images that lost their place are those from elsewhere.
    pub fn kept(markup: String) -> Self {
        let images = markup.split("<img").skip(1);
        let lost = images.filter(|image| !image.split('>').next().unwrap_or_default().contains(" src="));
        let remote_images = lost.count();
        Self { markup, remote_images }
    }

    /// How many images somewhere else were left out.
    pub fn remote_images(&self) -> usize {
        self.remote_images
    }

    /// The same with each inline image at the address that `place` gives to its content id.
    pub fn with_inline_images(&self, place: impl Fn(&str) -> Option<String>) -> String {
        let mut markup = String::with_capacity(self.markup.len());
        let mut rest = self.markup.as_str();
        while let Some((before, after)) = rest.split_once("src=\"cid:") {
            markup.push_str(before);
            let (id, after) = after.split_once('"').unwrap_or((after, ""));
            let id = id.replace("&amp;", "&");
            let place = place(&id).unwrap_or_default().replace('&', "&amp;").replace('"', "&quot;");
            markup.push_str("src=\"");
            markup.push_str(&place);
            markup.push('"');
            rest = after;
        }
        markup.push_str(rest);
        markup
    }
}

/// Nothing when the source is longer than `limit` bytes or nested past what browsers and sanitisers bear;
/// images from elsewhere are left out and counted.
pub fn sanitise(source: &str, limit: usize) -> Option<SafeHtml> {
    if source.len() > limit || !guard::is_bearable(source) {
        return None;
    }
    LEFT_OUT.set(0);
    let markup = WITHOUT_REMOTE_IMAGES.clean(source).to_string();
    Some(SafeHtml { markup, remote_images: LEFT_OUT.get() })
}

thread_local! {
    /// Images from elsewhere in the page that this thread sanitises.
    static LEFT_OUT: Cell<usize> = const { Cell::new(0) };
}

static WITHOUT_REMOTE_IMAGES: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut rules = rules();
    rules.attribute_filter(|element, attribute, value| {
        if element != "img"
            || attribute != "src"
            || value.trim_start().to_ascii_lowercase().starts_with("cid:")
        {
            return Some(Cow::Borrowed(value));
        }
        LEFT_OUT.set(LEFT_OUT.get() + 1);
        None
    });
    rules
});

static WITH_REMOTE_IMAGES: LazyLock<ammonia::Builder<'static>> = LazyLock::new(rules);

/// The same with images from elsewhere, for a reader who asked for them.
pub fn sanitise_with_remote_images(source: &str, limit: usize) -> Option<SafeHtml> {
    if source.len() > limit || !guard::is_bearable(source) {
        return None;
    }
    Some(SafeHtml { markup: WITH_REMOTE_IMAGES.clean(source).to_string(), remote_images: 0 })
}

static TAGS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "a abbr b big blockquote br caption center code col colgroup dd del details div dl dt em font h1 h2 h3 h4 h5 h6 \
     hr i img ins kbd li ol p pre q s samp small span strike strong sub summary sup table tbody td tfoot th thead \
     tr tt u ul"
        .split_whitespace()
        .collect()
});

static ATTRIBUTES: LazyLock<HashMap<&str, HashSet<&str>>> = LazyLock::new(|| {
    [
        ("a", "href"),
        ("img", "src alt width height"),
        ("font", "color"),
        ("ol", "start type reversed"),
        ("li", "value"),
        ("table", "border cellpadding cellspacing width align"),
        ("td", "colspan rowspan width align valign"),
        ("th", "colspan rowspan width align valign scope"),
        ("col", "span width"),
        ("colgroup", "span"),
        ("p", "align dir"),
        ("div", "align dir"),
        ("span", "dir"),
        ("blockquote", "dir"),
    ]
    .into_iter()
    .map(|(tag, names)| (tag, names.split(' ').collect()))
    .collect()
});

fn rules() -> ammonia::Builder<'static> {
    let mut rules = ammonia::Builder::empty();
    rules
        .tags(TAGS.clone())
        .tag_attributes(ATTRIBUTES.clone())
        .clean_content_tags(["script", "style", "title", "template", "noscript", "iframe", "object"].into())
        .url_schemes(["http", "https", "mailto", "tel", "cid"].into())
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .strip_comments(true);
    rules
}

#[cfg(test)]
mod tests;
