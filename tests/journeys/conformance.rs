//! The cases that AWS's own SDKs are tested with. Those that the crate `aws-runtime` ships are always run; the others,
//! where they lie beside the project: its own tests cover the same ground.

use crate::setting::Result;
use relight_core::cache::{CacheName, Tool, login_file, registration_key, sso_role_key};
use relight_core::config::{
    Config, Credentials, Environment, Files, Located, Platform, RoleSource, SessionId, Step, Surroundings,
};
use relight_core::endpoint::{Api, NoEndpoint, Parameters, endpoint};
use relight_core::ini::Document;
use relight_tests::world::World;
use serde_json::Value;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file of `aws-runtime`'s, wherever cargo keeps that crate.
fn of_aws_runtime(file: &str) -> Result<Value> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform"]);
    command.arg("x86_64-unknown-linux-gnu").current_dir(env!("CARGO_MANIFEST_DIR"));
    let output = command.output()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().ok_or("no packages")?;
    let package = packages.iter().find(|package| package["name"] == "aws-runtime").ok_or("no aws-runtime")?;
    let manifest = Path::new(package["manifest_path"].as_str().ok_or("no path")?);
    Ok(serde_json::from_slice(&std::fs::read(manifest.with_file_name("test-data").join(file))?)?)
}

/// A file that lies beside the project; none where there is none.
fn beside(file: &str) -> Result<Option<Value>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors").join(file);
    if !path.exists() {
        println!("{file} is not here: only the project's own cases were run");
        return Ok(None);
    }
    Ok(Some(serde_json::from_slice(&std::fs::read(path)?)?))
}

fn cases(of: &Value, count: usize) -> Result<&Vec<Value>> {
    let cases = of.as_array().ok_or("no list of cases")?;
    assert_eq!(cases.len(), count, "cases");
    Ok(cases)
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value[name].as_str()
}

#[test]
fn the_files_are_parsed_as_the_sdks_parse_them() -> Result<()> {
    let document = of_aws_runtime("profile-parser-tests.json")?;
    let cases = cases(&document["tests"], 65)?;
    let world = World::new()?;
    for case in cases {
        let (input, output) = (&case["input"], &case["output"]);
        for (name, key) in [("config", "configFile"), ("credentials", "credentialsFile")] {
            world.write(&format!(".aws/{name}"), text(input, key).unwrap_or_default())?;
        }
        let parsed: Value = serde_json::from_str(&world.relight(&["profiles", "--parsed", "--json"])?.out)?;
        if output["errorContaining"].is_string() {
            assert!(parsed["refused"].is_object(), "{case}: {parsed}");
            continue;
        }
        assert!(parsed["refused"].is_null(), "{case}: {parsed}");
        assert_eq!(parsed["profiles"], output["config"]["profiles"], "{case}");
        let sessions = &output["config"]["sso_sessions"];
        let none = Value::Object(serde_json::Map::new());
        assert_eq!(parsed["sso_sessions"], *if sessions.is_null() { &none } else { sessions }, "{case}");
    }
    println!("profile-parser-tests.json: all {} cases", cases.len());
    Ok(())
}

#[test]
fn the_files_are_where_the_sdks_look_for_them() -> Result<()> {
    let document = of_aws_runtime("file-location-tests.json")?;
    let cases = cases(&document["tests"], 9)?;
    for case in cases {
        let variable = |name: &str| text(&case["environment"], name).map(str::to_owned);
        let platform = if case["platform"] == "windows" { Platform::Windows } else { Platform::Unix };
        let around = Surroundings { platform, variable: &variable, system_home: None, exists: &|_| false };
        let own = Located::find(&around).ok_or("no home folder")?.own;
        assert_eq!(Some(own.config.as_str()), text(case, "configLocation"), "{case}");
        assert_eq!(Some(own.credentials.as_str()), text(case, "credentialsLocation"), "{case}");
        if let Some(profile) = text(case, "profile") {
            assert_eq!(Environment::read(variable).selected_profile(), profile, "{case}");
        }
    }
    println!("file-location-tests.json: all {} cases", cases.len());
    Ok(())
}

#[test]
fn roles_start_where_the_sdks_start_them() -> Result<()> {
    let Some(document) = beside("smithy-rs/aws-config/assume-role-tests.json")? else { return Ok(()) };
    let cases = cases(&document, 28)?;
    for case in cases {
        let input = &case["input"];
        let mut config = String::new();
        for (kind, sections) in [("profile", &input["profiles"]), ("sso-session", &input["sso_sessions"])] {
            for (name, keys) in sections.as_object().into_iter().flatten() {
                writeln!(config, "[{kind} {name}]")?;
                for (key, value) in keys.as_object().into_iter().flatten() {
                    writeln!(config, "{key} = {}", value.as_str().unwrap_or_default())?;
                }
            }
        }
        let files = Files { config: Document::parse(config.as_bytes()), ..Files::default() };
        let config = Config::new(&files, &Environment::default());
        let steps = config.steps(text(input, "selected_profile").unwrap_or_default());
        let steps: Option<Vec<String>> = steps.map(|steps| steps.iter().flat_map(ours).collect());
        let chain = case["output"]["ProfileChain"].as_array();
        let chain: Option<Vec<String>> = chain.map(|chain| chain.iter().map(theirs).collect());
        assert_eq!(steps, chain, "{case}");
    }
    println!("assume-role-tests.json: all {} cases", cases.len());
    Ok(())
}

/// A step in words that both sides can say. Secrets are not kept, so they are not said.
fn ours(step: &Step<'_>) -> Vec<String> {
    let name = |name: &Option<String>| name.clone().unwrap_or_default();
    match step {
        Step::Key { key, .. } => vec![of_key(key)],
        Step::Assume(_, role) => {
            let source = match role.source {
                RoleSource::Machine => Some("source Ec2InstanceMetadata".to_owned()),
                _ => None,
            };
            source.into_iter().chain([format!("role {}", name(&role.role_name))]).collect()
        }
        Step::First(profile) => vec![match &profile.credentials {
            Credentials::WebIdentity(identity) => {
                format!("web identity {} {}", identity.token_file, name(&identity.role_name))
            }
            Credentials::Sso { account_id, role_name, session, .. } => {
                let session = session.as_ref().map_or(String::new(), ToString::to_string);
                format!("sso {} {} {session}", name(account_id), name(role_name))
            }
            other => of_key(other),
        }],
    }
}

fn of_key(credentials: &Credentials) -> String {
    match credentials {
        Credentials::Static { access_key_id } => format!("key {access_key_id}"),
        other => format!("{other:?}"),
    }
}

fn theirs(step: &Value) -> String {
    let Some((kind, of)) = step.as_object().and_then(|step| step.iter().next()) else { return step.to_string() };
    let part = |name| text(of, name).unwrap_or_default();
    let role = part("role_arn").rsplit('/').next().unwrap_or_default().to_owned();
    match kind.as_str() {
        "AccessKey" => format!("key {}", part("access_key_id")),
        "AssumeRole" => format!("role {role}"),
        "NamedSource" => format!("source {}", of.as_str().unwrap_or_default()),
        "WebIdentityToken" => format!("web identity {} {role}", part("web_identity_token_file")),
        "Sso" => {
            let session = text(of, "sso_session")
                .map_or(SessionId::Legacy(part("sso_start_url").into()), |name| SessionId::SsoSession(name.into()));
            format!("sso {} {} {session}", part("sso_account_id"), part("sso_role_name"))
        }
        _ => step.to_string(),
    }
}

#[test]
fn calls_go_where_botocores_rules_send_them() -> Result<()> {
    let mut count = 0;
    for service in ["sso-oidc", "sso", "sts", "signin"] {
        let Some(document) = beside(&format!("botocore/endpoint-rules/{service}/endpoint-tests-1.json"))? else {
            return Ok(());
        };
        for case in document["testCases"].as_array().ok_or("no list of cases")? {
            let (params, expected) = (&case["params"], &case["expect"]);
            let is_on = |name: &str| params[name].as_bool().unwrap_or_default();
            let parameters = Parameters {
                region: text(params, "Region").unwrap_or_default(),
                dual_stack: is_on("UseDualStack"),
                fips: is_on("UseFIPS"),
                legacy_sts: is_on("UseGlobalEndpoint"),
                url: text(params, "Endpoint"),
            };
            let api = match service {
                "sso-oidc" => Api::SsoOidc,
                "sso" => Api::Sso,
                "sts" => Api::Sts,
                _ if is_on("IsControlPlane") => Api::SigninControlPlane,
                _ if is_on("IsOAuthEndpoint") => Api::SigninOAuth,
                _ => Api::Signin,
            };
            count += 1;
            match endpoint(api, &parameters) {
                Ok(found) => {
                    assert_eq!(Some(found.url.as_str()), text(&expected["endpoint"], "url"), "{case}");
                    if let Some(region) = text(&expected["endpoint"]["properties"]["authSchemes"][0], "signingRegion") {
                        assert_eq!(found.signing_region, region, "{case}");
                    }
                }
                Err(error) => {
                    let words = match error {
                        NoEndpoint::NoRegion => "Missing Region",
                        NoEndpoint::FipsAndUrl => "FIPS and custom endpoint",
                        NoEndpoint::DualStackAndUrl => "Dualstack and custom endpoint",
                        NoEndpoint::NoFips => "FIPS endpoints are not supported for OAuth",
                        NoEndpoint::NotARegion => "no case has such a region",
                    };
                    assert!(text(expected, "error").is_some_and(|said| said.contains(words)), "{error:?}: {case}");
                }
            }
        }
    }
    assert_eq!(count, 171, "cases");
    println!("endpoint-tests-1.json of four services: all {count} cases");
    Ok(())
}

#[test]
fn cache_files_have_the_names_that_clients_give_them() -> Result<()> {
    let Some(document) = beside("own/keys/cache-file-names.json")? else { return Ok(()) };
    let cases = cases(&document, 20)?;
    for case in cases {
        let input = text(case, "input").unwrap_or_default();
        let name = match text(case, "kind").unwrap_or_default() {
            "sso-token session" | "sso-token legacy" => CacheName::token(input),
            "login" => login_file(input),
            "sso-registration" => of_registration(&serde_json::from_str(input)?),
            "cli-cache sso role" => of_sso_role(&serde_json::from_str(input)?).ok_or("an SSO session has roles")?,
            "cli-cache assume-role" => of_role(&serde_json::from_str(input)?).ok_or("a role has a cache")?,
            other => return Err(format!("unknown kind of case: {other}").into()),
        };
        assert_eq!(Some(name.as_str()), text(case, "file"), "{case}");
    }
    println!("cache-file-names.json: all {} names", cases.len());
    Ok(())
}

fn of_registration(key: &Value) -> CacheName {
    let scopes = key["scopes"].as_array();
    let scopes: Option<Vec<String>> =
        scopes.map(|scopes| scopes.iter().map(|scope| scope.as_str().unwrap_or_default().to_owned()).collect());
    let part = |name| text(key, name).unwrap_or_default();
    registration_key(Tool::Botocore, part("region"), part("startUrl"), text(key, "session_name"), scopes.as_deref())
}

fn of_sso_role(key: &Value) -> Option<CacheName> {
    let session = text(key, "sessionName").map(|name| SessionId::SsoSession(name.into()));
    let session = session.or_else(|| Some(SessionId::Legacy(text(key, "startUrl")?.into())))?;
    sso_role_key(text(key, "accountId")?, text(key, "roleName")?, &session)
}

/// Through a profile that says so: the name is made of its keys.
fn of_role(arguments: &Value) -> Option<CacheName> {
    let mut config = String::from("[profile role]\ncredential_source = Environment\n");
    for (argument, key) in [
        ("RoleArn", "role_arn"),
        ("RoleSessionName", "role_session_name"),
        ("ExternalId", "external_id"),
        ("SerialNumber", "mfa_serial"),
        ("DurationSeconds", "duration_seconds"),
    ] {
        match &arguments[argument] {
            Value::Null => {}
            Value::String(text) => config.push_str(&format!("{key} = {text}\n")),
            other => config.push_str(&format!("{key} = {other}\n")),
        }
    }
    let files = Files { config: Document::parse(config.as_bytes()), ..Files::default() };
    Config::new(&files, &Environment::default()).profiles.get("role")?.role_cache().cloned()
}
