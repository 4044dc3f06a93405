//! Disks that are full, folders that cannot be written, and links.

use super::expected::BY_CODE;
use super::{corp_file, renewable, unharmed};
use crate::setting::{Result, aws, world};
use relight_tests::fake_aws::Operation;
use relight_tests::world::{Printed, World, program, run, token_file};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::Path;

/// `relight` where no file may grow, as on a full disk.
fn on_a_full_disk(world: &World, words: &[&str]) -> Result<Printed> {
    let mut command = world.command("sh");
    command.args(["-c", "ulimit -f 0 && exec \"$0\" \"$@\""]).arg(program("relight")?).args(words);
    Ok(run(&mut command)?)
}

#[test]
fn on_a_full_disk_a_refresh_uses_no_token_up() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let (_, before) = renewable(&world, &aws, -1)?;
    let printed = on_a_full_disk(&world, &["refresh", "corp"])?;
    assert_eq!((printed.code, aws.count(Operation::CreateToken)), (Some(3), 0), "{printed:?}");
    assert!(printed.err.contains("so none was asked for") && printed.err.contains("too large"), "{}", printed.err);
    assert_eq!(fs::read_to_string(corp_file(&world))?, before);
    unharmed(&world, &aws, &printed, Some(&before))?;
    assert_eq!(world.relight(&["refresh", "corp"])?.code, Some(0), "with room again, it goes on");
    Ok(())
}

#[test]
fn on_a_full_disk_a_sign_in_is_an_error_and_not_the_programs_end() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    aws.auto_approve(true);
    let printed = on_a_full_disk(&world, &BY_CODE)?;
    assert_eq!(printed.code, Some(3), "{printed:?}");
    assert!(printed.err.contains("so no sign-in was begun") && printed.err.contains("too large"), "{}", printed.err);
    assert_eq!((aws.requests().len(), world.pages().len()), (0, 0));
    unharmed(&world, &aws, &printed, None)?;
    let (_, before) = renewable(&world, &aws, 50)?;
    let printed = on_a_full_disk(&world, &["logout", "corp"])?;
    assert_eq!(printed.code, Some(0), "removing needs no room: {printed:?}");
    unharmed(&world, &aws, &printed, Some(&before))?;
    assert_eq!(world.relight(&BY_CODE)?.code, Some(0));
    Ok(())
}

/// `relight` as a person who is not root, whom permissions hold back. The program is taken along, because that person
/// may not get to where it was built.
fn as_a_person(world: &World, words: &[&str]) -> Result<Printed> {
    const NOBODY: u32 = 65_534;
    if !rustix::process::geteuid().is_root() {
        return Ok(world.relight(words)?);
    }
    let copy = world.home().join("relight");
    if !copy.exists() {
        fs::copy(program("relight")?, &copy)?;
    }
    give(world.home(), NOBODY)?;
    Ok(run(world.command(copy).args(words).uid(NOBODY).gid(NOBODY))?)
}

fn give(path: &Path, to: u32) -> Result<()> {
    std::os::unix::fs::lchown(path, Some(to), Some(to))?;
    if path.is_dir() && !path.is_symlink() {
        for entry in fs::read_dir(path)? {
            give(&entry?.path(), to)?;
        }
    }
    Ok(())
}

fn mode(path: &Path, mode: u32) -> Result<()> {
    Ok(fs::set_permissions(path, fs::Permissions::from_mode(mode))?)
}

#[test]
fn a_cache_folder_that_is_read_only_is_told_and_no_token_is_used_up() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    aws.auto_approve(true);
    let (_, before) = renewable(&world, &aws, -1)?;
    let folder = world.home().join(".aws/sso/cache");
    mode(&folder, 0o500)?;
    let printed = as_a_person(&world, &["refresh", "corp"])?;
    assert_eq!((printed.code, aws.count(Operation::CreateToken)), (Some(3), 0), "{printed:?}");
    assert!(printed.err.contains("~/.aws/sso/cache") && printed.err.contains("Permission denied"), "{}", printed.err);
    let login = as_a_person(&world, &BY_CODE)?;
    assert_eq!(login.code, Some(3), "{login:?}");
    assert!(login.err.contains("Permission denied"), "{}", login.err);
    let logout = as_a_person(&world, &["logout", "corp"])?;
    assert_eq!(logout.code, Some(3), "{logout:?}");
    for printed in [&printed, &login, &logout] {
        unharmed(&world, &aws, printed, Some(&before))?;
    }
    assert_eq!(fs::read_to_string(corp_file(&world))?, before);
    mode(&folder, 0o700)?;
    assert_eq!(as_a_person(&world, &BY_CODE)?.code, Some(0));
    Ok(())
}

#[test]
fn a_state_folder_that_cannot_be_written_is_told() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let (_, before) = renewable(&world, &aws, -1)?;
    world.write(".local/state", "a file in the folder's place")?;
    for words in [["refresh", "corp"], ["login", "corp"], ["logout", "corp"]] {
        let printed = world.relight(&words)?;
        assert_eq!(printed.code, Some(3), "{words:?}: {printed:?}");
        assert!(printed.err.contains("Relight's own folder cannot be written"), "{words:?}: {}", printed.err);
        assert_eq!(fs::read_to_string(corp_file(&world))?, before);
    }
    assert_eq!(aws.requests().len(), 0);
    assert_eq!(world.relight(&["status"])?.code, Some(0), "and looking needs no folder");
    Ok(())
}

#[test]
fn a_link_in_the_place_of_dot_aws_or_of_the_token_stays_a_link() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    aws.auto_approve(true);
    let (dot_aws, elsewhere) = (world.home().join(".aws"), world.home().join("dotfiles/aws"));
    fs::create_dir(world.home().join("dotfiles"))?;
    fs::rename(&dot_aws, &elsewhere)?;
    symlink("dotfiles/aws", &dot_aws)?;
    assert_eq!(world.relight(&BY_CODE)?.code, Some(0));
    let token = world.home().join(token_file("corp"));
    let kept = world.home().join("dotfiles/token.json");
    fs::rename(&token, &kept)?;
    symlink(&kept, &token)?;
    renew(&world, &aws, &kept)?;
    assert!(dot_aws.is_symlink() && token.is_symlink() && !kept.is_symlink());
    let folder = fs::read_dir(elsewhere.join("sso/cache"))?.chain(fs::read_dir(world.home().join("dotfiles"))?);
    let names: Vec<_> = folder.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    assert!(!names.iter().any(|name| name.starts_with(".relight")), "nothing is left behind: {names:?}");
    Ok(())
}

/// Renews a token whose file is `kept`.
fn renew(world: &World, aws: &relight_tests::fake_aws::FakeAws, kept: &Path) -> Result<()> {
    let grant = aws.grant(crate::setting::START_URL);
    fs::write(kept, relight_tests::world::token_text(&grant, crate::setting::in_minutes(-1)))?;
    let printed = world.relight(&["refresh", "corp"])?;
    assert!(printed.out.contains("Renewed corp"), "{printed:?}");
    assert!(!fs::read_to_string(kept)?.contains(&grant.access_token));
    Ok(())
}
