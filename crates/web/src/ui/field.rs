//! Form fields with label, help and error, tied together for screen readers.

use maud::{Markup, html};

use crate::t;
use crate::text::Locale;

/// The name of the hidden field that carries the token against forged forms.
pub const TOKEN_FIELD: &str = "csrf_token";
/// The name of the hidden field that tells one sending of a form from another.
pub const ONCE_FIELD: &str = "once";

/// One field of a form; start with [`Field::new`] and say what differs.
#[derive(Debug, Clone, Copy)]
pub struct Field<'a> {
    /// The form, where a page has several with fields of one name; empty elsewhere.
    pub form: &'a str,
    pub name: &'a str,
    pub label: &'a str,
    pub value: &'a str,
    pub help: Option<&'a str>,
    pub error: Option<&'a str>,
    pub required: bool,
    pub autocomplete: Option<&'a str>,
    pub placeholder: Option<&'a str>,
    pub maximum: Option<u32>,
}

/// One choice of a select or a group of radio buttons.
#[derive(Debug, Clone, Copy)]
pub struct Choice<'a> {
    pub value: &'a str,
    pub label: &'a str,
    pub help: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Email,
    Password,
    Number,
    Date,
    DateTime,
    Time,
    Search,
    Url,
}

impl<'a> Field<'a> {
    pub const fn new(name: &'a str, label: &'a str) -> Field<'a> {
        Field {
            form: "",
            name,
            label,
            value: "",
            help: None,
            error: None,
            required: false,
            autocomplete: None,
            placeholder: None,
            maximum: None,
        }
    }

    #[must_use]
    pub const fn of(mut self, form: &'a str) -> Self {
        self.form = form;
        self
    }

    #[must_use]
    pub const fn value(mut self, value: &'a str) -> Self {
        self.value = value;
        self
    }

    #[must_use]
    pub const fn help(mut self, help: &'a str) -> Self {
        self.help = Some(help);
        self
    }

    #[must_use]
    pub const fn error(mut self, error: Option<&'a str>) -> Self {
        self.error = error;
        self
    }

    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    #[must_use]
    pub const fn placeholder(mut self, words: &'a str) -> Self {
        self.placeholder = Some(words);
        self
    }

    #[must_use]
    pub const fn autocomplete(mut self, hint: &'a str) -> Self {
        self.autocomplete = Some(hint);
        self
    }
}

/// The hidden field that proves a form came from our own page.
pub fn token(value: &str) -> Markup {
    html! { input type="hidden" name=(TOKEN_FIELD) value=(value); }
}

/// The same, for a form that makes something: sent twice by mistake, it makes one.
pub fn token_once(value: &str) -> Markup {
    html! { (token(value)) input type="hidden" name=(ONCE_FIELD) value=(desk::idempotent::new_key()); }
}

pub fn input(locale: Locale, kind: Kind, field: &Field<'_>) -> Markup {
    framed(
        locale,
        field,
        &html! {
            input #(id(field)) type=(kind_name(kind)) name=(field.name) value=(field.value) required[field.required]
                autocomplete=[field.autocomplete] placeholder=[field.placeholder] maxlength=[field.maximum]
                aria-describedby=[described_by(field)] aria-invalid=[invalid(field)];
        },
    )
}

/// A line of text for which an address offers what others wrote, while somebody types.
pub fn completed(locale: Locale, field: &Field<'_>, list: &str, from: &str) -> Markup {
    framed(
        locale,
        field,
        &html! {
            input #(id(field)) type="text" name=(field.name) value=(field.value) required[field.required] autocomplete="off"
                autocapitalize="none" spellcheck="false" placeholder=[field.placeholder] maxlength=[field.maximum]
                aria-describedby=[described_by(field)] aria-invalid=[invalid(field)] list=(list) hx-get=(from)
                hx-trigger="focus once, input changed delay:150ms" hx-target={ "#" (list) } hx-swap="innerHTML";
            datalist #(list) {}
        },
    )
}

pub fn area(locale: Locale, field: &Field<'_>, rows: u32) -> Markup {
    framed(
        locale,
        field,
        &html! {
            textarea #(id(field)) name=(field.name) rows=(rows) required[field.required] placeholder=[field.placeholder]
                maxlength=[field.maximum] aria-describedby=[described_by(field)] aria-invalid=[invalid(field)] {
                // A textarea drops one leading line break; this one is ours to lose.
                "\n" (field.value)
            }
        },
    )
}

pub fn select(locale: Locale, field: &Field<'_>, choices: &[Choice<'_>]) -> Markup {
    // One of its choices says what it means to choose nothing.
    let named = Field { required: true, ..*field };
    framed(
        locale,
        &named,
        &html! {
            select #(id(field)) name=(field.name) required[field.required] aria-describedby=[described_by(field)]
                aria-invalid=[invalid(field)] {
                @for choice in choices {
                    option value=(choice.value) selected[choice.value == field.value] { (choice.label) }
                }
            }
        },
    )
}

/// A group of radio buttons under one question.
pub fn radios(field: &Field<'_>, choices: &[Choice<'_>]) -> Markup {
    html! {
        fieldset.field.choices aria-describedby=[described_by(field)] {
            legend { (field.label) }
            @for choice in choices {
                label.choice {
                    input type="radio" name=(field.name) value=(choice.value) checked[choice.value == field.value]
                        required[field.required];
                    span { (choice.label) @if let Some(help) = choice.help { small { (help) } } }
                }
            }
            (notes(field))
        }
    }
}

/// A box to tick; its value is `yes`.
pub fn checkbox(field: &Field<'_>) -> Markup {
    html! {
        div.field {
            label.choice {
                input #(id(field)) type="checkbox" name=(field.name) value="yes" checked[field.value == "yes"]
                    aria-describedby=[described_by(field)];
                span { (field.label) }
            }
            (notes(field))
        }
    }
}

/// The list of what is wrong at the top of a form, each linked to its field.
pub fn error_summary(locale: Locale, errors: &[(&str, &str)]) -> Markup {
    html! {
        @if !errors.is_empty() {
            div.flash.flash-bad role="alert" tabindex="-1" {
                div {
                    strong { (t!(locale, "error-summary")) }
                    ul { @for (name, words) in errors { li { a href={ "#field-" (name) } { (words) } } } }
                }
            }
        }
    }
}

fn framed(locale: Locale, field: &Field<'_>, control: &Markup) -> Markup {
    html! {
        div class={ "field" @if field.error.is_some() { " field-wrong" } } {
            label for=(id(field)) {
                (field.label)
                @if !field.required { " " span.muted { "(" (t!(locale, "optional")) ")" } }
            }
            (control)
            (notes(field))
        }
    }
}

fn notes(field: &Field<'_>) -> Markup {
    html! {
        @if let Some(error) = field.error { p.field-error id={ (id(field)) "-error" } { (error) } }
        @if let Some(help) = field.help { p.field-help id={ (id(field)) "-help" } { (help) } }
    }
}

fn id(field: &Field<'_>) -> String {
    match field.form {
        "" => format!("field-{}", field.name),
        form => format!("field-{form}-{}", field.name),
    }
}

fn described_by(field: &Field<'_>) -> Option<String> {
    let id = id(field);
    match (field.error, field.help) {
        (Some(_), Some(_)) => Some(format!("{id}-error {id}-help")),
        (Some(_), None) => Some(format!("{id}-error")),
        (None, Some(_)) => Some(format!("{id}-help")),
        (None, None) => None,
    }
}

fn invalid(field: &Field<'_>) -> Option<&'static str> {
    field.error.map(|_| "true")
}

const fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Email => "email",
        Kind::Password => "password",
        Kind::Number => "number",
        Kind::Date => "date",
        Kind::DateTime => "datetime-local",
        Kind::Time => "time",
        Kind::Search => "search",
        Kind::Url => "url",
    }
}
