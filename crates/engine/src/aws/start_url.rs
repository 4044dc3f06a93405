//! Asks the server of a company's own start URL where it leads (aws-sessions.md 3.5): one question, or two where it knows
//! no `HEAD`. Redirects are not followed here: the core says what one means.

use super::failure;
use aws_smithy_http_client::Connector;
use aws_smithy_runtime_api::client::http::HttpConnector;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use relight_core::flow::{Answer, CallError, ErrorKind, Target};
use relight_core::start_url::{Led, Method, answered, question};
use std::time::Duration;

/// A person waits, and the answer has no body.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);

pub(super) async fn resolve(target: &Target, connector: Connector, start_url: &str) -> Result<Answer, CallError> {
    let address = question(start_url, &target.endpoints)?;
    let mut method = Method::Head;
    loop {
        let asked = tokio::time::timeout(ANSWER_TIMEOUT, ask(&connector, method, &address));
        let (status, location) = asked.await.unwrap_or_else(|_| Err(timed_out(&address)))?;
        match answered(start_url, method, status, location.as_deref())? {
            Led::There(portal) => return Ok(Answer::StartUrl(portal)),
            Led::AskWithGet => method = Method::Get,
        }
    }
}

async fn ask(connector: &Connector, method: Method, address: &str) -> Result<(u16, Option<String>), CallError> {
    let unusable = |_| CallError {
        kind: ErrorKind::StartUrl,
        address: failure::shown_address(address),
        said: "sso_start_url is not a web address".to_owned(),
    };
    let mut request = HttpRequest::get(address).map_err(unusable)?;
    let method = match method {
        Method::Head => "HEAD",
        Method::Get => "GET",
    };
    request.set_method(method).map_err(unusable)?;
    request.headers_mut().insert("user-agent", "Relight");
    let answer = connector.call(request).await.map_err(|error| failure::of_connector(&error, address))?;
    Ok((answer.status().as_u16(), answer.headers().get("location").map(str::to_owned)))
}

fn timed_out(address: &str) -> CallError {
    let said = "no answer in time".to_owned();
    CallError { kind: ErrorKind::Timeout, address: failure::shown_address(address), said }
}

#[cfg(test)]
mod tests {
    use super::*;
    use relight_core::config::Endpoints;
    use relight_core::start_url::Resolved;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    /// Gives `answers`, one for each request, and then what the requests asked for.
    async fn server(answers: &'static [&'static str]) -> (String, tokio::task::JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = tokio::spawn(async move {
            let mut asked = Vec::new();
            for answer in answers {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut request = Vec::new();
                while !request.ends_with(b"\r\n\r\n") {
                    request.push(stream.read_u8().await.unwrap());
                }
                let first = String::from_utf8(request).unwrap().lines().next().unwrap_or_default().to_owned();
                asked.push(first);
                let whole = format!("HTTP/1.1 {answer}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
                stream.write_all(whole.as_bytes()).await.unwrap();
            }
            asked
        });
        (url, asked)
    }

    async fn resolved(url: &str) -> Result<Answer, String> {
        let endpoints = Endpoints { sso_oidc: Some("http://127.0.0.1:9".to_owned()), ..Endpoints::default() };
        let target = Target::of(url, "us-east-1", endpoints);
        // Past any proxy that the environment names.
        resolve(&target, Connector::builder().build_http(), url).await.map_err(|error| error.sentence())
    }

    #[tokio::test]
    async fn one_redirect_is_read_and_none_followed() {
        let (url, asked) = server(&["302 Found\r\nLocation: https://i.portal.eu-west-1.app.aws/"]).await;
        let portal =
            Resolved { url: "https://i.portal.eu-west-1.app.aws".to_owned(), region: Some("eu-west-1".to_owned()) };
        assert_eq!(resolved(&format!("{url}/go?to=x#y")).await, Ok(Answer::StartUrl(portal)));
        assert_eq!(asked.await.unwrap(), ["HEAD /go?to=x HTTP/1.1"]);
    }

    #[tokio::test]
    async fn a_server_that_knows_no_head_is_asked_with_get() {
        let answers = &["405 Method Not Allowed", "301 Moved\r\nlocation: https://d-1.awsapps.com/start"];
        let (url, asked) = server(answers).await;
        let portal = Resolved { url: "https://d-1.awsapps.com/start".to_owned(), region: None };
        assert_eq!(resolved(&url).await, Ok(Answer::StartUrl(portal)));
        assert_eq!(asked.await.unwrap(), ["HEAD / HTTP/1.1", "GET / HTTP/1.1"]);
    }

    #[tokio::test]
    async fn a_server_that_leads_elsewhere_or_is_not_there_is_a_sentence() {
        let (url, _asked) = server(&["302 Found\r\nlocation: http://127.0.0.1:9/"]).await;
        insta::assert_snapshot!(resolved(&url).await.unwrap_err(), @"sso_start_url leads to http://127.0.0.1:9/, which is not an access portal of AWS's. Set it to the address of your access portal, such as https://example.awsapps.com/start.");
        let why = std::net::TcpStream::connect("127.0.0.1:9").unwrap_err().to_string();
        insta::assert_snapshot!(resolved("http://127.0.0.1:9/go").await.unwrap_err().replace(&why, "WHY"), @"127.0.0.1:9 cannot be reached: WHY. Check the network, VPN and proxy.");
        insta::assert_snapshot!(resolved("http://aws.example.com").await.unwrap_err(), @"sso_start_url is neither AWS's own nor begins with https://, so it is not asked where it leads. Set it to the address of your access portal, such as https://example.awsapps.com/start.");
    }
}
