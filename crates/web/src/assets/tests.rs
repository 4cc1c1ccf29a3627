//! What a browser gets for an asset.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use tower::ServiceExt;

async fn fetch(path: &str, encoding: &str) -> axum::response::Response {
    let request =
        Request::get(path).header("accept-encoding", encoding).body(Body::empty()).expect("a request");
    super::routes::<()>().oneshot(request).await.expect("the router answers")
}

#[tokio::test]
async fn every_asset_is_typed_kept_for_ever_and_packed_when_asked() {
    for path in [super::APP_CSS, super::APP_JS, super::HTMX_JS, super::MARK_SVG] {
        let packed = fetch(path, "br, gzip;q=0.8").await;
        assert_eq!(packed.status(), StatusCode::OK, "{path}");
        assert_eq!(packed.headers()["content-encoding"], "gzip");
        assert_eq!(packed.headers()["cache-control"], "public, max-age=31536000, immutable");
        assert_eq!(packed.headers()["x-content-type-options"], "nosniff");
        let plain = fetch(path, "gzip;q=0").await;
        assert!(!plain.headers().contains_key("content-encoding"));
        assert_eq!(plain.headers()["content-type"], packed.headers()["content-type"]);
    }
}

#[tokio::test]
async fn an_unknown_asset_is_not_found() {
    assert_eq!(fetch("/assets/app-000000000000.css", "gzip").await.status(), StatusCode::NOT_FOUND);
}

#[test]
fn styles_and_scripts_name_no_other_host() {
    for asset in super::FILES.iter().filter(|asset| asset.name.starts_with("app-")) {
        let text = std::str::from_utf8(asset.plain).expect("text");
        for reference in ["http:", "https:", "@import", "url(//"] {
            let found =
                text.lines().any(|line| line.contains(reference) && !line.contains("http://www.w3.org/"));
            assert!(!found, "{} mentions {reference}", asset.name);
        }
    }
}
