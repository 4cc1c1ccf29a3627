//! The table of routes: method, path, right and handler on one line each.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::MethodRouter;

use crate::app::App;
use crate::edge::Larger;
use crate::{api, assets, guard, headers, live, pages, refusal};

/// Who may call a route at all. What a ticket's viewer may do with that ticket is decided by the
/// store's check inside the handler, which gives the thing or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Right {
    /// Everybody, signed in or not.
    Anybody,
    /// Everybody who is signed in; shows them only what is theirs.
    SignedIn,
    /// People who serve or oversee; for everybody else the page does not exist.
    Agent,
    /// Administrators; for everybody else the page does not exist.
    Administrator,
    /// Whoever the ticket in the path exists for.
    Ticket,
    /// Whoever may see the unit in the path.
    Unit,
}

/// One line of the table.
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub right: Right,
    handler: MethodRouter<App>,
    /// The longest body, where it is not that of all others.
    longest: Option<usize>,
}

impl Route {
    pub fn get(path: &'static str, right: Right, handler: MethodRouter<App>) -> Self {
        Self { method: Method::GET, path, right, handler, longest: None }
    }

    pub fn post(path: &'static str, right: Right, handler: MethodRouter<App>) -> Self {
        Self { method: Method::POST, path, right, handler, longest: None }
    }

    /// The same route, whose handler judges bodies up to this length by itself.
    #[must_use]
    pub fn up_to(self, bytes: usize) -> Self {
        let handler = self.handler.layer(DefaultBodyLimit::disable());
        Self { handler, longest: Some(bytes), ..self }
    }
}

/// Every route of the desk, feature by feature.
#[must_use]
pub fn table() -> Vec<Route> {
    [pages::routes(), api::routes(), live::routes()].into_iter().flatten().collect()
}

/// The routes with longer bodies than all others.
#[must_use]
pub fn larger() -> Vec<Larger> {
    table().into_iter().filter_map(|route| Some(Larger { path: route.path, bytes: route.longest? })).collect()
}

/// The whole site.
pub fn router(app: &App) -> Router {
    let mut router: Router<App> = Router::new();
    for route in table() {
        let guarded = route.handler.layer(from_fn_with_state((app.clone(), route.right), guard::admit));
        router = router.route(route.path, guarded);
    }
    router
        .merge(assets::routes())
        .fallback(refusal::no_such_page)
        .layer(axum::middleware::from_fn(headers::guard))
        .with_state(app.clone())
}
