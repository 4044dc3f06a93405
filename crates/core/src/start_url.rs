//! Start URLs: where a person signs in, and what their hosts say (aws-sessions.md 3.5).

use alloc::string::String;

/// The host of a web address, in lower case, without user, port and the dot at its end.
pub(crate) fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or(rest);
    let (_, place) = authority.rsplit_once('@').unwrap_or(("", authority));
    let host = if place.starts_with('[') { place.split_inclusive(']').next()? } else { place.split(':').next()? };
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    (!host.is_empty()).then_some(host)
}
