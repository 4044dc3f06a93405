//! How a file's text stands in its bytes. Every client wants UTF-8 without a mark (aws-sessions.md 1.3); programs of
//! Windows write other things, and say so in the first bytes.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

/// An encoding, as the file's first bytes say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Without a mark, as every client reads it.
    Utf8,
    /// With a byte order mark, as some editors write it.
    Utf8Mark,
    /// As Windows PowerShell's `>` writes it.
    Utf16Le,
    /// The same with its bytes in the other order.
    Utf16Be,
}

/// Bytes that are no text in the file's own encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoText {
    /// The line of the first of them, from 1.
    pub line: u32,
}

const REPLACEMENT: char = char::REPLACEMENT_CHARACTER;

impl Encoding {
    /// The encoding of a file.
    pub fn of(bytes: &[u8]) -> Self {
        let all = [Self::Utf8Mark, Self::Utf16Le, Self::Utf16Be];
        all.into_iter().find(|encoding| bytes.starts_with(encoding.mark())).unwrap_or(Self::Utf8)
    }

    /// Whether it is one of the two with pairs of bytes.
    pub fn is_utf16(self) -> bool {
        matches!(self, Self::Utf16Le | Self::Utf16Be)
    }

    /// A file that says `text`.
    pub fn bytes_of(self, text: &str) -> Vec<u8> {
        let mut bytes = self.mark().to_vec();
        match self {
            Self::Utf8 | Self::Utf8Mark => bytes.extend_from_slice(text.as_bytes()),
            Self::Utf16Le => bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes)),
            Self::Utf16Be => bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes)),
        }
        bytes
    }

    /// Where in such a file the text's byte `at` stands.
    pub(super) fn place(self, text: &str, at: usize) -> usize {
        let before = text.as_bytes().get(..at).unwrap_or_default();
        let length = if self.is_utf16() { 2 * units(before) } else { before.len() };
        self.mark().len() + length
    }

    fn mark(self) -> &'static [u8] {
        match self {
            Self::Utf8 => b"",
            Self::Utf8Mark => b"\xEF\xBB\xBF",
            Self::Utf16Le => b"\xFF\xFE",
            Self::Utf16Be => b"\xFE\xFF",
        }
    }
}

/// The text of a file without its mark; the error is where it is none.
pub fn text(bytes: &[u8]) -> Result<Cow<'_, str>, NoText> {
    let encoding = Encoding::of(bytes);
    let behind = bytes.get(encoding.mark().len()..).unwrap_or_default();
    let no_text = |good: &[u8]| {
        let line = 1 + good.iter().filter(|byte| **byte == b'\n').count();
        NoText { line: u32::try_from(line).unwrap_or(u32::MAX) }
    };
    if !encoding.is_utf16() {
        let text = core::str::from_utf8(behind);
        return text.map(Cow::Borrowed).map_err(|error| no_text(behind.get(..error.valid_up_to()).unwrap_or_default()));
    }
    let mut text = String::with_capacity(behind.len() / 2);
    for letter in letters(encoding, behind) {
        text.push(letter.ok_or_else(|| no_text(text.as_bytes()))?);
    }
    Ok(Cow::Owned(text))
}

/// The text of a file without its mark, with U+FFFD in the place of what is none.
pub(super) fn salvaged(bytes: &[u8]) -> Cow<'_, str> {
    let encoding = Encoding::of(bytes);
    let behind = bytes.get(encoding.mark().len()..).unwrap_or_default();
    if encoding.is_utf16() {
        Cow::Owned(letters(encoding, behind).map(|letter| letter.unwrap_or(REPLACEMENT)).collect())
    } else {
        String::from_utf8_lossy(behind)
    }
}

/// The letters of UTF-16; none for half of one.
fn letters(encoding: Encoding, bytes: &[u8]) -> impl Iterator<Item = Option<char>> {
    let (pairs, rest) = bytes.as_chunks();
    let unit = move |pair: &[u8; 2]| match encoding {
        Encoding::Utf16Be => u16::from_be_bytes(*pair),
        Encoding::Utf16Le | Encoding::Utf8 | Encoding::Utf8Mark => u16::from_le_bytes(*pair),
    };
    char::decode_utf16(pairs.iter().map(unit)).map(Result::ok).chain((!rest.is_empty()).then_some(None))
}

/// How many units of UTF-16 a piece of UTF-8 makes.
fn units(utf8: &[u8]) -> usize {
    let of_lead = |byte: &u8| match byte {
        0x80..0xC0 => 0,
        0xF0.. => 2,
        _ => 1,
    };
    utf8.iter().map(of_lead).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALL: [Encoding; 4] = [Encoding::Utf8, Encoding::Utf8Mark, Encoding::Utf16Le, Encoding::Utf16Be];

    #[test]
    fn the_first_bytes_say_which_it_is() {
        for (bytes, encoding) in [
            (&b""[..], Encoding::Utf8),
            (b"[a]\n", Encoding::Utf8),
            (b"\xEF\xBB[", Encoding::Utf8),
            (b"\xEF\xBB\xBF", Encoding::Utf8Mark),
            (b"\xFF\xFE[\0a\0]\0", Encoding::Utf16Le),
            (b"\xFE\xFF\0[\0a\0]", Encoding::Utf16Be),
            (b"\xFF", Encoding::Utf8),
        ] {
            assert_eq!(Encoding::of(bytes), encoding, "{bytes:?}");
        }
    }

    #[test]
    fn what_is_no_text_is_placed_and_replaced() {
        for (bytes, line, salvage) in [
            (&b"[a]\n\xFF\n"[..], 2, "[a]\n\u{fffd}\n"),
            (b"\xEF\xBB\xBF\xFF", 1, "\u{fffd}"),
            // Half of a pair, half of a letter.
            (b"\xFF\xFE\n\0\n\0a\0\n", 3, "\n\na\u{fffd}"),
            (b"\xFF\xFE\x3D\xD8a\0", 1, "\u{fffd}a"),
            (b"\xFE\xFF\0\n\xDE\x00", 2, "\n\u{fffd}"),
        ] {
            assert_eq!((text(bytes), &*salvaged(bytes)), (Err(NoText { line }), salvage), "{bytes:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_text_comes_back_from_each_encoding(said in "[\\PC\n\r🦀]{0,20}", at in 0..20usize) {
            for encoding in ALL {
                let bytes = encoding.bytes_of(&said);
                prop_assert_eq!((Encoding::of(&bytes), text(&bytes)), (encoding, Ok(Cow::Borrowed(said.as_str()))));
                prop_assert_eq!(&*salvaged(&bytes), said.as_str());
                let at = said.char_indices().nth(at).map_or(said.len(), |(at, _)| at);
                let head = encoding.bytes_of(&said[..at]);
                prop_assert_eq!(encoding.place(&said, at), head.len());
            }
        }
    }
}
