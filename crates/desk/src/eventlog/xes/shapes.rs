//! Shares the attribute names of events: most events of a log have the same ones in the same order.

use std::collections::HashMap;
use std::sync::Arc;

use crate::eventlog::fields::{Kind, Shape};
use crate::eventlog::mapping::Mapping;

/// A sequence of names and types, as a place in a tree; the default is the empty sequence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Node(u32);

pub(super) struct Shapes {
    mapping: Mapping,
    source: String,
    nodes: Vec<Entry>,
    names: HashMap<Box<str>, Arc<str>>,
    joined: HashMap<(Node, Node), Arc<Shape>>,
}

#[derive(Default)]
struct Entry {
    parent: Node,
    last: Option<(Arc<str>, Kind)>,
    children: Vec<(Arc<str>, Kind, Node)>,
}

impl Shapes {
    pub(super) fn new(mapping: &Mapping, source: &str) -> Self {
        Self {
            mapping: mapping.clone(),
            source: source.to_owned(),
            nodes: vec![Entry::default()],
            names: HashMap::new(),
            joined: HashMap::new(),
        }
    }

    /// The sequence that continues `node` with one more name.
    pub(super) fn after(&mut self, node: Node, name: &str, kind: Kind) -> Node {
        let known = self.nodes[node.0 as usize]
            .children
            .iter()
            .find(|(child, of, _)| *of == kind && &**child == name);
        if let Some((_, _, next)) = known {
            return *next;
        }
        let name = match self.names.get(name) {
            Some(name) => Arc::clone(name),
            None => {
                let shared: Arc<str> = Arc::from(name);
                self.names.insert(name.into(), Arc::clone(&shared));
                shared
            }
        };
        let next = Node(u32::try_from(self.nodes.len()).expect("fewer than 4 billion shapes"));
        self.nodes.push(Entry { parent: node, last: Some((Arc::clone(&name), kind)), children: Vec::new() });
        self.nodes[node.0 as usize].children.push((name, kind, next));
        next
    }

    /// The shape of an event in a trace: the trace's attributes as `case:NAME`, then its own.
    ///
    /// A name that occurs again is numbered, so that none hides another.
    pub(super) fn joined(&mut self, trace: Node, event: Node) -> Arc<Shape> {
        if let Some(shape) = self.joined.get(&(trace, event)) {
            return Arc::clone(shape);
        }
        let mut seen: HashMap<String, u32> = HashMap::new();
        let of_trace = self.sequence(trace).into_iter().map(|(name, kind)| (format!("case:{name}"), kind));
        let of_event = self.sequence(event).into_iter().map(|(name, kind)| (name.to_string(), kind));
        let names = of_trace
            .chain(of_event)
            .map(|(name, kind)| {
                let count = seen.entry(name.clone()).or_default();
                *count += 1;
                let unique = match count {
                    1 => name,
                    count => format!("{name}#{count}"),
                };
                (Arc::from(unique), kind)
            })
            .collect();
        let shape = Arc::new(Shape::new(names, &self.mapping, &self.source));
        self.joined.insert((trace, event), Arc::clone(&shape));
        shape
    }

    fn sequence(&self, node: Node) -> Vec<(Arc<str>, Kind)> {
        let mut names = Vec::new();
        let mut entry = &self.nodes[node.0 as usize];
        while let Some((name, kind)) = &entry.last {
            names.push((Arc::clone(name), *kind));
            entry = &self.nodes[entry.parent.0 as usize];
        }
        names.reverse();
        names
    }
}
