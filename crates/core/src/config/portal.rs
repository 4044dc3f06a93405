//! Addresses in the access portal.

use alloc::format;
use alloc::string::{String, ToString};

/// The portal's short cut to the console of an account and role ("Creating shortcut links to AWS Management Console
/// destinations" in the IAM Identity Center user guide); the portal itself where one of them is missing, or where the
/// address is the issuer's, which only leads to the portal (aws-sessions.md 3.5).
pub(crate) fn console(start_url: &str, account_id: Option<&str>, role_name: Option<&str>) -> String {
    match (account_id, role_name) {
        (Some(account), Some(role)) if !start_url.starts_with("https://identitycenter.") => {
            // People configure what the browser showed them: `…/start/#/?tab=accounts`.
            let portal = start_url.split(['#', '?']).next().unwrap_or_default().trim_end_matches('/');
            format!("{portal}/#/console?account_id={}&role_name={}", escaped(account), escaped(role))
        }
        _ => start_url.to_string(),
    }
}

/// For a place in a query: whatever is not unreserved (RFC 3986 2.3) as `%XX`.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(byte.into()),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::console;

    #[test]
    fn a_short_cut_names_account_and_role() {
        let at = |url: &str| console(url, Some("111122223333"), Some("Read+Only@x y"));
        let expected = "https://corp.awsapps.com/start/#/console?account_id=111122223333&role_name=Read%2BOnly%40x%20y";
        assert_eq!(at("https://corp.awsapps.com/start"), expected);
        for spelled in ["start/", "start#/", "start/#/", "start/#/?tab=accounts", "start?x=y#/"] {
            assert_eq!(at(&["https://corp.awsapps.com/", spelled].concat()), expected, "{spelled}");
        }
        let query = "#/console?account_id=111122223333&role_name=Read%2BOnly%40x%20y";
        for portal in [
            "https://ssoins-1.portal.eu-central-1.app.aws",
            "https://ssoins-1.us-east-2.portal.amazonaws.com",
            "https://start.us-gov-home.awsapps.com/directory/d-1",
            "https://start.home.awsapps.cn/directory/d-1",
        ] {
            assert_eq!(at(portal), [portal, "/", query].concat());
        }
        let issuer = "https://identitycenter.amazonaws.com/ssoins-1";
        assert_eq!(at(issuer), issuer);
        assert_eq!(console("https://corp.awsapps.com/start", Some("1"), None), "https://corp.awsapps.com/start");
        assert_eq!(console("https://corp.awsapps.com/start", None, Some("R")), "https://corp.awsapps.com/start");
    }
}
