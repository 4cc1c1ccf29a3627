//! Where each line leaves, bends and arrives, and where its figures find room.

use super::ServiceMap;
use super::drawing::{BOX_HEIGHT, BOX_WIDTH, left, middle, places};
use super::layers::Layout;

pub(super) type Point = (f64, f64);

/// From the asking box through the bends to the serving box; a unit that serves itself has no line.
pub(super) fn routes(view: &ServiceMap, layout: &Layout) -> Vec<Vec<Point>> {
    let mut ports = Ports::default();
    for (position, (edge, bends)) in view.edges.iter().zip(&layout.bends).enumerate() {
        if edge.from != edge.to {
            let (from, to) = (layout.places[edge.from], layout.places[edge.to]);
            ports.want(edge.from, leaves_at_end(from, to), bends.first().unwrap_or(&to).1, (position, true));
            ports.want(edge.to, arrives_at_end(from, to), bends.last().unwrap_or(&from).1, (position, false));
        }
    }
    let port = |node: usize, at_end: bool, line: (usize, bool)| {
        let (layer, row) = layout.places[node];
        (left(layer) + if at_end { BOX_WIDTH } else { 0.0 }, middle(row) + ports.offset(node, at_end, line))
    };
    let route = |(position, edge): (usize, &super::Edge)| {
        if edge.from == edge.to {
            return Vec::new();
        }
        let (from, to) = (layout.places[edge.from], layout.places[edge.to]);
        let mut points = vec![port(edge.from, leaves_at_end(from, to), (position, true))];
        points.extend(
            layout.bends[position].iter().map(|&(layer, row)| (left(layer) + BOX_WIDTH / 2.0, middle(row))),
        );
        points.push(port(edge.to, arrives_at_end(from, to), (position, false)));
        points
    };
    view.edges.iter().enumerate().map(route).collect()
}

/// A place on each line where its figures hide no box and no other line's figures, if there is one.
pub(super) fn plates(view: &ServiceMap, layout: &Layout, routes: &[Vec<Point>]) -> Vec<Option<Point>> {
    let boxes: Vec<Point> =
        layout.places.iter().map(|&(layer, row)| (left(layer) + BOX_WIDTH / 2.0, middle(row))).collect();
    let mut taken: Vec<Point> = Vec::new();
    let mut heaviest: Vec<usize> = (0..routes.len()).filter(|&edge| !routes[edge].is_empty()).collect();
    heaviest.sort_by_key(|&edge| (std::cmp::Reverse(view.edges[edge].volume), edge));
    let mut plates = vec![None; routes.len()];
    for edge in heaviest {
        // Room is counted in sizes of what stands there: below one in both directions they would touch.
        let room = |place: &Point| {
            let plates = taken.iter().map(|other| apart(other, place, PLATE, PLATE_HEIGHT + 1.0));
            // A name may be hidden least of all: it counts as nearer than any figure.
            let boxes = boxes.iter().map(|other| {
                let (wide, high) = (f64::midpoint(BOX_WIDTH, PLATE), f64::midpoint(BOX_HEIGHT, PLATE_HEIGHT));
                let apart = apart(other, place, wide, high);
                if apart < 1.0 { apart - 1.0 } else { apart }
            });
            plates.chain(boxes).fold(1.0, f64::min)
        };
        let candidates = candidates(&routes[edge]);
        let first = candidates[0];
        let place = candidates
            .into_iter()
            .fold(first, |best, next| if room(&next) > room(&best) { next } else { best });
        taken.push(place);
        plates[edge] = Some(place);
    }
    plates
}

fn apart(one: &Point, other: &Point, wide: f64, high: f64) -> f64 {
    ((one.0 - other.0).abs() / wide).max((one.1 - other.1).abs() / high)
}

/// What most figures take.
const PLATE: f64 = 88.0;
pub(super) const PLATE_HEIGHT: f64 = 20.0;

pub(super) fn plate_width(letters: usize) -> f64 {
    places(letters) * 6.4 + 14.0
}

/// The four points of the curve between two points of a route.
pub(super) fn bow(one: Point, other: Point) -> [Point; 4] {
    let across = other.0 - one.0;
    // Between boxes of one layer the line leaves and arrives on the same side.
    let (out, back) = if across.abs() < 1.0 { (64.0, -64.0) } else { (across * 0.45, across * 0.45) };
    [one, (one.0 + out, one.1), (other.0 - back, other.1), other]
}

fn candidates(route: &[Point]) -> Vec<Point> {
    let pieces: Vec<[Point; 4]> = route.windows(2).map(|pair| bow(pair[0], pair[1])).collect();
    let middle = (pieces.len() - 1) / 2;
    let order = std::iter::once(middle).chain((0..pieces.len()).filter(move |&piece| piece != middle));
    order
        .flat_map(|piece| {
            [0.5, 0.44, 0.56, 0.38, 0.62, 0.33, 0.67, 0.28, 0.72, 0.2, 0.8, 0.12, 0.88]
                .map(|share| on_curve(&pieces[piece], share))
        })
        .collect()
}

fn on_curve(points: &[Point; 4], share: f64) -> Point {
    let rest = 1.0 - share;
    let weights = [rest.powi(3), 3.0 * rest * rest * share, 3.0 * rest * share * share, share.powi(3)];
    points
        .iter()
        .zip(weights)
        .fold((0.0, 0.0), |sum, (point, weight)| (sum.0 + point.0 * weight, sum.1 + point.1 * weight))
}

fn leaves_at_end(from: (usize, f64), to: (usize, f64)) -> bool {
    from.0 <= to.0
}

fn arrives_at_end(from: (usize, f64), to: (usize, f64)) -> bool {
    from.0 >= to.0
}

/// Lines at one side of a box stand apart, in the order of where they go.
#[derive(Default)]
struct Ports {
    wanted: Vec<Port>,
}

struct Port {
    node: usize,
    at_end: bool,
    towards: f64,
    line: (usize, bool),
}

impl Ports {
    fn want(&mut self, node: usize, at_end: bool, towards: f64, line: (usize, bool)) {
        self.wanted.push(Port { node, at_end, towards, line });
    }

    fn offset(&self, node: usize, at_end: bool, line: (usize, bool)) -> f64 {
        let mut beside: Vec<&Port> =
            self.wanted.iter().filter(|port| port.node == node && port.at_end == at_end).collect();
        beside.sort_by(|one, other| one.towards.total_cmp(&other.towards).then(one.line.cmp(&other.line)));
        let position = beside.iter().position(|port| port.line == line).unwrap_or(0);
        let gap = (BOX_HEIGHT - 14.0) / places(beside.len().max(3));
        (places(position) - (places(beside.len()) - 1.0) / 2.0) * gap
    }
}
