//! Asks STS who it is, as any program on the SDK for Rust does, and prints why it could not.
#![allow(missing_docs, reason = "a program")]

use aws_config::BehaviorVersion;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use std::error::Error;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let http = aws_smithy_http_client::Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https();
    let config = aws_config::defaults(BehaviorVersion::latest()).http_client(http).load().await;
    if let Err(error) = aws_sdk_sts::Client::new(&config).get_caller_identity().send().await {
        if std::env::args().any(|word| word == "--debug") {
            println!("called `Result::unwrap()` on an `Err` value: {error:?}");
            return;
        }
        let mut reason: Option<&dyn Error> = Some(&error);
        let mut reasons = Vec::new();
        while let Some(error) = reason {
            reasons.push(error.to_string());
            reason = error.source();
        }
        println!("{}", reasons.join(": "));
    }
}
