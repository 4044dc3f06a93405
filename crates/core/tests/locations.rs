//! Where each client looks for its files: `locations.txt`, a case after the other.

use proptest::prelude::*;
use relight_core::config::{Clients, FileKind, Located, Platform, Sdk, Surroundings, expand};
use std::collections::BTreeMap;
use std::fmt::Write;

/// What a case gives, and what it expects.
#[derive(Default)]
struct Case<'a> {
    name: &'a str,
    windows: bool,
    variables: BTreeMap<&'a str, String>,
    system_home: Option<&'a str>,
    there: Vec<&'a str>,
    expected: String,
}

impl Case<'_> {
    fn find(&self) -> String {
        let platform = if self.windows { Platform::Windows } else { Platform::Unix };
        let around = Surroundings {
            platform,
            variable: &|name| self.variables.get(name).cloned(),
            system_home: self.system_home,
            exists: &|path| self.there.iter().any(|there| platform.is_same(there, path)),
        };
        let mut out = String::new();
        by_client(&mut out, "home", &|client| around.home(client));
        by_client(&mut out, "config", &|client| around.file(client, FileKind::Config));
        if self.variables.contains_key("AWS_SHARED_CREDENTIALS_FILE") {
            by_client(&mut out, "credentials", &|client| around.file(client, FileKind::Credentials));
        }
        let Some(located) = Located::find(&around) else { return out + "= nowhere\n" };
        writeln!(out, "= reads {} {}", located.own.config, located.own.credentials).unwrap();
        for other in &located.others {
            writeln!(out, "= and   {} {} ({})", other.config, other.credentials, other.clients.words()).unwrap();
        }
        for problem in located.problems {
            writeln!(out, "! {}: {}\n       {}", problem.code, problem.message, problem.hint).unwrap();
        }
        out
    }
}

/// A line for each place, with who has it.
fn by_client(out: &mut String, what: &str, of: &dyn Fn(Sdk) -> Option<String>) {
    let mut places: Vec<(Option<String>, Clients)> = Vec::new();
    for client in Clients::ALL.each() {
        let place = of(client);
        match places.iter_mut().find(|(other, _)| *other == place) {
            Some((_, clients)) => clients.add(client),
            None => places.push((place, Clients::of(client))),
        }
    }
    for (place, clients) in places {
        let who = if clients == Clients::ALL { "all".to_owned() } else { clients.names().join(", ") };
        writeln!(out, "{what} {}: {who}", place.as_deref().unwrap_or("none")).unwrap();
    }
}

/// `# name`, then what is given, then what is expected. `␠` stands for a space that an editor would take away.
fn cases(text: &str) -> Vec<Case<'_>> {
    let mut cases: Vec<Case<'_>> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        if let Some(name) = line.strip_prefix("# ") {
            cases.push(Case { name, ..Case::default() });
            continue;
        }
        let Some(case) = cases.last_mut() else { continue };
        match line.split_once(' ') {
            Some(("on", system)) => case.windows = system == "windows",
            Some(("system", home)) => case.system_home = Some(home),
            Some(("there", path)) => case.there.push(path),
            Some(("set", variable)) => {
                let (variable, value) = variable.split_once('=').expect("a value");
                case.variables.insert(variable, value.replace('␠', " "));
            }
            _ => {
                case.expected += line;
                case.expected.push('\n');
            }
        }
    }
    cases
}

#[test]
fn each_client_finds_its_files_or_a_problem_says_why_not() {
    let text = include_str!("locations.txt");
    let cases = cases(text);
    for case in &cases {
        assert_eq!(case.find(), case.expected, "{}", case.name);
    }
    assert!(cases.len() >= 60, "only {} cases", cases.len());
}

#[test]
fn only_a_leading_tilde_is_the_home_folder() {
    let unix = |path| expand(Platform::Unix, path, "/home/me");
    assert_eq!(unix("~"), "/home/me");
    assert_eq!(unix("~bob/config"), "~bob/config");
    assert_eq!(unix("/etc/$X/~/config"), "/etc/$X/~/config");
    assert_eq!(unix(r"~\config"), r"~\config");
    assert_eq!(expand(Platform::Windows, r"~\config", r"C:\me"), r"C:\me\config");
}

#[test]
fn paths_are_the_same_as_their_system_takes_them() {
    let cases = [
        (Platform::Windows, r"C:\Users\me", "c:/users/ME/", true),
        (Platform::Windows, r"\\server\share", r"//SERVER\share", true),
        (Platform::Windows, r"\\server", r"\server", false),
        (Platform::Windows, r"\\?\C:\x", r"\\?\C:/x", false),
        (Platform::Unix, "/home/me/", "/home//me", true),
        (Platform::Unix, "/home/me", "/home/Me", false),
        (Platform::Unix, "/", "", false),
    ];
    for (platform, one, other, is_same) in cases {
        assert_eq!(platform.is_same(one, other), is_same, "{one} {other}");
    }
}

proptest! {
    #[test]
    fn no_value_makes_it_panic(
        windows: bool,
        values in proptest::collection::vec(
            proptest::option::of(prop_oneof![
                any::<String>(),
                r#"[~$%{}'"\\/:?.a-c ]{0,24}"#,
                r"(\\\\\?\\|\\\\wsl\$\\|C:|~|\$HOME|%HOME%|/c/|\\)(\\|/|\PC){0,8}",
            ]),
            7,
        ),
        there: bool,
    ) {
        const NAMES: [&str; 6] =
            ["HOME", "USERPROFILE", "HOMEDRIVE", "HOMEPATH", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"];
        let set = |name: &str| {
            let at = NAMES.iter().position(|known| *known == name)?;
            values[at].clone().filter(|value| !value.is_empty())
        };
        let around = Surroundings {
            platform: if windows { Platform::Windows } else { Platform::Unix },
            variable: &set,
            system_home: values[6].as_deref(),
            exists: &|_| there,
        };
        if let Some(located) = Located::find(&around) {
            for problem in located.problems {
                // Whatever it holds, it is one line that can be shown.
                prop_assert!(!problem.message.contains(['\n', '\u{1b}', '\u{202e}']), "{}", problem.message);
                prop_assert!(!problem.hint.contains(['\n', '\u{1b}', '\u{202e}']), "{}", problem.hint);
            }
            // No client is in two camps.
            for client in Clients::ALL.each() {
                let camps = located.others.iter().chain([&located.own]).filter(|home| home.clients.has(client)).count();
                prop_assert!(camps <= 1);
            }
        }
    }
}
