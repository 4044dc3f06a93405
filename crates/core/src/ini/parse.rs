//! The line reader of aws-sessions.md 1.2.

use super::encoding::{self, Encoding};
use super::{Document, Fault, Property, Section, Trouble, is_name};
use crate::reading::js::is_taken;
use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::string::String;

pub(super) const BLANK: [char; 2] = [' ', '\t'];

pub(super) fn parse(file: &[u8]) -> Document {
    let mut reader = Reader::default();
    match Encoding::of(file) {
        Encoding::Utf8 => {}
        Encoding::Utf8Mark => reader.fault(Trouble::ByteOrderMark, 1),
        Encoding::Utf16Le | Encoding::Utf16Be => reader.fault(Trouble::Utf16, 1),
    }
    let text = encoding::text(file).unwrap_or_else(|no_text| {
        reader.fault(Trouble::NotUtf8, no_text.line);
        encoding::salvaged(file)
    });
    reader.plain_bytes = has_plain_bytes(text.as_bytes());
    let mut last = 1;
    for (number, line) in (1..=u32::MAX).zip(text.split('\n')) {
        reader.line(line.strip_suffix('\r').unwrap_or(line), number);
        last = number;
    }
    // Half of a line's end, which only some clients take for one.
    if text.ends_with('\r') {
        reader.fault(Trouble::OddCharacter, last);
    }
    let mut document = reader.document;
    document.bytes = file.to_vec();
    document
}

/// What the next line belongs to.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is told of the line before, or of the whole file")]
struct Reader {
    document: Document,
    /// The whole file has been looked through for odd characters, and has none.
    plain_bytes: bool,
    /// Header text to the line where it stood first.
    headers: BTreeMap<String, u32>,
    /// Keys of the current section, where it has many, to the line where they stood first.
    keys: BTreeMap<String, u32>,
    /// Whether an indented line would continue a property.
    in_property: bool,
    /// Whether that property's own value was empty, which makes its continuation a nested block.
    nested: bool,
    /// How the first line of that block is indented.
    indentation: String,
    /// Whether something about that block was told.
    told: bool,
}

impl Reader {
    fn line(&mut self, line: &str, number: u32) {
        if line.trim_matches(BLANK).is_empty() {
            return;
        }
        if !self.plain_bytes && has_odd_character(line) {
            self.fault(Trouble::OddCharacter, number);
        }
        match line.as_bytes().first() {
            Some(b'#' | b';') => {}
            Some(b'[') => self.header(line, number),
            Some(b' ' | b'\t') => self.indented(line, number),
            _ => self.property(line, number),
        }
    }

    fn header(&mut self, whole: &str, number: u32) {
        self.close_property();
        let line = whole.split(['#', ';']).next().unwrap_or(whole).trim_matches(BLANK);
        let inner = line.strip_prefix('[').unwrap_or(line);
        let name = if let Some(name) = inner.strip_suffix(']') {
            name
        } else {
            self.fault(Trouble::OpenHeader, number);
            inner
        };
        let name = name.trim_matches(BLANK).to_owned();
        if name.is_empty() {
            self.fault(Trouble::EmptyHeader, number);
        }
        match self.headers.get(&name) {
            Some(first) => {
                let first = *first;
                self.fault(Trouble::DuplicateSection { name: name.clone(), first }, number);
            }
            None => {
                self.headers.insert(name.clone(), number);
            }
        }
        let is_odd = !is_usual_header(whole, &name);
        self.document.sections.push(Section { name, line: number, is_odd, properties: alloc::vec::Vec::new() });
        self.keys.clear();
    }

    fn indented(&mut self, line: &str, number: u32) {
        let text = line.trim_matches(BLANK);
        let property = self.document.sections.last_mut().and_then(|section| section.properties.last_mut());
        if let (true, Some(property)) = (self.in_property, property) {
            let trouble = if text.starts_with(['#', ';']) {
                Some(Trouble::IndentedComment { stops_rust: self.nested && !text.contains('=') })
            } else if self.nested {
                let is_first = property.last_line == property.line;
                let indentation = line.get(..line.len() - line.trim_start_matches(BLANK).len()).unwrap_or_default();
                if is_first {
                    indentation.clone_into(&mut self.indentation);
                }
                nested_trouble(&property.key, text).or_else(|| {
                    let differs = self.indentation != indentation;
                    differs.then(|| Trouble::OddBlock { key: property.key.clone() })
                })
            } else {
                Some(Trouble::Continued { key: property.key.clone() })
            };
            property.value.push('\n');
            property.value.push_str(text);
            property.last_line = number;
            match trouble {
                // Once is enough for a value or a block.
                Some(Trouble::Continued { .. } | Trouble::OddBlock { .. }) if self.told => {}
                Some(trouble) => {
                    self.told = matches!(trouble, Trouble::Continued { .. } | Trouble::OddBlock { .. });
                    self.fault(trouble, number);
                }
                None => {}
            }
            return;
        }
        // Python and JavaScript read on here as if the line were not indented, so that is what is salvaged.
        if text.starts_with('[') {
            self.fault(Trouble::IndentedHeader, number);
            self.header(text, number);
        } else if self.document.sections.is_empty() {
            self.fault(Trouble::OutsideSection, number);
        } else {
            self.fault(Trouble::NothingToContinue, number);
            if !text.starts_with(['#', ';']) && text.contains('=') {
                self.property(text, number);
            }
        }
    }

    fn property(&mut self, line: &str, number: u32) {
        if self.document.sections.is_empty() {
            return self.fault(Trouble::OutsideSection, number);
        }
        self.close_property();
        let said = without_comment(line);
        let text = said.trim_matches(BLANK);
        let Some((key, value)) = text.split_once('=') else {
            return self.fault(Trouble::NoEquals { colon: text.contains(':') }, number);
        };
        let written = key.trim_matches(BLANK);
        let key = written.to_ascii_lowercase();
        if key.is_empty() {
            return self.fault(Trouble::NoKey, number);
        }
        if let Some(first) = self.first_line_of(&key) {
            self.fault(Trouble::DuplicateKey { key: key.clone(), first }, number);
        }
        let trouble = key_trouble(written);
        let trouble =
            trouble.or_else(|| (said.len() < line.len()).then(|| Trouble::InlineComment { key: key.clone() }));
        if let Some(trouble) = trouble {
            self.fault(trouble, number);
        }
        let value = value.trim_matches(BLANK).to_owned();
        self.in_property = true;
        self.told = false;
        self.nested = value.is_empty();
        if let Some(section) = self.document.sections.last_mut() {
            section.properties.push(Property { key, value, line: number, last_line: number });
        }
    }

    /// Where `key` stood first in this section. Almost all have a few keys: those are looked through.
    fn first_line_of(&mut self, key: &str) -> Option<u32> {
        const FEW: usize = 32;
        let properties = self.document.sections.last().map(|section| section.properties.as_slice()).unwrap_or_default();
        let Some(listed) = properties.get(FEW..) else {
            return properties.iter().find(|property| property.key == key).map(|property| property.line);
        };
        let unlisted = if self.keys.is_empty() {
            properties
        } else {
            listed.get(listed.len().saturating_sub(1)..).unwrap_or_default()
        };
        for property in unlisted {
            self.keys.entry(property.key.clone()).or_insert(property.line);
        }
        self.keys.get(key).copied()
    }

    fn close_property(&mut self) {
        self.in_property = false;
        self.nested = false;
    }

    fn fault(&mut self, trouble: Trouble, line: u32) {
        self.document.faults.push(Fault { trouble, line });
    }
}

/// A key that some client reads differently, or not at all.
fn key_trouble(written: &str) -> Option<Trouble> {
    let key = || written.to_owned();
    match () {
        // A dot is how JavaScript writes the keys of a block.
        () if !is_name(written) || is_taken(written) || written.contains('.') => Some(Trouble::OddKey { key: key() }),
        () if written.contains(':') => Some(Trouble::ColonInKey { key: key() }),
        () if written.bytes().any(|byte| byte.is_ascii_uppercase()) => Some(Trouble::UpperCaseKey { key: key() }),
        () => None,
    }
}

/// A line of a nested block; `key` is that of the block.
fn nested_trouble(key: &str, text: &str) -> Option<Trouble> {
    let odd = || Some(Trouble::OddBlock { key: key.to_owned() });
    match text.split_once('=') {
        None => Some(Trouble::NestedNoEquals),
        Some((name, _)) if name.trim_matches(BLANK).is_empty() => Some(Trouble::NestedNoKey),
        Some((name, value)) => match (name.trim_matches(BLANK), value.trim_matches(BLANK)) {
            (name, _) if !is_name(name) || name.contains('.') || is_taken(name) => odd(),
            (_, "") => odd(),
            (name, _) if without_comment(text).len() < text.len() => {
                Some(Trouble::InlineComment { key: name.to_owned() })
            }
            _ => None,
        },
    }
}

/// Whether a header says `[name]` and nothing else but a comment, with one space inside at the most.
fn is_usual_header(line: &str, name: &str) -> bool {
    let behind =
        line.strip_prefix('[').and_then(|rest| rest.strip_prefix(name)).and_then(|rest| rest.strip_prefix(']'));
    let is_comment = |behind: &str| {
        let comment = behind.trim_start_matches(BLANK);
        comment.is_empty() || comment.len() < behind.len() && comment.starts_with(['#', ';']) && !comment.contains(']')
    };
    behind.is_some_and(is_comment) && !name.contains('\t') && name.bytes().filter(|byte| *byte == b' ').count() <= 1
}

/// One look at all bytes, which most files pass: none of their lines need be looked at then.
fn has_plain_bytes(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| (b' '..=b'~').contains(byte) || matches!(byte, b'\n' | b'\t'))
}

/// What only some clients take for white space or for the end of a line.
pub(super) fn has_odd_character(line: &str) -> bool {
    let odd = |character: char| {
        (character.is_control() || character.is_whitespace() || character == '\u{feff}') && !BLANK.contains(&character)
    };
    line.contains(odd)
}

/// Cut at the first `#` or `;` that a space or tab precedes.
pub(super) fn without_comment(line: &str) -> &str {
    let cut =
        line.match_indices(['#', ';']).find(|(at, _)| line.get(..*at).is_some_and(|before| before.ends_with(BLANK)));
    match cut {
        Some((at, _)) => line.get(..at).unwrap_or(line),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ini::Client;
    use alloc::format;

    use alloc::vec::Vec;

    fn literal(text: &str) -> String {
        let document = parse(text.as_bytes());
        let mut out = String::new();
        for section in &document.sections {
            out.push_str(&format!("{} [{}]", section.line, section.name));
            for Property { key, value, line, .. } in &section.properties {
                out.push_str(&format!(" {line} {key}={value:?}"));
            }
            out.push('\n');
        }
        for fault in &document.faults {
            out.push_str(&format!("fault {}: {}\n", fault.line, fault.trouble.words()));
        }
        out
    }

    #[test]
    fn sections_keys_values_and_their_lines() {
        insta::assert_snapshot!(literal("# c\n[profile dev] ; c\r\nRegion = eu-west-1 # c\r\n\n s3 x\nurl=https://a;b#c\n[ default ]#c\nempty ="), @r#"
        2 [profile dev] 3 region="eu-west-1\ns3 x" 6 url="https://a;b#c"
        7 [default] 8 empty=""
        fault 3: 'Region' is not in lower case
        fault 5: the value of 'region' goes on in the next line
        "#);
    }

    #[test]
    fn a_nested_block_is_kept_as_its_lines() {
        insta::assert_snapshot!(literal("[services s]\nsso_oidc =\n  endpoint_url = http://x\n  bad\n  = y"), @r#"
        1 [services s] 2 sso_oidc="\nendpoint_url = http://x\nbad\n= y"
        fault 4: a nested line has no '='
        fault 5: a nested line has nothing before its '='
        "#);
    }

    #[test]
    fn what_breaks_the_grammar_is_named_and_the_rest_is_kept() {
        insta::assert_snapshot!(literal("\u{feff}a = 1\n x\n[profile a\nb : 2\nnothing\n= v\n  [profile c]\n  d = 4\n[profile a]\nk=1\nK=2"), @r#"
    3 [profile a]
    7 [profile c] 8 d="4"
    9 [profile a] 10 k="1" 11 k="2"
    fault 1: the file begins with a byte order mark (BOM)
    fault 1: a property stands before the first section header
    fault 2: a property stands before the first section header
    fault 3: a section header lacks its closing ']'
    fault 4: a line has no '='
    fault 5: a line has no '='
    fault 6: a line has nothing before its '='
    fault 7: a section header is indented
    fault 8: an indented line has no property above it to continue
    fault 9: [profile a] stands twice
    fault 11: 'k' stands twice in its section
    fault 11: 'K' is not in lower case
    "#);
    }

    #[test]
    fn clients_differ_about_what_they_refuse() {
        let line = |text: &str, client| parse(text.as_bytes()).refused_by(client).map(|refusal| refusal.line);
        let twice = "[profile a]\n[profile a]";
        assert_eq!(
            (line(twice, Client::Botocore), line(twice, Client::Js), line(twice, Client::Rust)),
            (Some(2), None, None)
        );
        let colon = "[profile a]\nk : v";
        assert_eq!(
            (line(colon, Client::Botocore), line(colon, Client::Js), line(colon, Client::Rust)),
            (None, None, Some(2))
        );
    }

    #[test]
    fn bytes_that_are_not_text_are_placed() {
        let document = parse(b"[profile a]\nk = 1\n\xff = 2\nl = 3\n");
        assert_eq!(document.faults.first(), Some(&Fault { trouble: Trouble::NotUtf8, line: 3 }));
        let keys: Vec<_> = document
            .sections
            .iter()
            .flat_map(|section| &section.properties)
            .map(|property| property.key.clone())
            .collect();
        assert_eq!(keys, ["k", "\u{fffd}", "l"]);
    }
}
