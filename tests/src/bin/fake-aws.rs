//! Serves the fake AWS until it is killed, for a demo or a client under examination.

use clap::Parser;
use relight_tests::fake_aws::{FakeAws, Organisation};

/// A fake AWS on 127.0.0.1: sign-in, portal and sts. Prints its URL first.
#[derive(Debug, Parser)]
struct Arguments {
    /// The port; a free one when absent
    #[arg(long, default_value_t = 0)]
    port: u16,

    /// Start URL of an organisation to serve; may be repeated
    #[arg(long = "start-url", default_value = "https://example.awsapps.com/start")]
    start_urls: Vec<String>,

    /// Approve every sign-in at once
    #[arg(long)]
    auto_approve: bool,
}

fn main() -> std::io::Result<()> {
    let arguments = Arguments::parse();
    let aws = FakeAws::start_on(arguments.port)?;
    for start_url in arguments.start_urls {
        aws.add_organisation(Organisation::example(start_url));
    }
    aws.auto_approve(arguments.auto_approve);
    println!("{}", aws.url());
    loop {
        std::thread::park();
    }
}
