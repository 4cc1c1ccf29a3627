//! What every answer tells the browser it may not do.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Everything comes from us; nothing inline, nothing framed, nothing sent elsewhere.
pub const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; font-src 'self'; object-src 'none'; frame-src 'none'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";

/// For a file that somebody sent us: it is saved, and where it is shown all the same it can do nothing.
const SEALED: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// Marks an answer that holds bytes from outside.
#[derive(Debug, Clone, Copy)]
struct Sealed;

/// Bytes from outside, to be saved under a name of ours.
pub fn file(mime: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).collect();
    let headers = [
        (header::CONTENT_TYPE, mime.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    let mut response = (headers, bytes).into_response();
    response.extensions_mut().insert(Sealed);
    response
}

/// Pages are private and not stored; an answer that says otherwise itself, such as an asset, keeps its own word.
pub async fn guard(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let sealed = response.extensions().get::<Sealed>().is_some();
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if sealed {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SEALED));
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
