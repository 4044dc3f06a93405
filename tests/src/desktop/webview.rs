//! A window with a web view, driven over `WebDriver` as `WebKit` offers it.

use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, Engine};
use serde_json::{Value, json};

use super::error::{Error, Result};
use super::program::Program;

/// Bounds a failure; nothing waits that long.
const LONG: Duration = Duration::from_secs(60);

/// A driven window. Dropped, its program ends.
pub struct WebView {
    session: String,
    agent: ureq::Agent,
    driver: Program,
}

impl WebView {
    /// Starts `driver`, the command of `WebKitWebDriver` in the world where `program` is to run, and the program.
    pub(super) fn start(driver: &mut Command, program: &Path, logs: &Path) -> Result<Self> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        driver.arg(format!("--port={port}")).env("TAURI_WEBVIEW_AUTOMATION", "true");
        let driver = Program::start(driver, "webkit2gtk-driver", logs)?;
        let agent = ureq::Agent::new_with_config(
            ureq::Agent::config_builder().proxy(None).http_status_as_error(false).timeout_global(Some(LONG)).build(),
        );
        let mut view = Self { session: format!("http://127.0.0.1:{port}/session"), agent, driver };
        let capabilities = json!({ "capabilities": { "alwaysMatch": {
            "webkitgtk:browserOptions": { "binary": program, "args": [] },
            "timeouts": { "script": 30_000 },
        } } });
        let made = view.until_it_serves(&capabilities)?;
        let id = made["sessionId"].as_str().ok_or_else(|| view.driver.failure())?.to_owned();
        view.session = format!("{}/{id}", view.session);
        Ok(view)
    }

    /// Runs the body of a function in the page, and gives what it returns.
    pub fn run(&self, body: &str) -> Result<Value> {
        self.post("/execute/sync", &json!({ "script": body, "args": [] }))
    }

    /// Waits until the page's function gives something true, and gives it. It is asked again whenever the page changes.
    pub fn wait_for(&self, condition: &str) -> Result<Value> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             const check = () => {{ {condition} }};
             const now = check();
             if (now) {{ done(now); return; }}
             const again = () => {{
                 const now = check();
                 if (now) {{ observer.disconnect(); done(now); }}
             }};
             const observer = new MutationObserver(again);
             document.addEventListener('visibilitychange', again);
             observer.observe(document, {{ subtree: true, childList: true, characterData: true, attributes: true }});"
        );
        let found = self.post("/execute/async", &json!({ "script": script, "args": [] }));
        found.map_err(|_| Error::Timeout {
            awaited: format!("the page to hold: {condition}"),
            after: Duration::from_secs(30),
            seen: self.text().unwrap_or_default(),
        })
    }

    /// What a person reads in the page.
    pub fn text(&self) -> Result<String> {
        Ok(self.run("return document.body.innerText")?.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until the page says `words`.
    pub fn wait_for_text(&self, words: &str) -> Result<()> {
        let words = Value::from(words);
        self.wait_for(&format!("return document.body.innerText.includes({words})")).map(drop)
    }

    /// Presses the button whose name begins with `name`, as soon as it is there.
    pub fn press(&self, name: &str) -> Result<()> {
        let name = Value::from(name);
        let found = format!(
            "return [...document.querySelectorAll('button, [role=menuitem], [role=switch], summary')].find(button => \
             (button.getAttribute('aria-label') ?? button.innerText).trim().startsWith({name}) && !button.disabled)"
        );
        let button = self.wait_for(&found)?;
        let id = button.as_object().and_then(|object| object.values().next()).and_then(Value::as_str);
        let id = id.unwrap_or_default();
        self.post(&format!("/element/{id}/click"), &json!({})).map(drop)
    }

    /// Presses the keys together, the first one first, and lets them go, as at a keyboard.
    pub fn keys(&self, keys: &[char]) -> Result<()> {
        let key = |kind: &str, key: &char| json!({ "type": kind, "value": key });
        let mut all: Vec<Value> = keys.iter().map(|one| key("keyDown", one)).collect();
        all.extend(keys.iter().rev().map(|one| key("keyUp", one)));
        self.post("/actions", &json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": all }] })).map(drop)
    }

    /// The page as PNG, as it is painted next.
    pub fn picture(&self) -> Result<Vec<u8>> {
        let painted =
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)));";
        self.post("/execute/async", &json!({ "script": painted, "args": [] }))?;
        let answer: Value = self
            .agent
            .get(format!("{}/screenshot", self.session))
            .call()
            .and_then(|mut answer| answer.body_mut().with_config().limit(1 << 26).read_json())
            .map_err(std::io::Error::other)?;
        BASE64_STANDARD
            .decode(answer["value"].as_str().unwrap_or_default())
            .map_err(|error| std::io::Error::other(error).into())
    }

    /// The driver's process, whose child the window is.
    pub fn driver(&self) -> &Program {
        &self.driver
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value> {
        let answer: Value = self
            .agent
            .post(format!("{}{path}", self.session))
            .send_json(body)
            .and_then(|mut answer| answer.body_mut().read_json())
            .map_err(std::io::Error::other)?;
        match answer["value"]["error"].as_str() {
            None => Ok(answer["value"].clone()),
            Some(error) => Err(std::io::Error::other(format!("{error}: {}", answer["value"]["message"])).into()),
        }
    }

    /// The driver takes a moment until it listens, and tells nobody when; each try waits for the system to refuse.
    fn until_it_serves(&self, capabilities: &Value) -> Result<Value> {
        let started = std::time::Instant::now();
        loop {
            match self.post("", capabilities) {
                Ok(made) => return Ok(made),
                Err(error) if started.elapsed() > LONG => return Err(error),
                Err(Error::Io(error)) if !error.to_string().contains("onnection refused") => {
                    return Err(Error::Program {
                        program: "WebKitWebDriver".to_owned(),
                        log: format!("{error}\n{}", self.driver.log()),
                    });
                }
                Err(_) => std::thread::yield_now(),
            }
        }
    }
}

impl Drop for WebView {
    fn drop(&mut self) {
        // So that the window ends before its driver does.
        let _ = self.agent.delete(&self.session).call();
    }
}
