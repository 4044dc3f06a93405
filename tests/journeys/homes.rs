//! Variables that say where files are: shown, explained, and given by settings where a program is not started with them.

use crate::setting::{Result, aws, config};
use relight_tests::world::{World, run};
use serde_json::{Value, json};

const SETTINGS: &str = ".config/relight/settings.toml";

fn paths(world: &World, variables: &[(&str, &str)]) -> Result<Value> {
    let mut command = world.program("relight")?;
    let printed = run(command.args(["paths", "--json"]).envs(variables.iter().copied()))?;
    Ok(serde_json::from_str(&printed.out)?)
}

#[test]
fn settings_give_a_variable_that_a_menu_does_not() -> Result<()> {
    let world = World::new()?;
    world.write("work/config", config(&aws()))?;
    world.write(SETTINGS, "[environment]\nAWS_CONFIG_FILE = '~/work/config'\nAWS_SECRET_ACCESS_KEY = 'DUMMY'\n")?;
    let work = world.home().join("work/config");
    let found = paths(&world, &[])?;
    assert_eq!(found["config"], json!(work));
    let home = json!({ "name": "HOME", "value": world.home(), "from": "environment" });
    let file = json!({ "name": "AWS_CONFIG_FILE", "value": "~/work/config", "from": "settings" });
    assert_eq!(found["variables"], json!([home, file]));
    assert!(found.get("other_homes").is_none(), "{found}");

    let status: Value = serde_json::from_str(&world.relight(&["status", "--json"])?.out)?;
    assert_eq!(status["profiles"][0]["name"], "dev", "{status}");
    let codes: Vec<_> = status["problems"].as_array().ok_or("no problems")?.iter().map(|it| &it["code"]).collect();
    // Go does not read `~`; and no key is taken from settings.
    assert_eq!(codes, ["path-expanded-by-some", "settings-value"]);

    // What a shell says counts first.
    let found = paths(&world, &[("AWS_CONFIG_FILE", "/elsewhere/config")])?;
    assert_eq!(
        (&found["config"], &found["variables"][1]["from"]),
        (&json!("/elsewhere/config"), &json!("environment"))
    );
    Ok(())
}

/// Without the world's own folder, and with one space where columns have as many as it takes.
fn lasting(said: &str, world: &World) -> String {
    let said = said.replace(&world.home().display().to_string(), "/HOME");
    said.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_variable_that_clients_read_differently_is_explained_with_what_to_write() -> Result<()> {
    let world = World::new()?;
    world.write("work/config", config(&aws()))?;
    let shown = |value: &str| -> Result<String> {
        let printed = run(world.program("relight")?.arg("paths").env("AWS_CONFIG_FILE", value))?;
        assert_eq!(printed.code, Some(0), "{printed:?}");
        let (_, variables) = printed.out.split_once("Variables\n").ok_or(printed.out.clone())?;
        Ok(lasting(variables, &world))
    };
    insta::assert_snapshot!(shown("$HOME/work/config")?, @r"
    HOME /HOME environment
    AWS_CONFIG_FILE $HOME/work/config environment
    Problems
    AWS_CONFIG_FILE is '$HOME/work/config': for the SDKs for Go, Java, JavaScript and Rust that is a file of that very name, for boto3 and the AWS CLI that is /HOME/work/config.
    Set AWS_CONFIG_FILE to /HOME/work/config.
    ");
    insta::assert_snapshot!(shown(&world.home().join("work/config").display().to_string())?, @r"
    HOME /HOME environment
    AWS_CONFIG_FILE /HOME/work/config environment
    ");
    // A folder of that name is there.
    let status = run(world.program("relight")?.arg("status").env("AWS_CONFIG_FILE", world.home().join("work")))?;
    insta::assert_snapshot!(lasting(&status.out, &world), @r"
    Problems
    ~/work cannot be read: there is a folder in its place.
    Set AWS_CONFIG_FILE to the file in it, such as ~/work/config.
    ");
    Ok(())
}
