//! A paste as plain text: without colours, boxes, marks of quotation and what a clipboard or a log makes of characters.
//! White space stays, because the search looks through it (see `search`).

use alloc::borrow::Cow;
use alloc::string::String;
use core::iter::Peekable;
use core::str::Chars;

/// The text of `bytes`, whatever they are. As long as they are, at most; in one pass.
pub(super) fn clean(bytes: &[u8]) -> String {
    let text = decoded(bytes);
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    let mut line_start = true;
    while let Some(letter) = letters.next() {
        match letter {
            '\u{1b}' | '\u{9b}' | '\u{241b}' => skip_escape(letter, &mut letters),
            '\r' if letters.peek() == Some(&'\n') => {}
            '\n' | '\r' => end_line(&mut out),
            '\\' => unescape(&mut letters, &mut out),
            '&' => unescape_entity(&mut letters, &mut out),
            // A mark of quotation, or the side of a box.
            '>' | '|' if line_start => {}
            '\u{2018}'..='\u{201b}' | '`' | '\u{b4}' => out.push('\''),
            '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' => out.push('"'),
            '\u{2010}'..='\u{2015}' => out.push('-'),
            '…' => out.push_str("..."),
            // The lines and blocks that boxes are drawn of.
            '\u{2500}'..='\u{259f}' => space(&mut out),
            _ if letter.is_whitespace() => space(&mut out),
            _ if is_invisible(letter) => {}
            _ => out.push(letter),
        }
        match out.as_bytes().last() {
            None | Some(b'\n') => line_start = true,
            Some(b' ') => {}
            Some(_) => line_start = false,
        }
    }
    out
}

/// UTF-16, as Windows' redirects write it, is told by its mark or by its zero bytes.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let read: fn([u8; 2]) -> u16 = match (head.get(..2), zeros(0), zeros(1)) {
        (Some([0xfe, 0xff]), ..) => u16::from_be_bytes,
        (Some([0xff, 0xfe]), ..) => u16::from_le_bytes,
        (_, _, many) if many > 0 && many * 4 > head.len() => u16::from_le_bytes,
        (_, many, _) if many > 0 && many * 4 > head.len() => u16::from_be_bytes,
        _ => return String::from_utf8_lossy(bytes),
    };
    let (pairs, _) = bytes.as_chunks::<2>();
    char::decode_utf16(pairs.iter().map(|pair| read(*pair)))
        .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

/// Controls, marks without width, and what could not be read.
fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(letter, '\u{feff}' | '\u{fffd}')
}

/// Colours (`ESC [ … m`), titles (`ESC ] … BEL`) and the rest of what a terminal understands.
fn skip_escape(start: char, letters: &mut Peekable<Chars<'_>>) {
    let kind = if start == '\u{9b}' { Some('[') } else { letters.next_if(|next| *next != '\n') };
    match kind {
        Some('[') => skip_parameters(letters),
        Some(']') => {
            while let Some(letter) = letters.next_if(|next| *next != '\n') {
                if letter == '\u{7}' || letter == '\u{1b}' && letters.next_if_eq(&'\\').is_some() {
                    break;
                }
            }
        }
        // Another set of letters.
        Some('(' | ')' | '#') => _ = letters.next_if(|next| *next != '\n'),
        _ => {}
    }
}

/// Up to the letter that ends a control sequence.
fn skip_parameters(letters: &mut Peekable<Chars<'_>>) {
    while letters.next_if(|next| matches!(next, ' '..='?')).is_some() {}
    letters.next_if(|next| matches!(next, '@'..='~'));
}

/// What JSON and source code write with a backslash. `\n` before a small letter may be a folder of Windows.
fn unescape(letters: &mut Peekable<Chars<'_>>, out: &mut String) {
    let mut ahead = letters.clone();
    // JSON in JSON in JSON; more of them are none of ours, and would be looked at again and again.
    for _ in 0..7 {
        ahead.next_if_eq(&'\\');
    }
    let escape = ahead.next();
    let then = ahead.peek().copied();
    match escape {
        Some(quote @ ('"' | '\'')) => {
            *letters = ahead;
            out.push(quote);
        }
        Some('n' | 'r') if !then.is_some_and(char::is_lowercase) => {
            *letters = ahead;
            end_line(out);
        }
        Some('t') if !then.is_some_and(char::is_lowercase) => {
            *letters = ahead;
            space(out);
        }
        Some(kind @ ('u' | 'x' | '0' | 'e')) if escaped_escape(kind, &mut ahead) => *letters = ahead,
        _ => out.push('\\'),
    }
}

/// The colours of a log whose escapes were written out: `\u001b[31m`, `\x1b[0m`, `\033[1m`, `\e[m`.
fn escaped_escape(kind: char, ahead: &mut Peekable<Chars<'_>>) -> bool {
    let digits = match kind {
        'u' => "001b",
        'x' => "1b",
        '0' => "33",
        _ => "",
    };
    let is_escape = digits.chars().all(|digit| ahead.next_if(|next| next.eq_ignore_ascii_case(&digit)).is_some())
        && ahead.next_if_eq(&'[').is_some();
    if is_escape {
        skip_parameters(ahead);
    }
    is_escape
}

/// The five that XML has by name, and the apostrophe by number.
fn unescape_entity(letters: &mut Peekable<Chars<'_>>, out: &mut String) {
    const ENTITIES: [(&str, char); 7] =
        [("quot;", '"'), ("#34;", '"'), ("apos;", '\''), ("#39;", '\''), ("lt;", '<'), ("gt;", '>'), ("amp;", '&')];
    for (name, meant) in ENTITIES {
        let mut ahead = letters.clone();
        if name.chars().all(|letter| ahead.next_if_eq(&letter).is_some()) {
            *letters = ahead;
            return out.push(meant);
        }
    }
    out.push('&');
}

/// One space between words.
fn space(out: &mut String) {
    if !out.is_empty() && !out.ends_with([' ', '\n']) {
        out.push(' ');
    }
}

/// Ends a line; what stood at its end as the side of a box goes. One empty line between others.
fn end_line(out: &mut String) {
    let kept = out.trim_end_matches(' ').len();
    out.truncate(kept);
    if out.ends_with(" |") {
        out.truncate(kept - 2);
    }
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str) -> String {
        clean(text.as_bytes())
    }

    #[test]
    fn colours_boxes_and_escapes_go() {
        assert_eq!(cleaned("\u{1b}[31m╷\u{1b}[0m\r\n│ \u{1b}[1mError:\u{1b}[0m no  \n╵"), "Error: no\n");
        assert_eq!(cleaned("\u{1b}]0;title\u{7}a\u{1b}(Bb\u{9b}1mc"), "abc");
        assert_eq!(cleaned(r"\u001b[31mError\x1b[0m \033[1mx\e[m"), "Error x");
        assert_eq!(
            cleaned(r#"{"message":"The \"dev\" one\nTo \\\"x\\\""}"#),
            "{\"message\":\"The \"dev\" one\nTo \"x\"\"}"
        );
        assert_eq!(cleaned(r"C:\Users\name\.aws"), r"C:\Users\name\.aws");
        assert_eq!(cleaned("a &lt;Code&gt; &amp; &x; &#39;"), "a <Code> & &x; '");
        assert_eq!(cleaned("> quoted\n  | boxed   |\nx > y"), "quoted\nboxed\nx > y");
        assert_eq!(cleaned("‘a’ “b”\u{a0}c\u{200b}d – …"), "'a' \"b\" cd - ...");
    }

    #[test]
    fn utf16_is_read_with_and_without_its_mark() {
        let little: alloc::vec::Vec<u8> = "Ünable to".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: alloc::vec::Vec<u8> = "\u{feff}Unable".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(clean(&little), "Ünable to");
        assert_eq!(clean(&big), "Unable");
        assert_eq!(clean(b"a\0b\xffc"), "abc");
    }
}
