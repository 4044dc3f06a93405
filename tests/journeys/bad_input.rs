//! Bad files and bad servers: each is told with its place, the rest goes on, nothing is overwritten, nothing panics.

use crate::setting::{Result, aws, config, world};
use relight_core::ini::Encoding;
use relight_tests::fake_aws::{Fault, Operation};
use relight_tests::world::{Printed, World, token_file};
use std::fs;
use std::thread;

/// Runs every command that only reads, on a world with this config and credentials.
fn read(config: &[u8], credentials: &[u8]) -> Result<(Printed, serde_json::Value)> {
    let world = World::new()?;
    world.write(".aws/config", config)?;
    world.write(".aws/credentials", credentials)?;
    let status = world.relight(&["status"])?;
    let json = world.relight(&["status", "--json"])?;
    let parsed = world.relight(&["profiles", "--parsed", "--json"])?;
    for printed in [&status, &json, &parsed] {
        assert!(!printed.err.contains("panicked") && printed.code.is_some_and(|code| code < 2), "{printed:?}");
    }
    serde_json::from_str::<serde_json::Value>(&parsed.out)?;
    let view = serde_json::from_str(&json.out)?;
    Ok((status, view))
}

const GOOD: &str = "[profile good]\nregion = eu-west-1\n";

#[test]
fn whatever_is_wrong_with_a_file_has_its_line_and_the_good_profile_stays() -> Result<()> {
    let cases: [(&str, Vec<u8>); 10] = [
        ("byte-order-mark:1", format!("\u{feff}{GOOD}").into()),
        ("utf-16:1", Encoding::Utf16Le.bytes_of(&GOOD.replace('\n', "\r\n"))),
        ("", GOOD.replace('\n', "\r\n").into()),
        ("not-utf8:3", [GOOD.as_bytes(), b"\xff\xfe = x\n"].concat()),
        ("bad-property:3", format!("{GOOD}nonsense\n").into()),
        ("duplicate-section:3", format!("{GOOD}[profile good]\noutput = json\n").into()),
        ("property-outside-section:1", format!("x = y\n{GOOD}").into()),
        ("", format!("{GOOD}big = {}\n", "x".repeat(1 << 20)).into()),
        ("odd-character:3", [GOOD.as_bytes(), &[0; 100], b"\n"].concat()),
        ("duplicate-key:4", format!("{GOOD}{}", "region = eu-west-1\n".repeat(10_000)).into()),
    ];
    for (expected, config) in cases {
        let (_, view) = read(&config, b"")?;
        let problem = &view["problems"][0];
        let found = problem["code"].as_str().map(|code| format!("{code}:{}", problem["line"])).unwrap_or_default();
        assert!(
            found == expected || expected.starts_with("duplicate-key") && found == "duplicate-key:3",
            "{expected}: {problem}"
        );
        assert_eq!(view["profiles"][0]["name"], "good", "{expected}");
        assert!(view["problems"].as_array().is_some_and(|problems| problems.len() <= 20));
    }
    Ok(())
}

#[test]
fn a_folder_a_pipe_or_a_circle_of_links_in_a_files_place_is_told() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    fs::create_dir_all(world.home().join(".aws/credentials"))?;
    fs::create_dir_all(world.home().join(token_file("corp")))?;
    let printed = world.relight(&["status"])?;
    assert!(
        printed.out.contains("~/.aws/credentials cannot be read: there is a folder in its place."),
        "{}",
        printed.out
    );
    assert!(printed.out.contains("The token file cannot be read: there is a folder in its place."), "{}", printed.out);
    aws.auto_approve(true);
    let login = world.relight(&["login", "corp", "--flow", "device"])?;
    assert_eq!(login.code, Some(3), "{login:?}");
    assert!(login.err.contains("there is a folder in its place"), "{}", login.err);

    let world = World::new()?;
    fs::create_dir(world.home().join(".aws"))?;
    std::os::unix::fs::symlink("config", world.home().join(".aws/config"))?;
    let made = std::process::Command::new("mkfifo").arg(world.home().join(".aws/credentials")).status()?;
    assert!(made.success());
    let printed = world.relight(&["status"])?;
    assert!(printed.out.contains("~/.aws/config cannot be read"), "{printed:?}");
    Ok(())
}

#[test]
fn damaged_tokens_are_told_with_their_file_and_left_as_they_are() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let file = token_file("corp");
    for (text, said) in [
        ("", "it is empty"),
        ("{\"accessToken\": \"x\", \"expi", "it is not whole JSON"),
        ("[]", "it is not a JSON object"),
        ("{\"accessToken\": 5, \"expiresAt\": \"2030-01-01T00:00:00Z\"}", "its accessToken is not text"),
        ("{\"accessToken\": \"x\", \"expiresAt\": \"99999-01-01T00:00:00Z\"}", "its expiresAt is not a date"),
    ] {
        world.write(&file, text)?;
        let printed = world.relight(&["status"])?;
        assert!(
            printed.out.contains(&format!("~/{file}: corp: The token file is damaged: {said}")),
            "{said}: {}",
            printed.out
        );
        assert_eq!(printed.code, Some(1));
        assert_eq!(fs::read_to_string(world.home().join(&file))?, text);
    }
    Ok(())
}

#[test]
fn a_server_that_misbehaves_is_told_with_its_address_and_what_it_said() -> Result<()> {
    let faults: Vec<(Fault, &str)> = vec![
        (Fault::Html, "gave an answer that is not AWS's"),
        (Fault::Huge, "gave an answer without what it promises"),
        (Fault::CloseEarly, "127.0.0.1:"),
        (Fault::BrokenJson, "gave an answer that is not AWS's"),
        (Fault::EmptyBody, "gave an answer without what it promises: a registration without id or secret"),
        (Fault::ServerError, "has an error of its own"),
        (
            Fault::Refuse("Invalid start url provided".into()),
            "refused the request: Invalid start url provided. Check sso_start_url and sso_region.",
        ),
    ];
    // Each tries a few times before it gives up, so they run beside each other.
    let runs = faults.into_iter().map(|(fault, said)| {
        thread::spawn(move || {
            let aws = aws();
            aws.fault(Operation::RegisterClient, fault);
            let printed = world(&aws).and_then(|world| Ok(world.relight(&["login", "corp", "--flow", "device"])?));
            (printed.map_err(|error| error.to_string()), aws.url().trim_start_matches("http://").to_owned(), said)
        })
    });
    for run in runs.collect::<Vec<_>>() {
        let (printed, address, said) = run.join().map_err(|_| "panicked")?;
        let printed = printed?;
        assert_eq!(printed.code, Some(3), "{printed:?}");
        assert!(printed.err.contains(said) && printed.err.contains(&address), "{said} at {address}: {}", printed.err);
    }
    Ok(())
}

#[test]
fn no_server_no_home_and_nobody_who_reads() -> Result<()> {
    let aws = aws();
    let world = World::new()?;
    world.write(".aws/config", config(&aws).replace(aws.url(), "http://127.0.0.1:9"))?;
    let printed = world.relight(&["login", "corp", "--flow", "device"])?;
    assert_eq!(printed.code, Some(3));
    assert!(
        printed.err.contains("127.0.0.1:9 cannot be reached") && printed.err.contains("Check the network"),
        "{}",
        printed.err
    );

    let printed = World::new()?.relight(&["status"])?;
    assert_eq!(
        (printed.code, printed.out.as_str()),
        (Some(0), "No AWS profiles found in ~/.aws/config.\nAdd your organisation: relight add URL\n")
    );

    let relight = relight_tests::world::program("relight")?;
    let script = format!("'{}' status --json | true; echo ${{PIPESTATUS[0]}}", relight.display());
    let printed = relight_tests::world::run(world.command("bash").arg("-c").arg(script))?;
    assert_eq!((printed.out.as_str(), printed.err.as_str()), ("0\n", ""), "a reader that has gone is a quiet end");
    Ok(())
}

#[test]
fn names_with_control_characters_cannot_speak_to_the_terminal() -> Result<()> {
    let (status, _) = read(b"[sso-session \x1b]0;x\x07]\nsso_region = \x1b[31m\n[profile a]\nsso_session = \x1b[2J\n[profile b]\nsso_start_url = https://\x1b[5m\nsso_region = x\nsso_account_id = 1\nsso_role_name = R\n", b"")?;
    assert!(!status.out.contains('\u{1b}') && !status.out.contains('\u{7}'), "{:?}", status.out);
    Ok(())
}
