//! Eight processes that renew one session that has ended, with refresh tokens that work once: four of Relight's, two on
//! botocore, two on the SDK for JavaScript. `RELIGHT_ROUNDS` says how often.

use super::{corp_file, is_whole, renewable};
use crate::reading::clients_folder;
use crate::setting::{Result, aws, world};
use relight_tests::fake_aws::{FakeAws, Operation};
use relight_tests::world::{Running, World, program};
use rustix::fs::inotify;
use std::fs;
use std::io::Write;
use std::process::ChildStdin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

const ROUNDS: usize = 200;
const RELIGHTS: usize = 4;

/// A program on an SDK, which asks for the token once for each line that it gets.
struct Client {
    running: Running,
    ask: ChildStdin,
}

impl Client {
    fn start(world: &World, aws: &FakeAws, program: &str, script: &str) -> Result<Self> {
        let mut command = world.command(program);
        command.arg(clients_folder().join(script)).arg("dev").env("AWS_ENDPOINT_URL", aws.url());
        let (mut running, ask) = Running::start_asked(&mut command)?;
        running.line_with(|line| line == "ready")?;
        Ok(Self { running, ask })
    }
}

/// How many of each had no token in the end.
#[derive(Debug, Default)]
struct Failures {
    relight: Vec<String>,
    botocore: usize,
    javascript: usize,
}

#[test]
fn eight_processes_that_renew_one_session_damage_no_file_and_none_of_relights_fails() -> Result<()> {
    let rounds = std::env::var("RELIGHT_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(ROUNDS);
    let aws = aws();
    let world = world(&aws)?;
    let python = clients_folder().join(".venv/bin/python");
    let python = python.to_str().ok_or("the path is not UTF-8")?;
    let node = node()?;
    let mut clients = [
        Client::start(&world, &aws, python, "refresh.py")?,
        Client::start(&world, &aws, python, "refresh.py")?,
        Client::start(&world, &aws, &node, "refresh.mjs")?,
        Client::start(&world, &aws, &node, "refresh.mjs")?,
    ];
    renewable(&world, &aws, -1)?;
    let (mut failures, mut by_javascript) = (Failures::default(), 0);
    let watch = Watch::start(&world)?;
    for round in 0..rounds {
        let (grant, _) = renewable(&world, &aws, -1)?;
        let before = aws.count(Operation::CreateToken);
        once(&world, &mut clients, &mut failures)?;
        let text = fs::read_to_string(corp_file(&world))?;
        is_whole(&text, &aws).map_err(|error| format!("round {round}: {error}: {text}"))?;
        assert!(!text.contains(&grant.access_token), "round {round}: nobody renewed it: {failures:?}");
        let calls = aws.requests();
        let given = calls.iter().filter(|call| call.operation == Operation::CreateToken).skip(before);
        assert_eq!(given.filter(|call| call.status == Some(200)).count(), 1, "round {round}");
        // It alone writes several lines.
        by_javascript += usize::from(text.contains('\n'));
    }
    let (seen, torn) = watch.end(&world)?;
    println!(
        "8 processes, {rounds} rounds: without a token in the end: Relight {} of {}, botocore {} of {}, JavaScript {} of {}",
        failures.relight.len(),
        rounds * RELIGHTS,
        failures.botocore,
        rounds * 2,
        failures.javascript,
        rounds * 2
    );
    println!(
        "JavaScript won {} rounds; the file was looked at {seen} times as it changed, {torn} of them half-written by JavaScript's writing in place",
        by_javascript
    );
    assert!(failures.relight.is_empty(), "{:?}", failures.relight);
    Ok(())
}

/// One round: all of them at once, to the end of all.
fn once(world: &World, clients: &mut [Client], failures: &mut Failures) -> Result<()> {
    let relight = program("relight")?;
    let mut relights = Vec::new();
    for number in 0..RELIGHTS {
        relights.push(Running::start(world.command(&relight).args(["refresh", "corp"]))?);
        if let Some(client) = clients.get_mut(number) {
            client.ask.write_all(b"\n")?;
        }
    }
    for relight in relights {
        let printed = relight.end()?;
        if printed.code != Some(0) {
            failures.relight.push(format!("{printed:?}"));
        }
    }
    for (number, client) in clients.iter_mut().enumerate() {
        let failed = usize::from(client.running.line()? != "has a token");
        if number < 2 { failures.botocore += failed } else { failures.javascript += failed }
    }
    Ok(())
}

fn node() -> Result<String> {
    let path = std::env::var_os("PATH").ok_or("PATH is not set")?;
    let node = std::env::split_paths(&path).map(|folder| folder.join("node")).find(|node| node.exists());
    Ok(node.and_then(|node| node.to_str().map(str::to_owned)).ok_or("node is not installed")?)
}

/// Reads the token file each time that anything happens to it, and counts how often it was not whole.
struct Watch {
    thread: thread::JoinHandle<std::io::Result<(usize, usize)>>,
}

impl Watch {
    fn start(world: &World) -> Result<Self> {
        let file = corp_file(world);
        let folder = file.parent().ok_or("no folder")?.to_owned();
        let watch = inotify::init(inotify::CreateFlags::CLOEXEC)?;
        let changes = inotify::WatchFlags::MODIFY | inotify::WatchFlags::MOVED_TO | inotify::WatchFlags::CREATE;
        inotify::add_watch(&watch, &folder, changes)?;
        let torn = AtomicUsize::new(0);
        let thread = thread::spawn(move || {
            let mut buffer = [const { std::mem::MaybeUninit::uninit() }; 4096];
            let mut reader = inotify::Reader::new(&watch, &mut buffer);
            let mut seen = 0;
            loop {
                let event = reader.next()?;
                let name = event.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                if name == "end" {
                    return Ok((seen, torn.load(Ordering::SeqCst)));
                }
                if file.ends_with(&name) {
                    seen += 1;
                    let is_json = serde_json::from_slice::<serde_json::Value>(&fs::read(&file)?).is_ok();
                    torn.fetch_add(usize::from(!is_json), Ordering::SeqCst);
                }
            }
        });
        Ok(Self { thread })
    }

    /// How often it looked, and how often the file was not whole.
    fn end(self, world: &World) -> Result<(usize, usize)> {
        world.write(".aws/sso/cache/end", "")?;
        Ok(self.thread.join().map_err(|_| "the watch panicked")??)
    }
}
