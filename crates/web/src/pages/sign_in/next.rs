//! Where to go after signing in: to a page of our own, and nowhere else.

use std::sync::LazyLock;

use axum::http::Method;

use crate::routes;

/// Longer than any address of ours.
const MOST_BYTES: usize = 512;

/// Pages of ours, as the table of routes has them.
static PAGES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    routes::table()
        .into_iter()
        .filter(|route| route.method == Method::GET)
        .map(|route| route.path)
        .filter(|path| !path.starts_with("/api/") && !matches!(*path, "/live" | "/sign-in"))
        .collect()
});

/// The wanted address when it is a page of ours; else the start.
#[must_use]
pub fn local(wanted: &str) -> &str {
    if is_page(wanted) { wanted } else { "/" }
}

fn is_page(wanted: &str) -> bool {
    let path = wanted.split_once('?').map_or(wanted, |(path, _)| path);
    wanted.len() <= MOST_BYTES
        && wanted.bytes().all(|byte| byte.is_ascii_graphic() && !b"\\<>\"'`".contains(&byte))
        && !path.contains(['%', '#'])
        && PAGES.iter().any(|page| matches(page, path))
}

/// Part by part; a part in braces stands for any part that is not empty.
fn matches(page: &str, path: &str) -> bool {
    let (mut page, mut path) = (page.split('/'), path.split('/'));
    loop {
        match (page.next(), path.next()) {
            (None, None) => return true,
            (Some(expected), Some(given)) => {
                let open = expected.starts_with('{') && !given.is_empty();
                if !open && expected != given {
                    return false;
                }
            }
            (Some(_), None) | (None, Some(_)) => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn pages_of_ours_are_kept_with_their_query() {
        for page in
            ["/portal", "/portal/tickets/42", "/portal?list=organisation&before=7", "/map/1/2?weeks=13"]
        {
            assert_eq!(local(page), page);
        }
    }

    #[test]
    fn everything_else_leads_to_the_start() {
        let long = format!("/portal?{}", "x".repeat(600));
        for elsewhere in [
            "",
            "https://elsewhere.example/",
            "//elsewhere.example",
            "///elsewhere.example",
            "/\\elsewhere.example",
            "\\/elsewhere.example",
            "/%2f%2felsewhere.example",
            "/portal/tickets/%2f%2felsewhere.example",
            "javascript:alert(1)",
            "/portal\r\nSet-Cookie: a=b",
            " /portal",
            "/portal/",
            "/portal/tickets/",
            "/sign-in",
            "/live?ticket=1",
            "/api/v1/tickets/1",
            "/no/such/page",
            "/portal#elsewhere",
            "portal",
            long.as_str(),
        ] {
            assert_eq!(local(elsewhere), "/", "{elsewhere}");
        }
    }
}
