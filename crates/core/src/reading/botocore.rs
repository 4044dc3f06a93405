//! The two files as botocore reads them, the library under boto3 and the AWS CLI.
//!
//! botocore (1.44.5) hands each file to the `RawConfigParser` of Python (3.11 here) and sorts the sections that come
//! out by the beginning of their headers. Python's idea of a space and of the end of a line decides much.

use super::{Keys, Reading, Refused, Value, Why};
use crate::config::FileKind;
use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;
use core::str::Utf8Error;

/// The section whose keys all others inherit.
const INHERITED: &str = "DEFAULT";

/// Python decodes a file in pieces of this many bytes, so an error in an earlier piece comes before a bad byte in a
/// later one.
const PIECE: usize = 8192;

/// More values than these are inherited in no file that anybody uses.
const MOST_INHERITED: usize = 100_000;

/// Reads both files, `None` for a file that does not exist.
pub fn read(config: Option<&[u8]>, credentials: Option<&[u8]>) -> Result<Reading, Refused> {
    let mut reading = Reading::default();
    for (header, keys) in sections(config, FileKind::Config)? {
        // The beginning of the header decides, not its first word: [profiles a] is a profile.
        let map = if header.starts_with("profile") {
            &mut reading.profiles
        } else if header.starts_with("sso-session") {
            &mut reading.sso_sessions
        } else if header.starts_with("services") {
            &mut reading.services
        } else {
            if header == "default" {
                reading.profiles.insert(header, keys);
            }
            continue;
        };
        // Two spellings of one name are not merged: the last section stands alone.
        if let Some([_, name]) = words(&header).and_then(|words| <[String; 2]>::try_from(words).ok()) {
            map.insert(name, keys);
        }
    }
    for (header, keys) in sections(credentials, FileKind::Credentials)? {
        reading.profiles.entry(header).or_default().extend(keys);
    }
    Ok(reading)
}

/// The sections of one file in its order, by the text between their brackets.
fn sections(bytes: Option<&[u8]>, file: FileKind) -> Result<Vec<(String, Keys)>, Refused> {
    let bytes = bytes.unwrap_or_default();
    let mut parser = Parser::default();
    let read = match core::str::from_utf8(bytes) {
        Ok(text) => parser.lines(text),
        Err(error) => {
            let good = bytes.get(..error.valid_up_to()).and_then(|good| core::str::from_utf8(good).ok());
            let line = lines(good.unwrap_or_default()).map(|(_, number)| number).last().unwrap_or(1);
            parser.lines(seen_before(bytes, error)).and(Err((line, Why::NotUtf8)))
        }
    };
    read.and_then(|()| parser.finish()).map_err(|(line, why)| Refused { file, line, why })
}

/// The whole lines that were parsed before Python met the bad bytes.
fn seen_before(bytes: &[u8], error: Utf8Error) -> &str {
    let start = error.valid_up_to();
    let seen = match error.error_len() {
        // A sequence that the file's end cuts short is noticed when there are no more pieces.
        None => start,
        Some(length) => {
            // A byte that cannot begin a sequence is noticed at once, else the one that does not continue it.
            let at_once = bytes.get(start).is_some_and(|byte| !(0xC2..0xF5).contains(byte));
            let noticed = if at_once { start } else { start + length };
            (noticed - noticed % PIECE).min(start)
        }
    };
    let pieces = bytes.get(..seen).unwrap_or_default();
    let text = core::str::from_utf8(pieces)
        .or_else(|cut| core::str::from_utf8(pieces.get(..cut.valid_up_to()).unwrap_or_default()))
        .unwrap_or_default();
    // Python holds a carriage return at the end back: a line feed might follow.
    let text = text.strip_suffix('\r').unwrap_or(text);
    text.rfind(['\r', '\n']).and_then(|end| text.get(..end)).unwrap_or_default()
}

/// Lines and their numbers; CR, LF and CR LF end one. A last line that is empty is no harm.
fn lines(text: &str) -> impl Iterator<Item = (&str, u32)> {
    text.split("\r\n").flat_map(|part| part.split(['\r', '\n'])).zip(1..=u32::MAX)
}

/// Python's white space: Unicode's and the four ASCII separators.
fn is_space(letter: char) -> bool {
    letter.is_whitespace() || ('\x1c'..='\x1f').contains(&letter)
}

type Trouble = (u32, Why);

/// The lines of a value and where they stand; all trimmed, empty ones included.
type Lines<'a> = Vec<(&'a str, u32)>;

struct Section<'a> {
    header: &'a str,
    keys: BTreeMap<String, Lines<'a>>,
}

#[derive(Default)]
struct Parser<'a> {
    sections: Vec<Section<'a>>,
    headers: BTreeSet<&'a str>,
    /// The section that is being filled, by its place.
    current: usize,
    /// The key that an indented line continues.
    key: Option<String>,
    /// How far the last line was indented that continued nothing.
    indent: usize,
    /// The first line that is neither header nor property: it counts only if the rest has no worse trouble.
    bad: Option<Trouble>,
}

impl<'a> Parser<'a> {
    fn lines(&mut self, text: &'a str) -> Result<(), Trouble> {
        lines(text).try_for_each(|(line, number)| self.line(line, number))
    }

    fn line(&mut self, line: &'a str, number: u32) -> Result<(), Trouble> {
        let text = line.trim_matches(is_space);
        if text.starts_with(['#', ';']) {
            return Ok(());
        }
        let indent = line.chars().take_while(|letter| is_space(*letter)).count();
        // Any line indented further than the property continues it, be it a header; so does an empty one.
        if text.is_empty() || indent > self.indent {
            if let Some(lines) = self.open_value() {
                lines.push((text, number));
                return Ok(());
            }
            if text.is_empty() {
                return Ok(());
            }
        }
        self.indent = indent;
        match header(text) {
            Some(header) => self.section(header, number),
            None if self.sections.is_empty() => Err((number, Why::NoHeader)),
            None => self.property(text, number),
        }
    }

    fn open_value(&mut self) -> Option<&mut Lines<'a>> {
        self.sections.get_mut(self.current)?.keys.get_mut(self.key.as_ref()?)
    }

    fn section(&mut self, header: &'a str, number: u32) -> Result<(), Trouble> {
        let new = self.headers.insert(header);
        if !new && header != INHERITED {
            return Err((number, Why::DuplicateSection));
        }
        let old = if new { None } else { self.sections.iter().position(|section| section.header == header) };
        self.current = old.unwrap_or(self.sections.len());
        if old.is_none() {
            self.sections.push(Section { header, keys: BTreeMap::new() });
        }
        self.key = None;
        Ok(())
    }

    fn property(&mut self, text: &'a str, number: u32) -> Result<(), Trouble> {
        let Some((key, value)) = text.split_once(['=', ':']) else {
            self.bad.get_or_insert((number, Why::NoEquals));
            return Ok(());
        };
        let key = key.trim_end_matches(is_space).to_lowercase();
        if key.is_empty() {
            self.bad.get_or_insert((number, Why::NoKey));
        }
        let Some(section) = self.sections.get_mut(self.current) else { return Ok(()) };
        let first = (value.trim_matches(is_space), number);
        if section.keys.insert(key.clone(), Vec::from([first])).is_some() {
            return Err((number, Why::DuplicateKey));
        }
        self.key = Some(key).filter(|key| !key.is_empty());
        Ok(())
    }

    fn finish(self) -> Result<Vec<(String, Keys)>, Trouble> {
        self.bad.map_or(Ok(()), Err)?;
        let (inherited, sections): (Vec<_>, Vec<_>) =
            self.sections.into_iter().partition(|section| section.header == INHERITED);
        // Nobody writes so much, and it would be as many values as both together: it is left out then.
        let count: usize = inherited.iter().map(|section| section.keys.len()).sum();
        let inherited = if count.saturating_mul(sections.len()) > MOST_INHERITED { Vec::new() } else { inherited };
        let mut bad = None;
        let mut all = Vec::new();
        for section in &sections {
            let mut keys = Keys::new();
            // What the section says itself comes last and so replaces what it inherits, before that can be bad.
            let inherits = inherited.iter().flat_map(|inherited| &inherited.keys);
            let inherits = inherits.filter(|(key, _)| !section.keys.contains_key(*key));
            for (key, lines) in inherits.chain(&section.keys) {
                match value(lines) {
                    Ok(value) => drop(keys.insert(key.clone(), value)),
                    Err(line) => bad = Some(bad.map_or(line, |other: u32| other.min(line))),
                }
            }
            all.push((section.header.to_owned(), keys));
        }
        bad.map_or(Ok(all), |line| Err((line, Why::NestedNoEquals)))
    }
}

/// What stands between the first bracket and the last one of the line; what follows that does not matter.
fn header(text: &str) -> Option<&str> {
    let (header, _) = text.strip_prefix('[')?.rsplit_once(']')?;
    Some(header).filter(|header| !header.is_empty())
}

/// A value of one or more lines; the error is the line that cannot stand in a block.
fn value(lines: &Lines<'_>) -> Result<Value, u32> {
    let end = lines.iter().rposition(|(text, _)| !text.is_empty()).map_or(0, |last| last + 1);
    let lines = lines.get(..end).unwrap_or_default();
    if !lines.first().is_some_and(|(text, _)| text.is_empty()) {
        let texts: Vec<&str> = lines.iter().map(|(text, _)| *text).collect();
        return Ok(Value::Text(texts.join("\n")));
    }
    let mut block = BTreeMap::new();
    for (text, number) in lines {
        // In here, unlike in the file, Python ends a line at all of these.
        let parts = text.split(['\x0b', '\x0c', '\x1c', '\x1d', '\x1e', '\u{85}', '\u{2028}', '\u{2029}']);
        for part in parts.map(|part| part.trim_matches(is_space)).filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once('=').ok_or(*number)?;
            block.insert(key.trim_end_matches(is_space).to_owned(), value.trim_start_matches(is_space).to_owned());
        }
    }
    Ok(Value::Block(block))
}

/// The words of a header by the quoting rules of a POSIX shell; `None` where a quote or an escape has no end.
fn words(header: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut letters = header.chars();
    while let Some(letter) = letters.next() {
        match letter {
            // No other white space parts words.
            ' ' | '\t' => words.extend(word.take()),
            '\\' => word.get_or_insert_default().push(letters.next()?),
            '"' | '\'' => quoted(letter, &mut letters, word.get_or_insert_default())?,
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    Some(words)
}

/// The rest of a quoted piece of a word.
fn quoted(quote: char, letters: &mut impl Iterator<Item = char>, word: &mut String) -> Option<()> {
    loop {
        match letters.next()? {
            letter if letter == quote => return Some(()),
            '\\' if quote == '"' => {
                let next = letters.next()?;
                if !['"', '\\'].contains(&next) {
                    word.push('\\');
                }
                word.push(next);
            }
            letter => word.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> Value {
        Value::Text(value.to_owned())
    }

    fn config(text: &str) -> Reading {
        read(Some(text.as_bytes()), None).unwrap()
    }

    fn refusal(text: &str) -> (u32, Why) {
        let refused = read(None, Some(text.as_bytes())).unwrap_err();
        assert_eq!(refused.file, FileKind::Credentials);
        (refused.line, refused.why)
    }

    #[test]
    fn what_nobody_inherits_takes_no_memory() {
        let mut config = String::from("[DEFAULT]\n");
        for number in 0..20_000 {
            config.push_str(&alloc::format!("k{number} = x\n"));
        }
        for number in 0..20_000 {
            config.push_str(&alloc::format!("[profile p{number}]\n"));
        }
        assert_eq!(read(Some(config.as_bytes()), None).map(|reading| reading.profiles.len()), Ok(20_000));
    }

    #[test]
    fn the_beginning_of_a_header_and_its_second_word_make_a_profile() {
        let reading = config("[profilefoo a]\n[profile 'b c'] # d\n[profile e f]\n[ profile g]\n[h]\n[default]");
        assert_eq!(reading.profiles.keys().collect::<Vec<_>>(), ["a", "b c", "default"]);
        assert_eq!(words(r#"a"b\"c\d"\e '' "#).unwrap(), [r#"ab"c\de"#, ""]);
        assert_eq!((words("a 'b"), words("a\\")), (None, None));
    }

    #[test]
    fn indented_lines_and_empty_ones_continue_a_value() {
        let reading = config("[profile a]\n k : x # c\n  # c\n\n  [b]\n s3 =\n  C = d\n\n");
        let block = Value::Block(BTreeMap::from([("C".to_owned(), "d".to_owned())]));
        let keys = BTreeMap::from([("k".to_owned(), text("x # c\n\n[b]")), ("s3".to_owned(), block)]);
        assert_eq!(reading.profiles, BTreeMap::from([("a".to_owned(), keys)]));
    }

    #[test]
    fn every_section_inherits_from_the_default_section() {
        let reading = read(Some(b"[profile a]\nk=1\n[DEFAULT]\nk=2\nl=2"), Some(b"[a]\nl=3")).unwrap();
        let keys = BTreeMap::from([("k".to_owned(), text("1")), ("l".to_owned(), text("3"))]);
        assert_eq!(reading.profiles, BTreeMap::from([("a".to_owned(), keys)]));
    }

    #[test]
    fn the_first_deadly_line_is_named_else_the_first_bad_one() {
        assert_eq!(refusal("\u{feff}# c"), (1, Why::NoHeader));
        assert_eq!(refusal("[a]\nx\n[a]"), (3, Why::DuplicateSection));
        assert_eq!(refusal("[a]\nx\n= y"), (2, Why::NoEquals));
        assert_eq!(refusal("[a]\n= y\nx"), (2, Why::NoKey));
        assert_eq!(refusal("[a]\rk=1\rK:2"), (3, Why::DuplicateKey));
        assert_eq!(refusal("[b]\nk=\n x\n[a]\nk=\n x"), (3, Why::NestedNoEquals));
    }

    #[test]
    fn bad_bytes_come_before_errors_in_the_same_piece_alone() {
        let line = |filler: usize| {
            let bytes = [b"[a]\n[a]\n#", b"x".repeat(filler).as_slice(), b"\n\xff"].concat();
            read(Some(&bytes), None).map_err(|refused| refused.line)
        };
        assert_eq!((line(PIECE - 11), line(PIECE - 10)), (Err(4), Err(2)));
    }
}
