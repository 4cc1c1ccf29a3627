//! Places nodes in layers so that most lines run forward and few of them cross; the same input gives the same map.

use super::ServiceMap;

/// Where each node and each bend of a line stands: (layer, position from the top of the layer).
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) places: Vec<(usize, f64)>,
    /// For each edge the points between its ends, in the direction of the edge.
    pub(super) bends: Vec<Vec<(usize, f64)>>,
    pub(super) layers: usize,
    pub(super) tallest: usize,
}

const SWEEPS: usize = 8;

pub(super) fn layout(view: &ServiceMap) -> Layout {
    let layer_of = layer_by_longest_path(view);
    let mut graph = Graph::new(view, &layer_of);
    for sweep in 0..SWEEPS {
        graph.reorder(sweep % 2 == 0);
    }
    graph.layout(view)
}

/// The longest way from anybody who only asks; lines that would close a circle are left out of the count.
fn layer_by_longest_path(view: &ServiceMap) -> Vec<usize> {
    let forward = forward_edges(view);
    let mut layer = vec![0; view.nodes.len()];
    for _ in 0..view.nodes.len() {
        let mut moved = false;
        for &(from, to) in &forward {
            if layer[to] <= layer[from] {
                layer[to] = layer[from] + 1;
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    bring_askers_near(view, &forward, &mut layer);
    layer
}

/// A unit that only asks stands just before the first unit that serves it, not among the customers.
fn bring_askers_near(view: &ServiceMap, forward: &[(usize, usize)], layer: &mut [usize]) {
    for node in 0..view.nodes.len() {
        let only_asks = !view.nodes[node].outside && forward.iter().all(|&(_, to)| to != node);
        let nearest = forward.iter().filter(|&&(from, _)| from == node).map(|&(_, to)| layer[to]).min();
        if let (true, Some(nearest)) = (only_asks, nearest) {
            layer[node] = nearest - 1;
        }
    }
}

// The heaviest lines go in first, so that what is turned round is the lightest of each circle.
fn forward_edges(view: &ServiceMap) -> Vec<(usize, usize)> {
    let mut edges: Vec<usize> =
        (0..view.edges.len()).filter(|&edge| view.edges[edge].from != view.edges[edge].to).collect();
    edges.sort_by_key(|&edge| {
        (!view.nodes[view.edges[edge].from].outside, std::cmp::Reverse(view.edges[edge].volume), edge)
    });
    let mut accepted: Vec<(usize, usize)> = Vec::new();
    for edge in edges {
        let (from, to) = (view.edges[edge].from, view.edges[edge].to);
        if !reaches(&accepted, to, from, view.nodes.len()) {
            accepted.push((from, to));
        }
    }
    accepted
}

fn reaches(edges: &[(usize, usize)], from: usize, to: usize, nodes: usize) -> bool {
    let mut seen = vec![false; nodes];
    let mut open = vec![from];
    while let Some(node) = open.pop() {
        if node == to {
            return true;
        }
        if std::mem::replace(&mut seen[node], true) {
            continue;
        }
        open.extend(edges.iter().filter(|(start, _)| *start == node).map(|(_, end)| *end));
    }
    false
}

/// Nodes and the bends of long lines alike are points; each layer is an ordered list of points.
struct Graph {
    layers: Vec<Vec<usize>>,
    links: Vec<(usize, usize)>,
    chains: Vec<Vec<usize>>,
    points: usize,
}

impl Graph {
    fn new(view: &ServiceMap, layer_of: &[usize]) -> Graph {
        let depth = layer_of.iter().max().map_or(0, |deepest| deepest + 1);
        let mut layers = vec![Vec::new(); depth];
        for (node, layer) in layer_of.iter().enumerate() {
            layers[*layer].push(node);
        }
        let mut graph = Graph { layers, links: Vec::new(), chains: Vec::new(), points: view.nodes.len() };
        for edge in &view.edges {
            graph.add(edge.from, edge.to, layer_of);
        }
        graph
    }

    fn add(&mut self, from: usize, to: usize, layer_of: &[usize]) {
        let (low, high) = (layer_of[from].min(layer_of[to]), layer_of[from].max(layer_of[to]));
        let mut chain = Vec::new();
        for layer in low + 1..high {
            self.layers[layer].push(self.points);
            chain.push(self.points);
            self.points += 1;
        }
        if layer_of[from] > layer_of[to] {
            chain.reverse();
        }
        let whole: Vec<usize> =
            std::iter::once(from).chain(chain.iter().copied()).chain(std::iter::once(to)).collect();
        self.links.extend(whole.windows(2).map(|pair| (pair[0], pair[1])));
        self.chains.push(chain);
    }

    /// Sorts each layer by where its neighbours stand on average.
    fn reorder(&mut self, towards_end: bool) {
        let order: Vec<usize> = if towards_end {
            (1..self.layers.len()).collect()
        } else {
            (0..self.layers.len().saturating_sub(1)).rev().collect()
        };
        for layer in order {
            let beside = if towards_end { layer - 1 } else { layer + 1 };
            let rank = self.ranks(beside);
            let mut weighed: Vec<(f64, usize)> = self.layers[layer]
                .iter()
                .enumerate()
                .map(|(position, &point)| {
                    (self.middle_of_neighbours(point, &rank).unwrap_or(as_place(position)), point)
                })
                .collect();
            weighed.sort_by(|one, other| one.0.total_cmp(&other.0));
            self.layers[layer] = weighed.into_iter().map(|(_, point)| point).collect();
        }
    }

    fn ranks(&self, layer: usize) -> Vec<Option<f64>> {
        let mut ranks = vec![None; self.points];
        for (position, &point) in self.layers[layer].iter().enumerate() {
            ranks[point] = Some(as_place(position));
        }
        ranks
    }

    fn middle_of_neighbours(&self, point: usize, rank: &[Option<f64>]) -> Option<f64> {
        let beside = self.links.iter().filter_map(|&(from, to)| match (from == point, to == point) {
            (true, _) => rank[to],
            (_, true) => rank[from],
            _ => None,
        });
        let (sum, count) = beside.fold((0.0, 0.0), |(sum, count), place| (sum + place, count + 1.0));
        (count > 0.0).then(|| sum / count)
    }

    fn layout(&self, view: &ServiceMap) -> Layout {
        let tallest = self.layers.iter().map(Vec::len).max().unwrap_or(0);
        let mut places = vec![(0, 0.0); self.points];
        for (layer, points) in self.layers.iter().enumerate() {
            let indent = (as_place(tallest) - as_place(points.len())) / 2.0;
            for (position, &point) in points.iter().enumerate() {
                places[point] = (layer, as_place(position) + indent);
            }
        }
        let bends =
            self.chains.iter().map(|chain| chain.iter().map(|&point| places[point]).collect()).collect();
        places.truncate(view.nodes.len());
        Layout { places, bends, layers: self.layers.len(), tallest }
    }
}

fn as_place(position: usize) -> f64 {
    position as f64
}
