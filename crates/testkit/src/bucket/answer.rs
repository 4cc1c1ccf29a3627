//! What the service answers, as far as a client looks at it.

use std::collections::BTreeMap;
use std::io;

use axum::body::{Body, Bytes};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

const TAG: &str = "\"a-tag\"";
const CHANGED: &str = "Wed, 04 Mar 2026 12:00:00 GMT";

pub(super) fn refused(status: StatusCode, code: &str) -> Response {
    (status, xml(&format!("<Error><Code>{code}</Code><Message>{code}</Message></Error>"))).into_response()
}

pub(super) fn kept() -> Response {
    [(header::ETAG, TAG)].into_response()
}

pub(super) fn begun(id: &str) -> Response {
    xml(&format!("<InitiateMultipartUploadResult><UploadId>{id}</UploadId></InitiateMultipartUploadResult>"))
        .into_response()
}

pub(super) fn completed() -> Response {
    xml("<CompleteMultipartUploadResult><ETag>a-tag</ETag></CompleteMultipartUploadResult>").into_response()
}

pub(super) fn list(objects: &BTreeMap<String, Bytes>, prefix: &str) -> Response {
    let contents: String = objects
        .iter()
        .filter(|(key, _)| key.starts_with(prefix))
        .map(|(key, bytes)| {
            format!(
                "<Contents><Key>{key}</Key><Size>{}</Size><ETag>a-tag</ETag>\
                 <LastModified>2026-03-04T12:00:00.000Z</LastModified></Contents>",
                bytes.len()
            )
        })
        .collect();
    xml(&format!("<ListBucketResult><IsTruncated>false</IsTruncated>{contents}</ListBucketResult>"))
        .into_response()
}

/// A file or a range of it; it may break off in the middle.
pub(super) fn object(bytes: &Bytes, range: &str, head_only: bool, cut: Option<usize>) -> Response {
    let whole = bytes.len();
    let (from, to) = range.strip_prefix("bytes=").and_then(|range| range.split_once('-')).map_or(
        (0, whole),
        |(from, to)| {
            let to = to.parse::<usize>().map_or(whole, |to| whole.min(to + 1));
            (from.parse().unwrap_or(0), to)
        },
    );
    let part = bytes.slice(from.min(whole)..to);
    let status = if range.is_empty() { StatusCode::OK } else { StatusCode::PARTIAL_CONTENT };
    let mut answer = Response::builder()
        .status(status)
        .header(header::ETAG, TAG)
        .header(header::LAST_MODIFIED, CHANGED)
        .header(header::CONTENT_LENGTH, part.len());
    if !range.is_empty() {
        answer = answer.header(header::CONTENT_RANGE, format!("bytes {from}-{}/{whole}", to.max(1) - 1));
    }
    let body = match cut {
        _ if head_only => Body::empty(),
        None => Body::from(part),
        Some(after) => {
            let first = part.slice(..after.min(part.len()));
            let broken = Err(io::Error::new(io::ErrorKind::ConnectionReset, "as the test wants"));
            Body::from_stream(tokio_stream::iter([Ok(first), broken]))
        }
    };
    answer.body(body).expect("an answer")
}

fn xml(content: &str) -> impl IntoResponse + use<> {
    ([(header::CONTENT_TYPE, "application/xml")], format!("<?xml version=\"1.0\"?>{content}"))
}
