//! The pages for a person.

use serde_json::json;

use super::{Client, aws, get, post_form};

#[test]
fn a_person_without_a_code_is_asked_for_it() {
    let aws = aws();
    let page = get(&format!("{}/device", aws.url()));
    assert_eq!(page.status, 200);
    assert!(page.body.contains("<input name=\"user_code\""));
}

#[test]
fn the_page_shows_the_code_and_its_buttons_decide() {
    let aws = aws();
    let client = Client::for_device(&aws);
    for (decision, title, error) in
        [("approve", "Request approved", None), ("deny", "Request denied", Some("access_denied"))]
    {
        let started = client.start();
        let user_code = started.text("userCode");
        let page = get(&started.text("verificationUriComplete")).body;
        assert!(page.contains(&format!("<output>{user_code}</output>")));
        assert!(page.contains("https://example.awsapps.com/start"));

        let form = [("user_code", user_code.as_str()), ("decision", decision)];
        let done = post_form(&format!("{}/device", aws.url()), &form).body;
        assert!(done.contains(title) && done.contains("You can close this tab."));
        let polled = client.poll(&started.text("deviceCode")).json();
        assert_eq!(polled.get("error").and_then(|error| error.as_str()), error);
    }
}

#[test]
fn nothing_foreign_gets_into_a_page() {
    let aws = aws();
    let page = get(&format!("{}/device?user_code=%3Cscript%3E%22", aws.url())).body;
    assert!(page.contains("&lt;script&gt;&quot;") && !page.contains("<script>"));

    let evil = json!({ "clientName": "<img src=x>", "clientType": "public" });
    let started = Client::registered(&aws, &evil).start();
    let page = get(&started.text("verificationUriComplete")).body;
    assert!(page.contains("&lt;img src=x&gt;") && !page.contains("<img"));
}

#[test]
fn a_companys_own_address_leads_to_its_portal() {
    let aws = aws();
    aws.lead("/go", "https://example.awsapps.com/start");
    let led = get(&format!("{}/go", aws.url()));
    assert_eq!((led.status, led.location.as_deref()), (302, Some("https://example.awsapps.com/start")));
    assert_eq!(get(&format!("{}/gone", aws.url())).status, 404);
}
