//! Builds the tree as a browser would, only to see how deep and how large it becomes.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use super::feed;
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, ExpandedName, QualName, local_name, ns, parse_document};

const DEEPEST: usize = 512;
const MOST: usize = 150_000;
/// Errors are remembered one by one by whoever builds the tree in earnest.
const MOST_ERRORS: usize = 250_000;

/// Whether the tree stays within 512 ancestors and 150,000 nodes.
pub(super) fn is_bearable(source: &str) -> bool {
    let sink = Sink::new();
    let seen = sink.seen.clone();
    let mut parser = parse_document(sink, html5ever::ParseOpts::default());
    if !feed::pieces(source, &seen.reading, |piece| parser.process(StrTendril::from(piece))) {
        return false;
    }
    parser.finish();
    !seen.reading.too_much.get()
}

#[derive(Default)]
struct Seen {
    nodes: Cell<usize>,
    errors: Cell<usize>,
    late_attributes: Cell<usize>,
    reading: feed::Seen,
}

impl Seen {
    fn count(&self, counter: &Cell<usize>, more: usize, most: usize) {
        counter.set(counter.get() + more);
        if counter.get() > most {
            self.reading.too_much.set(true);
        }
    }
}

struct Sink {
    document: Handle,
    seen: Rc<Seen>,
}

type Handle = Rc<Node>;

/// A node knows its parent; its children are only remembered so that they can be moved together.
struct Node {
    name: QualName,
    parent: RefCell<Option<Handle>>,
    children: RefCell<Vec<Weak<Node>>>,
    contents: RefCell<Option<Handle>>,
}

impl Node {
    fn new(name: QualName) -> Handle {
        Rc::new(Self {
            name,
            parent: RefCell::default(),
            children: RefCell::default(),
            contents: RefCell::default(),
        })
    }

    fn depth(&self) -> usize {
        let mut depth = 0;
        let mut at = self.parent.borrow().clone();
        while let Some(parent) = at {
            depth += 1;
            if depth > DEEPEST {
                break;
            }
            at = parent.parent.borrow().clone();
        }
        depth
    }
}

impl Sink {
    fn new() -> Self {
        Self { document: Node::new(nameless()), seen: Rc::default() }
    }

    fn node(&self, name: QualName) -> Handle {
        self.seen.reading.has_moved.set(true);
        self.seen.count(&self.seen.nodes, 1, MOST);
        Node::new(name)
    }

    fn place(&self, parent: &Handle, child: &Handle) {
        *child.parent.borrow_mut() = Some(parent.clone());
        parent.children.borrow_mut().push(Rc::downgrade(child));
        if child.depth() > DEEPEST {
            self.seen.reading.too_much.set(true);
        }
    }
}

fn nameless() -> QualName {
    QualName::new(None, ns!(), local_name!(""))
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = ();
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) {}

    fn parse_error(&self, _: Cow<'static, str>) {
        self.seen.count(&self.seen.errors, 1, MOST_ERRORS);
    }

    fn get_document(&self) -> Handle {
        self.document.clone()
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        if attributes.len() > feed::MOST_ATTRIBUTES {
            self.seen.reading.too_much.set(true);
        }
        self.node(name)
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.node(nameless())
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.node(nameless())
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        match child {
            NodeOrText::AppendNode(child) => self.place(parent, &child),
            NodeOrText::AppendText(_) => self.seen.reading.has_moved.set(true),
        }
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let parent = element.parent.borrow().clone();
        self.append(parent.as_ref().unwrap_or(previous), child);
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        let contents = target.contents.borrow_mut().get_or_insert_with(|| Node::new(nameless())).clone();
        *contents.parent.borrow_mut() = target.parent.borrow().clone();
        contents
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        Rc::ptr_eq(one, other)
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, new: NodeOrText<Handle>) {
        let parent = sibling.parent.borrow().clone();
        if let Some(parent) = parent {
            self.append(&parent, new);
        }
    }

    /// The page and its body are one element each, however often they are begun.
    fn add_attrs_if_missing(&self, _: &Handle, attributes: Vec<Attribute>) {
        self.seen.count(&self.seen.late_attributes, attributes.len(), feed::MOST_ATTRIBUTES);
    }

    fn remove_from_parent(&self, target: &Handle) {
        target.parent.borrow_mut().take();
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let children = std::mem::take(&mut *node.children.borrow_mut());
        for child in children.iter().filter_map(Weak::upgrade) {
            let is_here = child.parent.borrow().as_ref().is_some_and(|parent| Rc::ptr_eq(parent, node));
            if is_here {
                self.place(new_parent, &child);
            }
        }
    }
}
