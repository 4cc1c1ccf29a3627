//! What every answer tells the browser it may not do.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maud::Markup;

/// Everything comes from us; nothing inline, nothing framed, nothing sent elsewhere.
pub const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; font-src 'self'; object-src 'none'; frame-src 'none'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";

/// For a file that somebody sent us: it is saved, and where it is shown all the same it can do nothing.
const SEALED: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// For a mail whose reader asked for its images: they come from anywhere, and nothing else does. No script
/// runs and no form is sent.
const PICTURED: &str = "default-src 'none'; style-src 'self'; img-src 'self' https:; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

/// For a PDF: browsers show none that is sandboxed, and run nothing of one in the name of a page.
const DOCUMENT: &str = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

/// A stricter policy than the usual one, for an answer with something from outside.
#[derive(Debug, Clone, Copy)]
enum Stricter {
    Sealed,
    Pictured,
    Document,
}

/// Bytes from outside, to be saved under a name of ours.
pub fn file(mime: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    saved(mime, name, bytes)
}

/// Something from outside, to be saved and never run: whatever it says it is, browsers are told nothing of it.
pub fn attachment(name: &str, body: Body) -> Response {
    saved("application/octet-stream", name, body)
}

/// A picture whose bytes were looked at, to be shown by a page of ours.
pub fn picture(mime: &'static str, body: Body) -> Response {
    let headers = [(header::CONTENT_TYPE, mime), (header::CONTENT_DISPOSITION, "inline")];
    stricter(Stricter::Sealed, (headers, body))
}

/// A PDF whose bytes were looked at, for the reader that browsers keep apart from pages: nothing of it reaches ours.
pub fn document(body: Body) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/pdf"), (header::CONTENT_DISPOSITION, "inline")];
    stricter(Stricter::Document, (headers, body))
}

/// A page with images from elsewhere; those who have them are not told where they are shown.
pub fn pictured(page: Markup) -> Response {
    stricter(Stricter::Pictured, page)
}

fn saved(mime: &'static str, name: &str, body: impl IntoResponse) -> Response {
    let headers = [(header::CONTENT_TYPE, mime.to_owned()), (header::CONTENT_DISPOSITION, saved_as(name))];
    stricter(Stricter::Sealed, (headers, body))
}

/// A name that every program reads, and the real one beside it.
fn saved_as(name: &str) -> String {
    let plain: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).collect();
    let plain = if plain.trim_matches('.').is_empty() { "file" } else { &plain };
    let mut written = format!("attachment; filename=\"{plain}\"");
    if plain == name {
        return written;
    }
    written.push_str("; filename*=UTF-8''");
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            written.push(char::from(byte));
        } else {
            written.push_str(&format!("%{byte:02X}"));
        }
    }
    written
}

fn stricter(policy: Stricter, answer: impl IntoResponse) -> Response {
    let mut response = answer.into_response();
    response.extensions_mut().insert(policy);
    response
}

/// Pages are private and not stored; an answer that says otherwise itself, such as an asset, keeps its own word.
pub async fn guard(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let stricter = response.extensions().get::<Stricter>().copied();
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Some(stricter) = stricter {
        let policy = match stricter {
            Stricter::Sealed => SEALED,
            Stricter::Pictured => PICTURED,
            Stricter::Document => DOCUMENT,
        };
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-store"));
    response
}

const ALWAYS: [(HeaderName, &str); 8] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("x-permitted-cross-domain-policies"), "none"),
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), midi=(), payment=(), usb=()",
    ),
];

#[cfg(test)]
mod tests;
