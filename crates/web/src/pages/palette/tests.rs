use super::*;

fn labels(q: &str, labels: &[&str]) -> Vec<String> {
    let rows = labels.iter().map(|label| Row::new(Icon::Inbox, *label, "/")).collect();
    picked(q, rows).into_iter().map(|row| row.label).collect()
}

#[test]
fn what_begins_so_comes_before_what_has_a_word_that_does() {
    let all = ["Give it to somebody", "Solve", "Unsolved mysteries", "To solve"];
    assert_eq!(labels("sol", &all), ["Solve", "To solve", "Unsolved mysteries"]);
    assert_eq!(labels("SOLVE", &all)[0], "Solve");
    assert_eq!(labels("give some", &all), ["Give it to somebody"]);
    assert!(labels("xyz", &all).is_empty());
}

#[test]
fn nothing_typed_leaves_the_order_of_the_page() {
    let all = ["b", "a", "c", "f", "e", "d", "g", "h"];
    assert_eq!(labels("", &all), all);
    assert!(labels("x", &["x1", "x2", "x3", "x4", "x5", "x6", "x7"]).len() == OF_EACH);
}

#[test]
fn the_open_ticket_is_read_from_the_path() {
    for (path, number) in [
        ("/tickets/1042", Some(1042)),
        ("/tickets/1042?done=noted", Some(1042)),
        ("/tickets/1042/throughline", Some(1042)),
        ("/portal/tickets/1042", None),
        ("/tickets/", None),
        ("/tickets/99999999999999999999", None),
        ("https://elsewhere.example/tickets/1", None),
    ] {
        assert_eq!(open_ticket(path), number, "{path}");
    }
}

#[test]
fn the_page_before_is_known_from_its_address() {
    let mut headers = HeaderMap::new();
    assert_eq!(came_from(&headers), None);
    headers.insert(header::REFERER, "https://desk.example/tickets/7?done=noted".parse().unwrap());
    assert_eq!(came_from(&headers).as_deref(), Some("/tickets/7?done=noted"));
    headers.insert(header::REFERER, "https://desk.example".parse().unwrap());
    assert_eq!(came_from(&headers), None);
}
