//! The style page keeps the rules that every page must keep.

use super::sample;
use crate::text::Locale;

#[test]
fn the_gallery_keeps_the_content_policy() {
    for locale in Locale::ALL {
        let page = super::gallery(&sample::reader(locale)).into_string();
        assert!(!page.contains(" style="), "a style attribute");
        assert!(!page.contains("<style"), "an inline style sheet");
        assert!(!page.contains("javascript:"));
        for script in page.split("<script").skip(1) {
            assert!(script.starts_with(" src=\"/assets/"), "an inline script: {}", &script[..40]);
        }
        for attribute in [" onclick=", " onload=", " hx-on"] {
            assert!(!page.contains(attribute), "{attribute}");
        }
        assert!(page.contains(&format!("<html lang=\"{}\"", locale.tag())));
    }
}

#[test]
fn every_id_on_the_gallery_is_unique_but_for_the_second_composer() {
    let page = super::gallery(&sample::reader(Locale::English)).into_string();
    let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    ids.sort_unstable();
    let twice: Vec<_> = ids.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
    assert_eq!(
        twice,
        [
            "composer",
            "do-note",
            "note-body",
            "note-body-canned",
            "note-body-hint",
            "note-files",
            "note-files-help",
            "note-preview"
        ]
    );
}

#[test]
fn every_text_colour_reaches_the_contrast_of_double_a() {
    let tokens = include_str!("../../../assets/css/02-tokens.css");
    let pairs = [
        ("text", "ground"),
        ("text", "surface"),
        ("text", "hover"),
        ("muted", "ground"),
        ("muted", "surface"),
        ("muted", "hover"),
        ("muted", "sunken"),
        ("accent", "surface"),
        ("accent", "ground"),
        ("on-accent", "accent"),
        ("on-accent", "accent-strong"),
        ("accent-strong", "accent-soft"),
        ("good", "good-soft"),
        ("soon", "soon-soft"),
        ("bad", "bad-soft"),
        ("bad", "surface"),
        ("good", "surface"),
        ("soon", "surface"),
        ("waiting", "waiting-soft"),
        ("note", "note-soft"),
        ("text", "note-soft"),
        ("text", "bad-soft"),
        ("text", "good-soft"),
        ("text", "soon-soft"),
    ];
    for (front, back) in pairs {
        for side in [0, 1] {
            let ratio = contrast(colour(tokens, front, side), colour(tokens, back, side));
            assert!(ratio >= 4.5, "{front} on {back}, {}: {ratio:.2}", ["light", "dark"][side]);
        }
    }
}

fn colour(tokens: &str, name: &str, side: usize) -> [f64; 3] {
    let (_, rest) = tokens.split_once(&format!("--{name}: light-dark(")).expect("a token with two colours");
    let hex = rest.split('#').nth(side + 1).expect("a colour");
    [0, 2, 4].map(|at| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("two digits")) / 255.0)
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let light = |colour: [f64; 3]| {
        let [red, green, blue] = colour
            .map(|part| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) });
        0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05
    };
    let (one, other) = (light(one), light(other));
    one.max(other) / one.min(other)
}
