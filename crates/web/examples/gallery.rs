//! Serves the style page on a port: `cargo run -p web --example gallery -- 8090`.

use axum::Router;
use axum::extract::Query;
use axum::routing::get;
use web::text::Locale;
use web::ui::gallery::{gallery, sample};

#[derive(serde::Deserialize)]
struct Choice {
    language: Option<String>,
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).and_then(|port| port.parse().ok()).unwrap_or(8090_u16);
    let show = async |Query(choice): Query<Choice>| {
        gallery(&sample::reader(Locale::choose(choice.language.as_deref(), None)))
    };
    let pages = Router::new().route("/", get(show)).merge(web::assets::routes());
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    axum::serve(listener, pages.layer(axum::middleware::from_fn(web::headers::guard))).await
}
