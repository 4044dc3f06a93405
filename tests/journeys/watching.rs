//! `relight watch`: changes made by others are seen.

use crate::setting::{LEGACY_URL, Result, START_URL, aws, config, in_minutes, signed_in, world};
use relight_tests::world::{World, token_file, token_text};
use std::fs;

#[cfg_attr(windows, ignore = "wine tells nothing of folders that come inside a watched one")]
#[test]
fn files_and_folders_that_come_later_are_seen() -> Result<()> {
    let aws = aws();
    let world = World::new()?;
    let mut watch = world.start_relight(&["watch", "--json"])?;
    assert!(watch.line()?.contains(r#""sessions":[]"#));
    world.write(".aws/config", config(&aws))?;
    watch.line_with(|line| line.contains(r#""id":"sso-session:corp""#) && line.contains(r#""state":"signed-out""#))?;
    signed_in(&world, &aws, START_URL, "corp", 60)?;
    watch.line_with(|line| line.contains(r#""state":"valid""#))?;
    fs::remove_dir_all(world.home().join(".aws/sso"))?;
    watch.line_with(|line| !line.contains(r#""state":"valid""#))?;
    signed_in(&world, &aws, LEGACY_URL, LEGACY_URL, 60)?;
    watch.line_with(|line| line.contains(r#""state":"valid""#))?;
    Ok(())
}

#[test]
fn a_file_or_its_whole_folder_replaced_by_rename_is_seen() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let mut watch = world.start_relight(&["watch", "--json"])?;
    watch.line()?;
    world.replace(".aws/config", format!("{}[profile new]\nregion = x\n", config(&aws)))?;
    watch.line_with(|line| line.contains(r#""name":"new""#))?;
    world.rename(".aws", "aside")?;
    watch.line_with(|line| line.contains(r#""profiles":[]"#))?;
    world.write("next/config", "[profile other]\nregion = x\n")?;
    world.rename("next", ".aws")?;
    watch.line_with(|line| line.contains(r#""name":"other""#))?;
    world.write(".aws/config", "[profile last]\nregion = x\n")?;
    watch.line_with(|line| line.contains(r#""name":"last""#))?;
    Ok(())
}

#[cfg(unix)]
#[test]
fn a_config_that_is_a_link_is_followed_to_its_target() -> Result<()> {
    let world = World::new()?;
    let target = world.write("dotfiles/aws-config", "[profile one]\nregion = x\n")?;
    fs::create_dir(world.home().join(".aws"))?;
    std::os::unix::fs::symlink(&target, world.home().join(".aws/config"))?;
    let mut watch = world.start_relight(&["watch", "--json"])?;
    watch.line_with(|line| line.contains(r#""name":"one""#))?;
    world.replace("dotfiles/aws-config", "[profile two]\nregion = x\n")?;
    watch.line_with(|line| line.contains(r#""name":"two""#))?;
    Ok(())
}

#[test]
fn a_half_written_token_is_not_reported_and_a_damaged_one_is() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    signed_in(&world, &aws, START_URL, "corp", 60)?;
    let mut watch = world.start_relight(&["watch", "--json"])?;
    watch.line()?;
    let whole = token_text(&aws.grant(START_URL), in_minutes(50));
    world.write(&token_file("corp"), &whole[..whole.len() / 2])?;
    world.write(&token_file("corp"), &whole)?;
    let line = watch.line()?;
    assert!(line.contains(r#""state":"valid""#) && !line.contains("damaged"), "{line}");
    world.write(&token_file("corp"), &whole[..whole.len() / 2])?;
    let line = watch.line()?;
    assert!(line.contains("The token file is damaged: it is not whole JSON"), "{line}");
    Ok(())
}
