//! Where the address stands in a browser command.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The place for the address as it is; the second is how it was written first.
const PLACES: [&str; 2] = ["{url}", "{}"];
/// The place for the address inside another address.
pub(super) const ENCODED_PLACE: &str = "{url_encoded}";

/// The command's words with `address` where `{url}`, `{}` or, percent-encoded, `{url_encoded}` stands; else at the end.
pub fn with_address(words: &[String], address: &str) -> Vec<String> {
    let mut found = false;
    let mut filled: Vec<_> = words.iter().map(|word| fill(word, address, &mut found)).collect();
    if !found {
        filled.push(address.to_string());
    }
    filled
}

/// In one go: what looks like a place inside the address is none.
fn fill(word: &str, address: &str, found: &mut bool) -> String {
    let mut filled = String::new();
    let mut rest = word;
    while let Some((before, place, after)) = first_place(rest) {
        *found = true;
        filled.push_str(before);
        if place == ENCODED_PLACE {
            filled.push_str(&encoded(address));
        } else {
            filled.push_str(address);
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

fn first_place(word: &str) -> Option<(&str, &'static str, &str)> {
    let places = PLACES.into_iter().chain([ENCODED_PLACE]);
    let first = places.filter_map(|place| Some((word.find(place)?, place))).min()?;
    let (before, after) = word.split_once(first.1)?;
    Some((before, first.1, after))
}

/// Percent-encoded, as a value inside another address's query.
pub(super) fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_one_word_wherever_it_stands() {
        let url = "https://x/?a={}&b='2 3'#/{url}";
        let enc = "https%3A%2F%2Fx%2F%3Fa%3D%7B%7D%26b%3D%272%203%27%23%2F%7Burl%7D";
        for (words, expected) in [
            (vec!["firefox", "-P", "my work"], vec!["firefox", "-P", "my work", url]),
            (vec!["open", "--url={}", "-g"], vec!["open", &format!("--url={url}"), "-g"]),
            (vec!["open", "{url}", "-g"], vec!["open", url, "-g"]),
            (vec!["x", "{url}{url_encoded}{}"], vec!["x", &format!("{url}{enc}{url}")]),
            (vec!["firefox", "ext:u={url_encoded}&z"], vec!["firefox", &format!("ext:u={enc}&z")]),
            (vec!["x", "{u}", "{"], vec!["x", "{u}", "{", url]),
        ] {
            let words: Vec<_> = words.into_iter().map(ToString::to_string).collect();
            assert_eq!(with_address(&words, url), expected);
        }
    }
}
