//! Plans and their previews, as people read them.

use super::*;
use crate::config::tests::files;
use crate::config::{Config, Environment, SessionId};
use crate::ini::edit_all;
use alloc::format;
use alloc::string::ToString;

const CORP: &str = "[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n";
const DEV: &str = "[profile dev]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = ReadOnly\n";

fn account(id: &str, name: &str, roles: &[&str]) -> Account {
    Account { id: id.into(), name: name.into(), email: None, roles: roles.iter().map(ToString::to_string).collect() }
}

fn listed() -> Accounts {
    let accounts = Vec::from([
        account("444455556666", "Development", &["Administrator"]),
        account("111122223333", "Production", &["Administrator", "ReadOnly"]),
    ]);
    Accounts { accounts, left_out: Vec::new() }
}

/// All roles of `listed`.
fn all(listed: &Accounts) -> Vec<Chosen> {
    let roles = |account: &Account| {
        let one = |role: &String| Chosen { account_id: account.id.clone(), role_name: role.clone() };
        account.roles.iter().map(one).collect::<Vec<_>>()
    };
    listed.accounts.iter().flat_map(roles).collect()
}

fn wish(listed: &Accounts, pattern: &str) -> Wish {
    Wish { add: all(listed), pattern: pattern.parse().unwrap(), ..Wish::default() }
}

/// What a person reads, and what the file becomes.
fn planned(config: &str, credentials: &str, session: &str, listed: &Accounts, wish: &Wish) -> (String, String) {
    let files = files(config, credentials);
    let meaning = Config::new(&files, &Environment::default());
    let session = &meaning.sessions[&session.parse::<SessionId>().unwrap()];
    let plan = Plan::new(session, &meaning, &files, listed, wish);
    let edited = edit_all(config.as_bytes(), &plan.edits()).unwrap();
    (preview(&plan, "~/.aws/config"), String::from_utf8(edited).unwrap())
}

fn corp(config: &str, listed: &Accounts, wish: &Wish) -> (String, String) {
    planned(config, "", "sso-session:corp", listed, wish)
}

fn names(config: &str, listed: &Accounts, pattern: &str) -> Vec<String> {
    let (_, after) = corp(config, listed, &wish(listed, pattern));
    let headers = after.strip_prefix(config).unwrap().lines().filter_map(|line| line.strip_prefix("[profile "));
    headers.map(|header| header.trim_end_matches(']').to_string()).collect()
}

#[test]
fn roles_without_a_profile_get_one() {
    let config = format!("# mine\n{CORP}\n{DEV}");
    let wish = Wish { region: Some("eu-west-1".into()), ..wish(&listed(), Pattern::DEFAULT) };
    let (preview, after) = corp(&config, &listed(), &wish);
    insta::assert_snapshot!(preview, @"
    Add 2 profiles to ~/.aws/config:

      [profile Development-Administrator]
      sso_session = corp
      sso_account_id = 444455556666
      sso_role_name = Administrator
      region = eu-west-1

      [profile Production-Administrator]
      sso_session = corp
      sso_account_id = 111122223333
      sso_role_name = Administrator
      region = eu-west-1

    ReadOnly in 111122223333 has a profile already: dev
    ");
    insta::assert_snapshot!(after.strip_prefix(&config).unwrap(), @"

    [profile Development-Administrator]
    sso_session = corp
    sso_account_id = 444455556666
    sso_role_name = Administrator
    region = eu-west-1

    [profile Production-Administrator]
    sso_session = corp
    sso_account_id = 111122223333
    sso_role_name = Administrator
    region = eu-west-1
    ");
    let (again, same) = corp(&after, &listed(), &wish);
    assert_eq!(same, after, "the second time there is nothing to do");
    assert!(again.ends_with("Nothing to change in ~/.aws/config.\n"), "{again}");
}

#[test]
fn a_name_is_one_roles_alone() {
    assert_eq!(names(CORP, &listed(), "{role}"), ["Administrator-Development", "Administrator-Production", "ReadOnly"]);
    assert_eq!(names(CORP, &listed(), "{account}"), ["Development", "Production-Administrator", "Production-ReadOnly"]);
    let twins = Accounts {
        accounts: Vec::from([
            account("1", "Sandbox", &["A"]),
            account("2", "Sandbox", &["A"]),
            account("3", "B", &["A"]),
        ]),
        left_out: Vec::new(),
    };
    assert_eq!(names(CORP, &twins, Pattern::DEFAULT), ["Sandbox-A-1", "Sandbox-A-2", "B-A"]);
}

#[test]
fn a_name_that_only_some_clients_read_is_taken_too() {
    let one = Accounts { accounts: Vec::from([account("111122223333", "x", &["r"])]), left_out: Vec::new() };
    for there in ["[profile x]\nregion = a\n", "[profile \"x\"]\nregion = a\n", "[x]\nregion = a\n"] {
        assert_eq!(names(&format!("{CORP}{there}"), &one, "{account}"), ["x-r"], "{there}");
    }
    let in_credentials = "[x]\naws_access_key_id = AKIAEXAMPLEEXAMPLE00\naws_secret_access_key = s\n";
    let (preview, _) = planned(CORP, in_credentials, "sso-session:corp", &one, &wish(&one, "{account}"));
    assert!(preview.contains("[profile x-r]"), "{preview}");
    let named_default = Accounts { accounts: Vec::from([account("1", "default", &["r"])]), left_out: Vec::new() };
    assert_eq!(names(CORP, &named_default, "{account}"), ["default-r"]);
    let (preview, after) = corp(&format!("{CORP}[profile 111122223333-r]\n"), &one, &wish(&one, "{account_id}-{role}"));
    insta::assert_snapshot!(preview, @"
    Add 1 profile to ~/.aws/config:

      [profile 111122223333-r-x]
      sso_session = corp
      sso_account_id = 111122223333
      sso_role_name = r
    ");
    assert!(after.contains("[profile 111122223333-r]\n"));
    let full = "{account}{account_id}{role}";
    let (preview, _) = corp(&format!("{CORP}[profile x111122223333r]\n"), &one, &wish(&one, full));
    insta::assert_snapshot!(preview, @"
    r in 111122223333 gets no profile. The name 'x111122223333r' is taken. Choose another pattern for names.

    Nothing to change in ~/.aws/config.
    ");
}

#[test]
fn a_legacy_session_spells_its_address_in_the_profile_and_what_all_profiles_share_is_kept() {
    let legacy = "[profile old]\nsso_start_url = https://old.awsapps.com/start\nsso_region = us-east-1\nsso_account_id = 111122223333\nsso_role_name = ReadOnly\nendpoint_url = http://127.0.0.1:1\n";
    let one = Accounts { accounts: Vec::from([account("111122223333", "x", &["r"])]), left_out: Vec::new() };
    let id = "sso-legacy:https://old.awsapps.com/start";
    let (_, after) = planned(legacy, "", id, &one, &wish(&one, "{account}"));
    insta::assert_snapshot!(after.strip_prefix(legacy).unwrap(), @"

    [profile x]
    sso_start_url = https://old.awsapps.com/start
    sso_region = us-east-1
    sso_account_id = 111122223333
    sso_role_name = r
    endpoint_url = http://127.0.0.1:1
    ");
}

#[test]
fn profiles_without_their_role_go_unless_something_needs_them() {
    let config = format!(
        "{CORP}\n{DEV}\n[profile gone]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Auditor\n\n# a base\n[profile base]\nsso_session = corp\nsso_account_id = 777788889999\nsso_role_name = Base\n\n[profile top]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = base\n\n[default]\nsso_session = corp\nsso_account_id = 777788889999\nsso_role_name = Base\n"
    );
    let wish = Wish { prune: true, ..Wish::default() };
    let (preview, after) = corp(&config, &listed(), &wish);
    insta::assert_snapshot!(preview, @"
    Remove 2 profiles from ~/.aws/config:

      [profile gone], line 10: Auditor in 111122223333 is not assigned any more
      [profile default], line 25: Base in 777788889999 is not assigned any more

    'base' stays. 'top' starts from it: give that another source_profile first.
    ");
    assert!(!after.contains("gone") && !after.contains("[default]") && after.contains("# a base\n[profile base]"));

    let mut incomplete = listed();
    incomplete.left_out.push(LeftOut { account_id: "777788889999".into(), why: "No access".into() });
    let (preview, after) = corp(&config, &incomplete, &wish);
    insta::assert_snapshot!(preview, @"
    AWS did not tell the roles of every account, so no profile is removed. Try again later.

    Nothing to change in ~/.aws/config.
    ");
    assert_eq!(after, config);
}

#[test]
fn only_what_a_person_names_goes() {
    let gone = |name: &str, account: &str, role: &str| {
        format!("[profile {name}]\nsso_session = corp\nsso_account_id = {account}\nsso_role_name = {role}\n")
    };
    let config = format!(
        "{CORP}{}{}{}",
        gone("auditor", "111122223333", "Auditor"),
        gone("admin", "777788889999", "Administrator"),
        gone("other", "777788889999", "Auditor")
    );
    let meaning = Config::new(&files(&config, ""), &Environment::default());
    let session = &meaning.sessions[&SessionId::SsoSession("corp".into())];
    let removed = |accounts: &[&str], roles: &[&str]| {
        let owned = |names: &[&str]| names.iter().map(ToString::to_string).collect();
        let prune_only = Filter { accounts: owned(accounts), roles: owned(roles) };
        if let Err(sentence) = prune_only.check(&listed(), session, &meaning, true) {
            return sentence;
        }
        let wish = Wish { prune: true, prune_only, ..Wish::default() };
        let plan = Plan::new(session, &meaning, &files(&config, ""), &listed(), &wish);
        plan.remove.into_iter().map(|old| old.profile).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(removed(&[], &[]), "auditor admin other");
    assert_eq!(removed(&["Production"], &[]), "auditor");
    assert_eq!(removed(&["777788889999"], &[]), "admin other");
    assert_eq!(removed(&["777788889999", "Production"], &["Auditor"]), "auditor other");
    assert_eq!(removed(&["Development"], &["Auditor"]), "");
    assert_eq!(removed(&["1"], &[]), "AWS lists no account '1' for you, and no profile has it.");
    assert_eq!(removed(&[], &["Nobody"]), "AWS lists no role 'Nobody' for you, and no profile has it.");
    let auditor = Filter { roles: Vec::from(["Auditor".into()]), ..Filter::default() };
    let refused = auditor.check(&listed(), session, &meaning, false);
    assert_eq!(refused, Err("AWS lists no role 'Auditor' for you.".into()), "nothing can be added for it");
}

#[test]
fn another_person_is_told_and_nothing_of_the_first_is_removed() {
    let theirs = Accounts { accounts: Vec::from([account("999900001111", "Other", &["R"])]), left_out: Vec::new() };
    let (preview, after) =
        corp(&format!("{CORP}{DEV}"), &theirs, &Wish { prune: true, ..wish(&theirs, Pattern::DEFAULT) });
    insta::assert_snapshot!(preview, @"
    AWS does not list the account that the profiles of corp are for (111122223333): another person signed in than they expect, or all their roles were taken away. Sign out, then sign in as the other person: relight logout corp

    So no profile is removed.

    Add 1 profile to ~/.aws/config:

      [profile Other-R]
      sso_session = corp
      sso_account_id = 999900001111
      sso_role_name = R
    ");
    assert!(after.contains(DEV));
    let nobody = Accounts::default();
    assert!(corp(&format!("{CORP}{DEV}"), &nobody, &Wish::default()).0.contains("another person signed in"));
}

#[test]
fn many_profiles_are_told_in_a_line_each() {
    let accounts = (0..8).map(|number| account(&format!("{number}"), &format!("a{number}"), &["R"])).collect();
    let many = Accounts { accounts, left_out: Vec::new() };
    insta::assert_snapshot!(corp(CORP, &many, &wish(&many, "{account}")).0, @"
    Add 8 profiles to ~/.aws/config:

      [profile a0]
      sso_session = corp
      sso_account_id = 0
      sso_role_name = R

      and in the same way
      [profile a1]  R in a1 (1)
      [profile a2]  R in a2 (2)
      [profile a3]  R in a3 (3)
      [profile a4]  R in a4 (4)
      [profile a5]  R in a5 (5)
      [profile a6]  R in a6 (6)
      [profile a7]  R in a7 (7)
    ");
}

#[test]
fn start_urls_are_read_as_people_paste_them() {
    let pasted = [
        "https://corp.awsapps.com/start",
        "https://corp.awsapps.com/start/#/?tab=accounts",
        "corp.awsapps.com",
        "HTTPS://Corp.AWSapps.com/start#/console?account_id=1",
        "https://d-1234567890.awsapps.com/start/",
        "https://start.us-gov-home.awsapps.com/directory/d-1/#/",
        "https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/d-1",
        "https://start.cn-north-1.home.awsapps.cn/directory/d-1",
        "https://ssoins-1234.portal.eu-central-1.app.aws/#/",
        "https://ssoins-1234.us-east-2.portal.amazonaws.com",
        "https://identitycenter.amazonaws.com/ssoins-1234/",
        "https://start.us-gov-home.awsapps.com",
        "https://sso.example.com/start",
        "http://corp.awsapps.com/start",
        "corp",
        "",
    ];
    let read = |text: &&str| match StartUrl::read(text) {
        Ok(StartUrl { url, region, name }) => format!("{url} {} {name}", region.as_deref().unwrap_or("-")),
        Err(error) => format!("! {error}"),
    };
    insta::assert_snapshot!(pasted.iter().map(read).collect::<Vec<_>>().join("\n"), @"
    https://corp.awsapps.com/start - corp
    https://corp.awsapps.com/start - corp
    https://corp.awsapps.com/start - corp
    https://corp.awsapps.com/start - corp
    https://d-1234567890.awsapps.com/start - d-1234567890
    https://start.us-gov-home.awsapps.com/directory/d-1 - d-1
    https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/d-1 us-gov-west-1 d-1
    https://start.cn-north-1.home.awsapps.cn/directory/d-1 cn-north-1 d-1
    https://ssoins-1234.portal.eu-central-1.app.aws eu-central-1 ssoins-1234
    https://ssoins-1234.us-east-2.portal.amazonaws.com us-east-2 ssoins-1234
    https://identitycenter.amazonaws.com/ssoins-1234 - ssoins-1234
    ! Behind start.us-gov-home.awsapps.com the address must name the organisation. Copy the whole address of your access portal.
    ! sso.example.com is no host of AWS's access portals. Open it in the browser, and copy the address that it leads to.
    ! That is not the address of an access portal. Copy it from the browser: https://example.awsapps.com/start.
    ! That is not the address of an access portal. Copy it from the browser: https://example.awsapps.com/start.
    ! That is not the address of an access portal. Copy it from the browser: https://example.awsapps.com/start.
    ");
}

#[test]
fn a_session_is_added_once_and_overwrites_none() {
    let meaning = Config::new(&files(CORP, ""), &Environment::default());
    let url = StartUrl::read("https://corp.awsapps.com/start/#/").unwrap();
    assert_eq!(NewSession::there(&url, &meaning).map(|session| session.id.name()), Some("corp"));
    let other = StartUrl::read("https://other.awsapps.com/start").unwrap();
    assert!(NewSession::there(&other, &meaning).is_none());
    let told = |name, region| match NewSession::new(&other, name, region, &meaning) {
        Ok(new) => new.preview("~/.aws/config"),
        Err(error) => format!("! {error}\n"),
    };
    let all = [
        told(None, Some("eu-west-1")),
        told(Some("corp"), Some("eu-west-1")),
        told(Some("my corp"), None),
        told(None, None),
        told(None, Some("Frankfurt")),
        told(None, Some("nowhere")),
        told(None, Some("eu-west")),
        told(None, Some("us-iso-east-1")),
    ];
    insta::assert_snapshot!(all.concat(), @"
    Add to ~/.aws/config:

      [sso-session other]
      sso_start_url = https://other.awsapps.com/start
      sso_region = eu-west-1
      sso_registration_scopes = sso:account:access
    ! There is an [sso-session corp] with another address already. Choose another name.
    ! Not every client would read the name 'my corp'. Use letters, digits and _-/.%@:+ only.
    ! The address does not say the region of the Identity Center. Your administrator knows it; it is often where the organisation began, such as us-east-1.
    ! 'Frankfurt' is not the name of a region, such as us-east-1.
    ! AWS knows no region 'nowhere' with an Identity Center. It is one such as us-east-1; your administrator knows it.
    ! AWS knows no region 'eu-west' with an Identity Center. It is one such as us-east-1; your administrator knows it.
    ! AWS knows no region 'us-iso-east-1' with an Identity Center. It is one such as us-east-1; your administrator knows it.
    ");
}
