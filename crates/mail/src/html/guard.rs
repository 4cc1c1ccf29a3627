//! Builds the tree as a browser would, only to see how deep and how large it becomes.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, ExpandedName, QualName, local_name, ns, parse_document};

const DEEPEST: usize = 512;
const MOST: usize = 150_000;
/// Bytes between two looks at the size: few, because one tag can bring hundreds of elements.
const STEP: usize = 1024;

/// Whether the tree stays within 512 ancestors and 150,000 nodes.
pub(super) fn is_bearable(source: &str) -> bool {
    let sink = Sink::new();
    let seen = sink.seen.clone();
    let mut parser = parse_document(sink, html5ever::ParseOpts::default());
    let mut rest = source;
    while !rest.is_empty() {
        let (step, after) =
            rest.split_at(rest.floor_char_boundary(STEP.min(rest.len())).max(first_char(rest)));
        parser.process(StrTendril::from(step));
        if seen.too_much.get() {
            return false;
        }
        rest = after;
    }
    parser.finish();
    !seen.too_much.get()
}

fn first_char(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

struct Seen {
    nodes: Cell<usize>,
    too_much: Cell<bool>,
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
        let seen = Rc::new(Seen { nodes: Cell::new(0), too_much: Cell::new(false) });
        Self { document: Node::new(nameless()), seen }
    }

    fn node(&self, name: QualName) -> Handle {
        self.seen.nodes.set(self.seen.nodes.get() + 1);
        if self.seen.nodes.get() > MOST {
            self.seen.too_much.set(true);
        }
        Node::new(name)
    }

    fn place(&self, parent: &Handle, child: &Handle) {
        *child.parent.borrow_mut() = Some(parent.clone());
        parent.children.borrow_mut().push(Rc::downgrade(child));
        if child.depth() > DEEPEST {
            self.seen.too_much.set(true);
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

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        self.document.clone()
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, _: Vec<Attribute>, _: ElementFlags) -> Handle {
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
            NodeOrText::AppendText(_) => {}
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

    fn add_attrs_if_missing(&self, _: &Handle, _: Vec<Attribute>) {}

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
