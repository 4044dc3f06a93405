//! The fake AWS, asked over HTTP as its clients ask it.

mod authorize;
mod device;
mod faults;
mod pages;
mod portal;
mod session;
mod signin;
mod sts;

use serde_json::{Value, json};
use ureq::http::Request as HttpRequest;

use super::{FakeAws, Organisation};

const START_URL: &str = "https://example.awsapps.com/start";
const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";

fn aws() -> FakeAws {
    let aws = FakeAws::start();
    aws.add_organisation(Organisation::example(START_URL));
    aws
}

/// An answer, read whole.
#[derive(Debug)]
struct Reply {
    status: u16,
    error_type: Option<String>,
    location: Option<String>,
    body: String,
}

impl Reply {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("the answer is JSON")
    }

    fn text(&self, name: &str) -> String {
        let value = self.json()[name].as_str().map(str::to_owned);
        value.unwrap_or_else(|| panic!("{name} in {}", self.body))
    }

    /// Status, error type, and OAuth's `error` or the portal's `message`.
    fn refusal(&self) -> (u16, String, String) {
        let body = self.json();
        let told = body.get("error").unwrap_or(&body["message"]);
        (
            self.status,
            self.error_type.clone().expect("x-amzn-ErrorType"),
            told.as_str().expect("an error or a message").to_owned(),
        )
    }

    /// What stands between the tags of this name.
    fn xml(&self, name: &str) -> &str {
        let (_, rest) = self.body.split_once(&format!("<{name}>")).expect(name);
        rest.split_once(&format!("</{name}>")).expect(name).0
    }
}

/// Sends a request as it is, without following redirects.
fn send(request: HttpRequest<String>) -> Result<Reply, ureq::Error> {
    let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build();
    let mut answer = ureq::Agent::new_with_config(config).run(request)?;
    let header = |name| {
        let value = answer.headers().get(name)?;
        Some(value.to_str().expect("a header in ASCII").to_owned())
    };
    Ok(Reply {
        status: answer.status().as_u16(),
        error_type: header("x-amzn-errortype"),
        location: header("location"),
        body: answer.body_mut().read_to_string()?,
    })
}

fn get(url: &str) -> Reply {
    let request = HttpRequest::get(url).body(String::new());
    send(request.expect("a request")).expect("an answer")
}

fn post(url: &str, content_type: &str, body: String) -> Reply {
    let request = HttpRequest::post(url).header("content-type", content_type);
    send(request.body(body).expect("a request")).expect("an answer")
}

fn post_form(url: &str, fields: &[(&str, &str)]) -> Reply {
    let mut form = form_urlencoded::Serializer::new(String::new());
    let body = form.extend_pairs(fields).finish();
    post(url, "application/x-www-form-urlencoded", body)
}

/// A call to sso-oidc.
fn oidc(aws: &FakeAws, path: &str, input: &Value) -> Reply {
    let url = format!("{}{path}", aws.url());
    post(&url, "application/json", input.to_string())
}

/// A call to the portal.
fn portal(aws: &FakeAws, method: &str, path: &str, access_token: &str) -> Reply {
    let request = HttpRequest::builder()
        .method(method)
        .uri(format!("{}{path}", aws.url()))
        .header("x-amz-sso_bearer_token", access_token)
        .body(String::new());
    send(request.expect("a request")).expect("an answer")
}

/// A client that registered itself.
struct Client<'a> {
    aws: &'a FakeAws,
    id: String,
    secret: String,
}

impl<'a> Client<'a> {
    /// As the CLI registers for the device flow (aws-sessions.md 3.1).
    fn for_device(aws: &'a FakeAws) -> Self {
        let scopes = ["sso:account:access"];
        Self::registered(aws, &json!({ "clientName": "relight", "clientType": "public", "scopes": scopes }))
    }

    fn registered(aws: &'a FakeAws, input: &Value) -> Self {
        let reply = oidc(aws, "/client/register", input);
        assert_eq!(reply.status, 200, "{}", reply.body);
        Self { aws, id: reply.text("clientId"), secret: reply.text("clientSecret") }
    }

    fn call(&self, path: &str, mut input: Value) -> Reply {
        input["clientId"] = self.id.as_str().into();
        input["clientSecret"] = self.secret.as_str().into();
        oidc(self.aws, path, &input)
    }

    fn start(&self) -> Reply {
        self.call("/device_authorization", json!({ "startUrl": START_URL }))
    }

    fn poll(&self, device_code: &str) -> Reply {
        let input = json!({ "grantType": DEVICE_CODE, "deviceCode": device_code });
        self.call("/token", input)
    }

    fn refresh(&self, refresh_token: &str) -> Reply {
        let input = json!({ "grantType": "refresh_token", "refreshToken": refresh_token });
        self.call("/token", input)
    }

    /// The whole device flow; returns the answer of CreateToken.
    fn sign_in(&self) -> Reply {
        let started = self.start();
        self.aws.approve(&started.text("userCode")).expect("a pending device");
        let reply = self.poll(&started.text("deviceCode"));
        assert_eq!(reply.status, 200, "{}", reply.body);
        reply
    }
}
