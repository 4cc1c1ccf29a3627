//! The map is the same each time, and its table says all of it.

use super::drawing::{BOX_HEIGHT, BOX_WIDTH, left, middle};
use super::{Edge, Kept, Node, ServiceMap, layers, routes};
use crate::text::Locale;

fn map(names: &[&str], edges: &[(usize, usize, u64)]) -> ServiceMap {
    let node = |name: &&str| Node {
        label: (*name).to_owned(),
        href: None,
        open: None,
        outside: *name == "Customers",
    };
    let edge = |&(from, to, volume): &(usize, usize, u64)| Edge {
        from,
        to,
        volume,
        kept: Kept::of(9, 10),
        href: None,
    };
    ServiceMap {
        nodes: names.iter().map(node).collect(),
        edges: edges.iter().map(edge).collect(),
        csv: None,
        explain: None,
    }
}

#[test]
fn customers_stand_first_and_a_circle_is_cut_at_its_lightest_line() {
    let view =
        map(&["IT", "Customers", "Support", "Warehouse"], &[(1, 2, 90), (2, 3, 40), (3, 0, 20), (0, 2, 2)]);
    let places = layers::layout(&view).places;
    assert_eq!(places.iter().map(|place| place.0).collect::<Vec<_>>(), [3, 0, 1, 2]);
}

#[test]
fn the_same_map_is_drawn_the_same_each_time() {
    let view = map(
        &["Customers", "A", "B", "C", "D"],
        &[(0, 1, 5), (0, 2, 4), (1, 3, 3), (2, 3, 2), (2, 4, 2), (4, 1, 1), (3, 3, 1)],
    );
    let draw = || super::service_map(Locale::English, &view).into_string();
    assert_eq!(draw(), draw());
}

#[test]
fn every_line_is_in_the_table() {
    let view = map(&["Customers", "A", "B"], &[(0, 1, 5), (1, 2, 4), (2, 1, 1)]);
    let page = super::service_map(Locale::German, &view).into_string();
    assert_eq!(page.matches("scope=\"row\"").count(), 3);
    assert_eq!(page.matches("edge-figure\"").count(), 3);
}

#[test]
fn an_empty_map_is_drawn_all_the_same() {
    let page = super::service_map(Locale::English, &map(&[], &[])).into_string();
    assert!(page.contains("<svg"));
}

#[test]
fn figures_cover_no_name() {
    let names = ["Customers", "Shop", "Support", "Stock", "Billing", "IT"];
    let edges: Vec<_> =
        (0..3).flat_map(|from| (3..6).map(move |to| (from, to, 9 - (from + to) as u64))).collect();
    let view = map(&names, &edges);
    let layout = layers::layout(&view);
    for plate in routes::plates(&view, &layout, &routes::routes(&view, &layout)).into_iter().flatten() {
        for &(layer, row) in &layout.places {
            let (across, down) = (plate.0 - left(layer) - BOX_WIDTH / 2.0, plate.1 - middle(row));
            assert!(
                across.abs() >= (BOX_WIDTH + 80.0) / 2.0 || down.abs() >= (BOX_HEIGHT + 16.0) / 2.0,
                "{plate:?} lies on the box in layer {layer}, row {row}"
            );
        }
    }
}
