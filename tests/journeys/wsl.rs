//! Inside WSL without a desktop. Programs of Windows are scripts here: what WSL and Windows do with real ones was not seen.

use crate::setting::{Result, START_URL, approve_at, aws, signed_in, world};
use relight_tests::fake_aws::{FakeAws, Operation};
use relight_tests::world::{Running, World, run};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

/// Opens pages as Windows does.
const RUNDLL32: &str = "#!/bin/sh\n[ \"$1\" = url.dll,FileProtocolHandler ] && echo \"$2\" >> \"$HOME/pages\"\n";
/// Asks the port in its last word.
const CURL: &str = "#!/bin/bash\nport=${@: -1}; port=${port##*:}; exec 3<>/dev/tcp/127.0.0.1/${port%/}\n\
                    printf 'GET / HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n' >&3; sed '1,/^\\r$/d' <&3\n";
/// A program that runs nowhere but in Windows.
const OF_WINDOWS: &str = "MZ\u{90}\0";

/// `relight`, in a distribution where Windows has these programs.
fn relight(world: &World, words: &[&str], programs: &[(&str, &str)]) -> Result<Command> {
    for (name, text) in programs {
        let file = world.write(&format!("windows/{name}"), text)?;
        fs::set_permissions(file, fs::Permissions::from_mode(0o755))?;
    }
    let mut command = world.program("relight")?;
    command.args(words).env_remove("BROWSER").env("WSL_DISTRO_NAME", "Ubuntu");
    // As WSL sets it; it also tells from a container, where this test may run.
    command.env("DISPLAY", ":0");
    command.env("PATH", format!("{}:/usr/bin:/bin", world.home().join("windows").display()));
    Ok(command)
}

/// What `relight login corp` says, to somebody who approves every code.
fn said(aws: &FakeAws, world: &World, programs: &[(&str, &str)]) -> Result<String> {
    aws.auto_approve(true);
    let printed = run(&mut relight(world, &["login", "corp"], programs)?)?;
    assert_eq!(printed.code, Some(0), "{}", printed.err);
    assert_eq!((aws.count(Operation::Authorize), aws.count(Operation::StartDeviceAuthorization)), (0, 1));
    Ok(printed.err)
}

#[test]
fn windows_browser_opens_and_comes_back() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let programs = [("rundll32.exe", RUNDLL32), ("curl.exe", CURL)];
    let login = Running::start(&mut relight(&world, &["login", "corp"], &programs)?)?;
    let page = world.wait_for_page(1)?;
    assert!(page.contains("/authorize?") && page.contains("&state="), "{page}");
    approve_at(&page)?;
    let printed = login.end()?;
    assert_eq!((printed.code, printed.out.as_str()), (Some(0), "Signed in to corp: 59 min left.\n"), "{}", printed.err);
    Ok(())
}

#[test]
fn a_code_is_compared_where_windows_does_not_reach_the_distribution() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let err = said(&aws, &world, &[("rundll32.exe", RUNDLL32), ("curl.exe", "#!/bin/sh\nexit 7\n")])?;
    assert!(
        err.starts_with("Windows does not reach 127.0.0.1 of this WSL distribution (localhostForwarding is off in .wslconfig, or a VPN is in between). So you sign in with a code instead.\nSigning in to corp. Your browser opens this page:\n"),
        "{err}"
    );
    assert!(world.wait_for_page(1)?.contains("/device?user_code="));
    Ok(())
}

#[test]
fn without_interop_the_person_opens_the_page_and_compares_a_code() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let err = said(&aws, &world, &[("rundll32.exe", OF_WINDOWS), ("curl.exe", OF_WINDOWS)])?;
    let note = "No program of Windows starts from this WSL distribution (its interop is off). So you sign in with a code instead.\n";
    assert!(err.starts_with(note), "{err}");
    assert_eq!(err.matches("No program of Windows can be started").count(), 1, "{err}");
    assert!(world.pages().is_empty());
    Ok(())
}

#[test]
fn a_clock_that_stayed_behind_is_told_with_what_sets_it() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    aws.set_clock_offset(jiff::SignedDuration::from_secs(7 * 60 + 30));
    let told = "This machine's clock is 7 min behind AWS's: every end that is shown is wrong by as much, and from 5 min on AWS refuses signed calls. WSL's clock falls behind when the computer sleeps: run 'sudo hwclock -s' here, or 'wsl --shutdown' in Windows.";
    let err = said(&aws, &world, &[("rundll32.exe", RUNDLL32), ("curl.exe", "#!/bin/sh\nexit 7\n")])?;
    assert_eq!(err.matches(told).count(), 1, "{err}");

    signed_in(&world, &aws, START_URL, "corp", 60)?;
    aws.unassign(START_URL, "111122223333", "ReadOnly");
    let refused = run(&mut relight(&world, &["credentials", "dev"], &[])?)?;
    assert!(refused.code != Some(0) && refused.err.contains(told), "{}", refused.err);
    Ok(())
}
