//! The account inside an access key id (aws-sessions.md 5.2).

use alloc::format;
use alloc::string::String;
use data_encoding::BASE32_NOPAD;

/// The account that an access key id belongs to: twelve digits. None for ids of the older generation, which carry no
/// account, and for what is no such id.
pub fn account_of(id: &str) -> Option<String> {
    let (prefix, body) = id.trim().split_at_checked(4)?;
    let is_prefix = prefix.bytes().all(|byte| byte.is_ascii_uppercase());
    let bytes = BASE32_NOPAD.decode(body.as_bytes()).ok()?;
    // Ids have 20 characters; the first of the other 16 says by its top bit that there is an account behind it.
    let [first, second, third, fourth, fifth, sixth, ..] = *bytes.first_chunk::<10>().filter(|_| bytes.len() == 10)?;
    if !is_prefix || first & 0x80 == 0 {
        return None;
    }
    let number = u64::from_be_bytes([0, 0, first, second, third, fourth, fifth, sixth]);
    Some(format!("{:012}", (number & 0x7fff_ffff_ff80) >> 7)).filter(|account| account.len() == 12)
}

#[cfg(test)]
mod tests {
    use super::account_of;

    #[test]
    fn the_newer_generation_names_its_account() {
        for (id, account) in [
            ("ASIAY34FZKBOKMUTVV7A", Some("609629065308")),
            ("ASIAQNZGKIQY56JQ7WML", Some("029608264753")),
            ("AKIA6RVFFB77RE7OLMKI", Some("999999999999")),
            (" AKIA6RVFFB77RE7OLMKI ", Some("999999999999")),
            ("AKIAIOSFODNN7EXAMPLE", None),
            ("AKIAJ2222222EXAMPLE2", None),
            ("ASIASHORT", None),
            ("AKIAQ0189AAAAAAAAAAA", None),
            ("AKIA6RVFFB77RE7OLMKI77777777", None),
            ("", None),
            ("éé", None),
            ("ASIAééééééééé", None),
        ] {
            assert_eq!(account_of(id).as_deref(), account, "{id}");
        }
    }
}
