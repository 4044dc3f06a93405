//! Reads tests/clients/cases.txt; its first lines say how it is written.

use super::Case;

pub(super) fn parse(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix("= ") {
            assert!(cases.iter().all(|case| case.name != name), "{name} twice");
            cases.push(Case { name: name.to_owned(), config: None, credentials: None });
            continue;
        }
        let case = cases.last_mut().unwrap();
        let (file, line) = line.split_once('|').unwrap();
        let file = match file {
            "c" => &mut case.config,
            "k" => &mut case.credentials,
            _ => panic!("{file}|{line}"),
        };
        append(file.get_or_insert_default(), line);
    }
    cases
}

fn append(bytes: &mut Vec<u8>, line: &str) {
    let mut rest = line;
    while let Some((plain, escape)) = rest.split_once('\\') {
        bytes.extend(plain.bytes());
        let mut letters = escape.chars();
        match letters.next() {
            // At the end of the line: no line feed.
            None => return,
            Some('n') => bytes.push(b'\n'),
            Some('r') => bytes.push(b'\r'),
            Some('t') => bytes.push(b'\t'),
            Some('\\') => bytes.push(b'\\'),
            Some('x') => {
                bytes.push(u8::from_str_radix(letters.as_str().get(..2).unwrap(), 16).unwrap());
                letters.nth(1);
            }
            Some('{') => {
                let (times, after) = letters.as_str().split_once('}').unwrap();
                let (letter, times) = times.split_once('*').unwrap();
                bytes.extend(letter.repeat(times.parse().unwrap()).bytes());
                letters = after.chars();
            }
            Some(letter) => panic!("\\{letter}"),
        }
        rest = letters.as_str();
    }
    bytes.extend(rest.bytes());
    bytes.push(b'\n');
}
