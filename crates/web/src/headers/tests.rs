//! The guard stands before pages and assets alike.

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::routing::get;
use tower::ServiceExt;

async fn fetch(path: &str) -> axum::response::Response {
    let pages = Router::new()
        .route("/", get(async || "a page"))
        .merge(crate::assets::routes())
        .layer(axum::middleware::from_fn(super::guard));
    pages
        .oneshot(Request::get(path).body(Body::empty()).expect("a request"))
        .await
        .expect("the router answers")
}

#[tokio::test]
async fn pages_are_private_and_assets_are_kept() {
    assert_eq!(fetch("/").await.headers()["cache-control"], "private, no-store");
    let asset = fetch(crate::assets::APP_CSS).await;
    assert!(asset.headers()["cache-control"].to_str().expect("text").contains("immutable"));
}

#[tokio::test]
async fn the_policy_allows_nothing_inline_and_no_frames() {
    for path in ["/", "/not-there", crate::assets::APP_JS] {
        let answer = fetch(path).await;
        let policy = answer.headers()["content-security-policy"].to_str().expect("text").to_owned();
        assert!(!policy.contains("unsafe"), "{path}");
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("default-src 'self'"), "{path}");
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
        assert_eq!(answer.headers()["cross-origin-opener-policy"], "same-origin");
    }
}
