//! `cdk.context.json`: what the AWS CDK looked up, and in which accounts.

use super::line_of;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde_json::{Map, Value};

/// An account that something was looked up in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookedUp {
    /// Twelve digits.
    pub account_id: String,
    /// Where the file names it first.
    pub line: Option<u32>,
}

/// The accounts, each once. Keys look like `availability-zones:account=111122223333:region=us-east-1`; what is none, and
/// a file that is no JSON, gives nothing.
pub fn lookups(bytes: &[u8]) -> Vec<LookedUp> {
    let (Ok(text), Ok(object)) = (core::str::from_utf8(bytes), serde_json::from_slice::<Map<String, Value>>(bytes))
    else {
        return Vec::new();
    };
    let mut accounts: BTreeMap<&str, Option<u32>> = BTreeMap::new();
    for key in object.keys() {
        let account = key.split(':').find_map(|part| part.strip_prefix("account="));
        let is_account = |id: &&str| id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit());
        if let Some(id) = account.filter(is_account) {
            accounts.entry(id).or_insert_with(|| line_of(text, &format!("account={id}")));
        }
    }
    accounts.into_iter().map(|(id, line)| LookedUp { account_id: id.to_string(), line }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_accounts_of_lookups_are_read() {
        let text = r#"{
  "acknowledged-issue-numbers": [1],
  "availability-zones:account=111122223333:region=us-east-1": ["us-east-1a"],
  "vpc-provider:account=444455556666:filter.isDefault=true:region=eu-west-1:returnAsymmetricSubnets=true": {"vpcId": "vpc-1"},
  "hosted-zone:account=111122223333:domainName=example.com:region=us-east-1": {},
  "ssm:account=${Token}:parameterName=/x:region=us-east-1": "x"
}"#;
        let read = |text: &str| {
            let lookups = lookups(text.as_bytes());
            lookups.into_iter().map(|one| (one.account_id, one.line)).collect::<Vec<_>>()
        };
        assert_eq!(read(text), [("111122223333".into(), Some(3)), ("444455556666".into(), Some(4))]);
        assert_eq!(read("{"), []);
        assert_eq!(read("[]"), []);
    }
}
