//! Waits on loopback for the browser to come back from AWS (RFC 8252 7.3): on 127.0.0.1 alone, and before the browser
//! opens. Which request counts is the core's rule; everything else is answered and forgotten.

mod page;

pub(crate) use page::STRAY;

use crate::{chance, clock};
use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use relight_core::flow::{Arrival, Listening, NoCode, Told, arrival};
use relight_core::secret::Secret;
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

/// How long the last answer may take to leave.
const LAST_WORDS: Duration = Duration::from_secs(1);
/// Between two tries where the system has no more sockets to give.
const NO_SOCKET: Duration = Duration::from_millis(100);
/// 43 characters, and what RFC 7636 4.1 recommends.
const RANDOM_BYTES: usize = 32;

/// A listener, for as long as this is kept.
pub struct Waiting {
    told: watch::Sender<Option<Told>>,
    visit: Arc<Visit>,
}

/// What all connections share.
struct Visit {
    state: Secret,
    back: Box<dyn Fn(Result<Secret, NoCode>) + Send + Sync>,
    is_back: AtomicBool,
    told: watch::Receiver<Option<Told>>,
    /// Connections in which the browser came back and is not answered yet.
    held: AtomicUsize,
    let_go: Notify,
}

/// Listens on a free port. `back` is called once, with the first request that counts.
pub fn listen(back: impl Fn(Result<Secret, NoCode>) + Send + Sync + 'static) -> io::Result<(Listening, Waiting)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let (state, verifier) = draw()?;
    let listening = Listening { port: listener.local_addr()?.port(), state, verifier };
    let (sender, told) = watch::channel(None);
    let visit = Arc::new(Visit {
        state: listening.state.clone(),
        back: Box::new(back),
        is_back: AtomicBool::new(false),
        told,
        held: AtomicUsize::new(0),
        let_go: Notify::new(),
    });
    tokio::spawn(serve(listener, visit.clone()));
    Ok((listening, Waiting { told: sender, visit }))
}

/// The random texts of a sign-in: its state, and its PKCE verifier.
pub fn draw() -> io::Result<(Secret, Secret)> {
    Ok((chance::text(RANDOM_BYTES)?, chance::text(RANDOM_BYTES)?))
}

impl Waiting {
    /// Answers the browser that came back; the future ends when the answer has left.
    pub fn tell(&self, told: Told) -> impl Future<Output = ()> + Send + 'static {
        self.told.send_replace(Some(told));
        let visit = self.visit.clone();
        async move {
            let all_gone = async {
                loop {
                    let gone = visit.let_go.notified();
                    if visit.held.load(Ordering::SeqCst) == 0 {
                        return;
                    }
                    gone.await;
                }
            };
            tokio::select! {
                () = all_gone => {}
                () = clock::pause(LAST_WORDS) => {}
            }
        }
    }
}

/// Until the [`Waiting`] is dropped; browsers that still wait then are told so.
async fn serve(listener: tokio::net::TcpListener, visit: Arc<Visit>) {
    let mut connections = JoinSet::new();
    let mut told = visit.told.clone();
    loop {
        tokio::select! {
            stream = listener.accept() => match stream {
                Ok((stream, _)) => drop(connections.spawn(connection(stream, visit.clone()))),
                Err(_) => clock::pause(NO_SOCKET).await,
            },
            Some(_) = connections.join_next() => {}
            changed = told.changed() => if changed.is_err() { break },
        }
    }
    // A connection in which nobody asked anything is not waited for.
    if visit.held.load(Ordering::SeqCst) > 0 {
        tokio::select! {
            () = visit.let_go.notified() => {}
            () = clock::pause(LAST_WORDS) => {}
        }
    }
}

async fn connection(stream: TcpStream, visit: Arc<Visit>) {
    let counted = Arc::new(AtomicBool::new(false));
    let service = service_fn(|request| {
        let (visit, counted) = (visit.clone(), counted.clone());
        async move { Ok::<_, Infallible>(answer(&request, &visit, &counted).await) }
    });
    let served = http1::Builder::new().keep_alive(false).serve_connection(TokioIo::new(stream), service).await;
    if let Err(error) = served {
        tracing::debug!("a request on loopback broke off: {error}");
    }
    if counted.load(Ordering::SeqCst) {
        visit.held.fetch_sub(1, Ordering::SeqCst);
        visit.let_go.notify_waiters();
    }
}

async fn answer(request: &Request<Incoming>, visit: &Visit, counted: &AtomicBool) -> Response<Full<Bytes>> {
    let uri = request.uri();
    match arrival(request.method().as_str(), uri.path(), uri.query().unwrap_or_default(), &visit.state) {
        Arrival::Stray(status) => page::stray(status),
        Arrival::Back(back) => {
            visit.held.fetch_add(1, Ordering::SeqCst);
            counted.store(true, Ordering::SeqCst);
            // A browser that loads the page twice brings the same code, which works once.
            if !visit.is_back.swap(true, Ordering::SeqCst) {
                (visit.back)(back);
            }
            let mut told = visit.told.clone();
            let told = told.wait_for(Option::is_some).await.ok().and_then(|told| told.clone());
            page::told(told.as_ref())
        }
    }
}
