//! Which credentials boto3 and the SDK for JavaScript take from a profile that has several kinds, for every combination.

use crate::reading::{ask_python_and_node, clients_folder};
use crate::setting::Result;
use relight_core::config::{Files, Merged, Provider, Sdk};
use relight_core::ini::Document;
use relight_tests::world::World;
use std::fs;

/// A profile's lines for each kind. Of two keys, those of the credentials file count.
const KINDS: [(&str, &str); 7] = [
    ("r", "role_arn = arn:aws:iam::111122223333:role/R\n"),
    ("s", "source_profile = base\n"),
    ("w", "web_identity_token_file = /dev/null\n"),
    (
        "i",
        "sso_start_url = https://c.awsapps.com/start\nsso_region = us-east-1\nsso_account_id = 111122223333\nsso_role_name = R\n",
    ),
    ("l", "login_session = arn:aws:iam::111122223333:user/me\n"),
    ("p", r#"credential_process = echo '{"Version": 1, "AccessKeyId": "process", "SecretAccessKey": "DUMMY"}'"#),
    ("k", "aws_access_key_id = config-key\naws_secret_access_key = DUMMY\n"),
];
const KEY_IN_CREDENTIALS: &str = "[p]\naws_access_key_id = credentials-key\naws_secret_access_key = DUMMY\n";
const BASE: &str = "[base]\naws_access_key_id = base\naws_secret_access_key = DUMMY\n";

#[test]
fn the_provider_that_wins_is_the_one_that_relight_says() -> Result<()> {
    let world = World::new()?;
    let folder = world.home().join("cases");
    let mut cases = Vec::new();
    for number in 0..1_u32 << (KINDS.len() + 1) {
        let chosen: Vec<_> =
            KINDS.iter().enumerate().filter(|(at, _)| number >> at & 1 == 1).map(|(_, kind)| kind).collect();
        let mut name: String = chosen.iter().map(|(letter, _)| *letter).collect();
        let lines: Vec<_> = chosen.iter().map(|(_, lines)| lines.trim_end()).collect();
        let config = format!("[profile p]\n{}\n", lines.join("\n"));
        let in_credentials = number >> KINDS.len() & 1 == 1;
        let credentials = format!("{BASE}{}", if in_credentials { KEY_IN_CREDENTIALS } else { "" });
        name.push_str(if in_credentials { "-c" } else { "-" });
        // Half of a role is an error in every client, and no question of order.
        let (role, web) = (name.contains('r'), name.contains('w'));
        if role && !web && !name.contains('s') || !role && (web || name.contains('s')) {
            continue;
        }
        let of_case = folder.join(&name);
        fs::create_dir_all(&of_case)?;
        fs::write(of_case.join("config"), &config)?;
        fs::write(of_case.join("credentials"), &credentials)?;
        cases.push((name, config, credentials));
    }
    let clients = clients_folder();
    let (python, node) = ask_python_and_node(&world, &clients.join("providers.py"), &clients.join("providers.mjs"))?;
    for (name, config, credentials) in &cases {
        let document = |text: &String| Document::parse(text.as_bytes());
        let files = Files { config: document(config), credentials: document(credentials), ..Files::default() };
        let merged = Merged::new(&files);
        let keys = &merged.profiles["p"];
        let ours = |sdk: Sdk, word: fn(Provider) -> &'static str| sdk.provider(keys).map(word);
        assert_eq!(ours(Sdk::Botocore, method), python[name].as_str(), "boto3, {name}: {config}{credentials}");
        assert_eq!(ours(Sdk::Js, key), node[name].as_str(), "JavaScript, {name}: {config}{credentials}");
    }
    println!("{} combinations of kinds in one profile: boto3 and JavaScript take what Relight says", cases.len());
    Ok(())
}

/// botocore's word for it.
fn method(provider: Provider) -> &'static str {
    match provider {
        Provider::Role => "assume-role",
        Provider::WebIdentity => "assume-role-with-web-identity",
        Provider::Sso => "sso",
        Provider::KeyOfCredentials => "shared-credentials-file",
        Provider::KeyOfConfig => "config-file",
        Provider::Login => "login",
        Provider::Process => "custom-process",
    }
}

/// The access key id that comes of it, or the word for a failure.
fn key(provider: Provider) -> &'static str {
    match provider {
        Provider::Role => "role",
        Provider::WebIdentity => "web-identity",
        Provider::Sso => "sso",
        Provider::KeyOfCredentials => "credentials-key",
        Provider::KeyOfConfig => "config-key",
        Provider::Login => "login",
        Provider::Process => "process",
    }
}
