//! The fake behind TLS, with a certificate of a throw-away authority, and behind a proxy: what networks put between a
//! person and AWS.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use super::FakeAws;
use super::lock::lock;

/// TLS in front of a fake, and a proxy that leads there whatever host it is asked for.
#[derive(Debug)]
pub struct Network {
    authority: String,
    tls: SocketAddr,
    proxy: SocketAddr,
    tunnels: Arc<Mutex<Vec<String>>>,
    _runtime: Runtime,
}

impl Network {
    /// In front of `aws`, with a certificate for `localhost` and these hosts.
    pub fn before(aws: &FakeAws, hosts: &[&str]) -> io::Result<Self> {
        let (authority, tls_config) = certificates(hosts).map_err(io::Error::other)?;
        let plain = aws.url().trim_start_matches("http://").to_owned();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let (tls_listener, proxy_listener) = runtime.block_on(async {
            Ok::<_, io::Error>((
                TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?,
                TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?,
            ))
        })?;
        let (tls, proxy) = (tls_listener.local_addr()?, proxy_listener.local_addr()?);
        let tunnels = Arc::default();
        runtime.spawn(serve_tls(tls_listener, TlsAcceptor::from(Arc::new(tls_config)), plain));
        runtime.spawn(serve_proxy(proxy_listener, tls, Arc::clone(&tunnels)));
        Ok(Self { authority, tls, proxy, tunnels, _runtime: runtime })
    }

    /// The authority's certificate, as PEM.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// The fake, behind TLS.
    pub fn url(&self) -> String {
        format!("https://localhost:{}", self.tls.port())
    }

    /// The proxy.
    pub fn proxy(&self) -> String {
        format!("http://{}", self.proxy)
    }

    /// The hosts that the proxy was asked to connect to, with their ports.
    pub fn tunnels(&self) -> Vec<String> {
        lock(&self.tunnels).clone()
    }
}

fn certificates(hosts: &[&str]) -> Result<(String, ServerConfig), Box<dyn std::error::Error + Send + Sync>> {
    let mut authority = CertificateParams::default();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    // OpenSSL takes a certificate for signed by itself where both have one name.
    authority.distinguished_name.push(DnType::CommonName, "authority");
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate()?)?;
    let mut names = vec!["localhost".to_owned()];
    names.extend(hosts.iter().map(|host| (*host).to_owned()));
    let key = KeyPair::generate()?;
    let certificate = CertificateParams::new(names)?.signed_by(&key, &authority)?;
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let chain: Vec<CertificateDer<'static>> = vec![certificate.der().clone()];
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    Ok((authority.pem(), config))
}

async fn serve_tls(listener: TcpListener, acceptor: TlsAcceptor, plain: String) {
    while let Ok((stream, _)) = listener.accept().await {
        let (acceptor, plain) = (acceptor.clone(), plain.clone());
        tokio::spawn(async move {
            let mut inside = acceptor.accept(stream).await?;
            let mut outside = TcpStream::connect(plain).await?;
            copy_bidirectional(&mut inside, &mut outside).await
        });
    }
}

async fn serve_proxy(listener: TcpListener, tls: SocketAddr, tunnels: Arc<Mutex<Vec<String>>>) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(tunnel(stream, tls, Arc::clone(&tunnels)));
    }
}

/// Answers CONNECT, and leads to the fake.
async fn tunnel(stream: TcpStream, tls: SocketAddr, tunnels: Arc<Mutex<Vec<String>>>) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut first = String::new();
    stream.read_line(&mut first).await?;
    let mut line = first.clone();
    while !line.trim().is_empty() {
        line.clear();
        stream.read_line(&mut line).await?;
    }
    let Some(host) = first.strip_prefix("CONNECT ").and_then(|rest| rest.split(' ').next()) else {
        return stream.write_all(b"HTTP/1.1 405 Method Not Allowed\r\n\r\n").await;
    };
    lock(&tunnels).push(host.to_owned());
    stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?;
    let mut outside = TcpStream::connect(tls).await?;
    // What came with the request already.
    let early = stream.buffer().len();
    let mut taken = vec![0; early];
    stream.read_exact(&mut taken).await?;
    outside.write_all(&taken).await?;
    copy_bidirectional(&mut stream, &mut outside).await.map(drop)
}
