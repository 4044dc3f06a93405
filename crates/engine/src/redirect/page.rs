//! What the browser shows when it came back: what became of the sign-in, and that the page can be closed.

use bytes::Bytes;
use http_body_util::Full;
use hyper::Response;
use hyper::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue, REFERRER_POLICY};
use hyper::{StatusCode, http::HeaderName};
use relight_core::flow::Told;

/// The address has the code in it, though it was used up: nothing of the page leads elsewhere, and nobody keeps it.
const HEADERS: [(HeaderName, &str); 4] = [
    (CONTENT_TYPE, "text/html; charset=utf-8"),
    (CACHE_CONTROL, "no-store"),
    (REFERRER_POLICY, "no-referrer"),
    (CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
];

/// What became of the sign-in; none where Relight gave it up before it came to anything.
pub(super) fn told(told: Option<&Told>) -> Response<Full<Bytes>> {
    match told {
        Some(Told { good: true, sentence }) => respond(StatusCode::OK, "Signed in", sentence),
        Some(Told { good: false, sentence }) => respond(StatusCode::OK, "Not signed in", sentence),
        None => respond(StatusCode::OK, "Not signed in", "Relight gave this sign-in up before it was finished."),
    }
}

/// What everybody else is answered, and nothing but Relight answers.
pub(crate) const STRAY: &str = "This is not what Relight waits for.";

/// Something else than the browser's way back.
pub(super) fn stray(status: u16) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(STRAY));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    response
}

fn respond(status: StatusCode, title: &str, sentence: &str) -> Response<Full<Bytes>> {
    let mark = if title == "Signed in" { "✓" } else { "!" };
    let text = include_str!("page.html")
        .replace("{title}", title)
        .replace("{mark}", mark)
        .replace("{sentence}", &escaped(sentence));
    let mut response = Response::new(Full::from(text));
    *response.status_mut() = status;
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
