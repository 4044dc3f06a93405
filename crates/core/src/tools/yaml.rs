//! YAML as a tree that knows its lines. Only what is asked of it: values by key, lists, texts. An alias is nothing, so that
//! a file cannot grow by being read.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use saphyr_parser::{Event, Parser};

/// Something in a file, and the line it begins on, from 1.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) line: u32,
    what: What,
}

#[derive(Debug, Default)]
enum What {
    #[default]
    Nothing,
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

/// The first document; none of an empty file. The error is the line of the mistake.
pub(super) fn read(text: &str) -> Result<Node, Option<u32>> {
    let line_of = |line: usize| u32::try_from(line).unwrap_or(u32::MAX);
    let mut open: Vec<Open> = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| Some(line_of(error.marker().line())))?;
        let line = line_of(span.start.line());
        let node = match event {
            Event::MappingStart(..) => {
                open.push(Open { node: Node { line, what: What::Map(Vec::new()) }, key: None });
                continue;
            }
            Event::SequenceStart(..) => {
                open.push(Open { node: Node { line, what: What::List(Vec::new()) }, key: None });
                continue;
            }
            Event::MappingEnd | Event::SequenceEnd => match open.pop() {
                Some(ended) => ended.node,
                None => continue,
            },
            Event::Scalar(text, ..) => Node { line, what: What::Text(text.into_owned()) },
            Event::Alias(_) => Node { line, what: What::Nothing },
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => {
                continue;
            }
        };
        match open.last_mut() {
            Some(above) => above.take(node),
            None => return Ok(node),
        }
    }
    Ok(Node::default())
}

/// A list or map whose end has not come yet.
struct Open {
    node: Node,
    /// Of a map: the key whose value comes next.
    key: Option<String>,
}

impl Open {
    fn take(&mut self, inner: Node) {
        match (&mut self.node.what, self.key.take()) {
            (What::List(list), _) => list.push(inner),
            (What::Map(map), Some(key)) => map.push((key, inner)),
            (What::Map(_), None) => self.key = Some(inner.text().to_owned()),
            (What::Nothing | What::Text(_), _) => {}
        }
    }
}

impl Node {
    /// The value of a key of a map.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        match &self.what {
            What::Map(map) => map.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            What::Nothing | What::Text(_) | What::List(_) => None,
        }
    }

    /// The text of a key of a map; empty where there is none.
    pub(super) fn text_of(&self, key: &str) -> String {
        self.get(key).map(|node| node.text().to_owned()).unwrap_or_default()
    }

    /// A text; empty for anything else.
    pub(super) fn text(&self) -> &str {
        match &self.what {
            What::Text(text) => text,
            What::Nothing | What::List(_) | What::Map(_) => "",
        }
    }

    /// The members of the list that a key of a map has; none where there is no list.
    pub(super) fn list_of(&self, key: &str) -> &[Self] {
        match self.get(key).map(|node| &node.what) {
            Some(What::List(list)) => list,
            Some(What::Nothing | What::Text(_) | What::Map(_)) | None => &[],
        }
    }

    /// Whether it is a map, as most files of tools are.
    pub(super) fn is_map(&self) -> bool {
        matches!(self.what, What::Map(_))
    }

    /// Whether there is nothing at all.
    pub(super) fn is_nothing(&self) -> bool {
        matches!(self.what, What::Nothing)
    }
}
