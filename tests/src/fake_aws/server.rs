//! HTTP on loopback, in a thread of its own.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Request as HttpRequest, Response};
use futures_util::stream;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

use super::answer::{Answer, Outcome};
use super::journal::Request;
use super::operation::Operation;
use super::world::World;

/// No request of these protocols comes near; a larger one counts as empty.
const LONGEST_BODY: usize = 1024 * 1024;

/// The running server. Dropped, it stops at once, whatever is under way.
#[derive(Debug)]
pub(super) struct Server {
    stop: Option<oneshot::Sender<Infallible>>,
    thread: Option<JoinHandle<()>>,
}

/// Takes a port of 127.0.0.1, a free one for 0, and returns it with its URL. From here on
/// clients can connect; they are answered once [`Server::start`] ran.
pub(super) fn bind(port: u16) -> io::Result<(TcpListener, String)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    // tokio takes over only sockets that do not block.
    listener.set_nonblocking(true)?;
    let url = format!("http://{}", listener.local_addr()?);
    Ok((listener, url))
}

impl Server {
    pub(super) fn start(listener: TcpListener, world: Arc<World>) -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel::<Infallible>();
        let thread = std::thread::Builder::new()
            .name("fake-aws".to_owned())
            .spawn(move || serve(runtime, listener, world, stopped))?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing is ever sent: that the channel closed is the message.
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            // A panic in there was printed already, and must not become a second one here.
            let _ = thread.join();
        }
    }
}

fn serve(runtime: Runtime, listener: TcpListener, world: Arc<World>, stopped: oneshot::Receiver<Infallible>) {
    let router = Router::new().fallback(receive).with_state(world);
    runtime.spawn(async move {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        axum::serve(listener, router).await
    });
    // Closing the runtime then drops every connection, also those that hang on purpose.
    let _ = runtime.block_on(stopped);
}

async fn receive(State(world): State<Arc<World>>, request: HttpRequest<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, LONGEST_BODY).await.unwrap_or_default();
    let (method, path) = (parts.method.as_str(), parts.uri.path());
    let (id, at) = world.stamp();
    let request = Request {
        id,
        operation: Operation::of(method, path, &body),
        method: method.to_owned(),
        path: path.to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: headers(&parts.headers),
        body: String::from_utf8_lossy(&body).into_owned(),
        status: None,
        at,
    };
    let number = world.journal.note(request.clone());
    let (answer, torn) = match world.respond(&request) {
        Outcome::Answer(answer) => (answer, false),
        Outcome::Torn(answer) => (answer, true),
        Outcome::Late(answer, late) => {
            tokio::time::sleep(late).await;
            (answer, false)
        }
        // hyper closes the connection of a body that fails before anything was sent.
        Outcome::Closed => return closed(),
        Outcome::Silence => std::future::pending().await,
    };
    world.journal.answered(number, answer.status);
    response(answer, torn, &request.id, &world.date())
}

fn headers(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    let headers = headers.iter();
    headers.map(|(name, value)| (name.to_string(), text(value.as_bytes()))).collect()
}

fn response(answer: Answer, torn: bool, request_id: &str, date: &str) -> Response<Body> {
    let mut response = Response::builder()
        .status(answer.status)
        .header("x-amzn-RequestId", request_id)
        .header("date", date)
        .header("content-length", answer.body.len());
    for (name, value) in answer.headers {
        response = response.header(name, value);
    }
    let body = if torn { half(answer.body) } else { Body::from(answer.body) };
    // A header that HTTP cannot carry came in with the request, in `state` or `redirect_uri`.
    response.body(body).unwrap_or_else(|_| bad_request())
}

fn closed() -> Response<Body> {
    Response::new(Body::from_stream(stream::once(async {
        Err::<Bytes, _>(io::Error::from(io::ErrorKind::ConnectionReset))
    })))
}

fn bad_request() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = axum::http::StatusCode::BAD_REQUEST;
    response
}

/// The first half of a body, then an error, upon which the connection is closed.
fn half(mut body: Vec<u8>) -> Body {
    body.truncate(body.len() / 2);
    let first = Some(Bytes::from(body));
    Body::from_stream(stream::unfold(first, |first| async move {
        match first {
            Some(half) => Some((Ok(half), None)),
            None => {
                // Lets the first half out of the buffer before the error discards it.
                tokio::task::yield_now().await;
                Some((Err(io::Error::from(io::ErrorKind::ConnectionReset)), None))
            }
        }
    }))
}
