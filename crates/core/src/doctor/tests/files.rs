//! What AWS's own files say, and who may read them.

use super::{Machine, SSO, config, now, signed_in, token};
use crate::config::{Environment, SessionId};
use crate::doctor::{Finding, Mode, Protected, Surroundings, long_term_keys};
use crate::time::{SignedDuration, before};
use alloc::format;
use alloc::vec::Vec;

#[test]
fn a_sound_world_is_told_nothing() {
    assert_eq!(signed_in(config(SSO)).said(), "");
    assert_eq!(config("").said(), "");
}

#[test]
fn what_has_ended_is_signed_in_to() {
    let ended = token("https://corp.awsapps.com/start", "2026-11-22T07:00:00Z").replace("refreshToken", "x");
    insta::assert_snapshot!(config(SSO).token("corp", ended).said(), @"
    Error sso-session-expired The session corp ended 3 h ago. Sign in again.
      * Sign in to 'corp': relight login corp
    ");
    insta::assert_snapshot!(config(SSO).with("AWS_PROFILE", "dev").said(), @"
    Warning sso-never-signed-in Nobody is signed in to corp, which the selected profile needs. Sign in.
      * Sign in to 'corp': relight login corp
    ");
    insta::assert_snapshot!(signed_in(config(SSO)).token("corp", "{").said(), @"
    Error sso-token-unreadable ~/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json The token file is damaged: it is not whole JSON (line 1, column 1). Sign in again: the file is replaced then.
      * Sign in to 'corp': relight login corp
      * Set the damaged file aside, and sign in to 'corp' later
        - ee0bfd2552fbd840c02cc48b6e823320543c450f.json
        + ee0bfd2552fbd840c02cc48b6e823320543c450f.json.damaged
    ");
}

#[test]
fn the_files_are_mended_in_place() {
    let cases = [
        config("[sso-session corp]\nsso_start_url = https://x.portal.eu-west-1.app.aws\n"),
        config(
            "[sso-session a]\nsso_start_url = https://c.awsapps.com/start\n[sso-session b]\nsso_start_url = https://c.awsapps.com/start\nsso_region = eu-west-1\n",
        ),
        config(&format!(
            "{SSO}[profile p]\nsso_session = crop\nsso_account_id = 111122223333\nsso_role_name = R\nregion = us-east-1\n"
        )),
        config(&format!("{SSO}sso_region = us-east-1\nsso_start_url = https://corp.awsapps.com/start\n")),
        config(&format!("{SSO}[prod]\nregion = us-east-1\n")),
        config(SSO)
            .credentials("[profile x]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = hunter2\n"),
        config("[default]\nREGION = us-east-1\n"),
    ];
    let said: Vec<_> = cases.into_iter().map(Machine::said).collect();
    insta::assert_snapshot!(said.join("\n---\n"), @"
    Error sso-config-incomplete ~/.aws/config:1 [sso-session corp] lacks sso_region. Add sso_region to [sso-session corp]; your administrator knows the values.
      | [sso-session corp]
      * Write sso_region = eu-west-1 in [sso-session corp]
          [sso-session corp]
        + sso_region = eu-west-1
    ---
    Error sso-config-incomplete ~/.aws/config:1 [sso-session a] lacks sso_region. Add sso_region to [sso-session a]; your administrator knows the values.
      | [sso-session a]
      * Write sso_region = eu-west-1 in [sso-session a]
          [sso-session a]
        + sso_region = eu-west-1
    Info sso-not-signed-in Not signed in: b. Sign in when you need it.
      * Sign in to 'b': relight login b
    ---
    Error dangling-sso-session ~/.aws/config:10 sso_session names 'crop', but there is no [sso-session crop] in ~/.aws/config. Write one that is there (corp), or add the section.
      | sso_session = crop
      * Write sso_session = corp in [profile p]
          [profile p]
        - sso_session = crop
        + sso_session = corp
    Info sso-not-signed-in Not signed in: corp. Sign in when you need it.
      * Sign in to 'corp': relight login corp
    ---
    Warning sso-key-repeated ~/.aws/config:10 sso_start_url and sso_region stand in the profile and in [sso-session corp]: the AWS SDK for Rust refuses that. Remove sso_start_url and sso_region from the profile.
      | sso_start_url = https://corp.awsapps.com/start
      * Remove sso_start_url and sso_region from [profile dev]
          [profile dev]
        - sso_start_url = https://corp.awsapps.com/start
        - sso_region = us-east-1
    Info sso-not-signed-in Not signed in: corp. Sign in when you need it.
      * Sign in to 'corp': relight login corp
    ---
    Warning section-without-prefix ~/.aws/config:9 [prod] is ignored: in this file a profile's header begins with 'profile'. Write [profile prod].
      | [prod]
      * Write [profile prod]
        - [prod]
        + [profile prod]
    Info sso-not-signed-in Not signed in: corp. Sign in when you need it.
      * Sign in to 'corp': relight login corp
    ---
    Warning prefix-in-credentials ~/.aws/credentials:1 [profile x] is ignored: in this file a profile's header is its name alone. Write [x].
      | [profile x]
      * Write [x]
        - [profile x]
        + [x]
    Info sso-not-signed-in Not signed in: corp. Sign in when you need it.
      * Sign in to 'corp': relight login corp
    ---
    Warning upper-case-key ~/.aws/config:2 'REGION' is not in lower case: the AWS SDK for JavaScript does not see it. Write 'region'.
      | REGION = us-east-1
      * Write region in lower case
          [default]
        - REGION = us-east-1
        + region = us-east-1
    ");
}

#[test]
fn a_key_that_hides_a_profile_is_removed() {
    let key = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = hunter2\n";
    insta::assert_snapshot!(signed_in(config(SSO)).credentials(&format!("[dev]\n{key}")).said(), @"
    Warning credentials-differ ~/.aws/credentials:2 Clients take different credentials from this profile: SSO for boto3 (AWS CLI), Java and Rust; the key in the credentials file for Go (Terraform) and JavaScript (CDK). Remove the key (lines 2 to 3) from ~/.aws/credentials, or the other kind of credentials from this profile.
      | aws_access_key_id = AKIA…MPLE
      * Remove the key that hides what 'dev' is for
        - [dev]
        - aws_access_key_id = AKIA…MPLE
        - aws_secret_access_key = …
    ");
    insta::assert_snapshot!(signed_in(config(SSO)).credentials(&format!("[dev]\n{key}region = us-east-1\n")).said(), @"
    Warning credentials-differ ~/.aws/credentials:2 Clients take different credentials from this profile: SSO for boto3 (AWS CLI), Java and Rust; the key in the credentials file for Go (Terraform) and JavaScript (CDK). Remove the key (lines 2 to 3) from ~/.aws/credentials, or the other kind of credentials from this profile.
      | aws_access_key_id = AKIA…MPLE
      * Remove the key that hides what 'dev' is for
          [dev]
        - aws_access_key_id = AKIA…MPLE
        - aws_secret_access_key = …
    ");
}

#[test]
fn an_address_that_nobody_signed_in_to_is_compared_with_others() {
    let other = "[sso-session crop]\nsso_start_url = https://crop.awsapps.com/start\nsso_region = us-east-1\n";
    insta::assert_snapshot!(signed_in(config(&format!("{SSO}{other}"))).said(), @"
    Warning start-url-mistyped ~/.aws/config:9 The start URL of crop is almost that of corp, and nobody ever signed in to it: https://crop.awsapps.com/start and https://corp.awsapps.com/start. Did you mean https://corp.awsapps.com/start?
      * Write sso_start_url = https://corp.awsapps.com/start in [sso-session crop]
          [sso-session crop]
        - sso_start_url = https://crop.awsapps.com/start
        + sso_start_url = https://corp.awsapps.com/start
    ");
    let both = signed_in(config(&format!("{SSO}{other}")))
        .token("crop", token("https://crop.awsapps.com/start", "2026-11-22T10:50:00Z"));
    assert_eq!(both.said(), "");
    let regions = other.replace("//crop", "//corp").replace("us-east-1", "eu-west-1");
    insta::assert_snapshot!(signed_in(config(&format!("{SSO}{regions}"))).said(), @"Warning sso-regions-differ ~/.aws/config:9 corp and crop have the same start URL, but sso_region is us-east-1 and eu-west-1; an Identity Center has one region for sign-in. Write the same sso_region in both.");
}

#[test]
fn a_key_that_was_held_for_90_days_is_told() {
    let said = |days: i64| {
        let machine = config("[profile x]\nregion = us-east-1\n")
            .credentials("[x]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = hunter2\n");
        let world = {
            let files = crate::config::tests::files(&machine.config, &machine.credentials);
            crate::config::Config::new(&files, &Environment::default())
        };
        let held =
            long_term_keys(&world).into_keys().map(|key| (key, before(now(), SignedDuration::from_hours(24 * days))));
        let held = held.collect();
        machine.around(|around| around.held_since = held).said()
    };
    assert_eq!(said(89), "");
    insta::assert_snapshot!(said(134), @"
    Warning key-old The long-term key AKIA…MPLE of 'x' has been on this machine unchanged for 134 d. Make a new key, put it in the old one's place, and delete the old one; or sign in instead of keeping keys.
      * See the user's keys: aws iam list-access-keys --profile x
    ");
}

#[test]
fn permissions_count_where_others_get_there() {
    let file = |what: Protected, shown: &str, mode: u32, reach: u32| Mode {
        path: shown.replace('~', "/home/me"),
        shown: shown.into(),
        what,
        mode,
        reach,
    };
    let modes = |reach: u32| {
        move |around: &mut Surroundings| {
            around.modes.extend([
                file(Protected::Config, "~/.aws/config", 0o644, reach),
                file(Protected::Credentials, "~/.aws/credentials", 0o644, reach),
                file(Protected::Cache, "~/.aws/sso/cache/a.json", 0o664, reach),
                file(Protected::Cache, "~/.aws/sso/cache/b.json", 0o644, reach),
                file(Protected::Cache, "~/.aws/sso/cache/c.json", 0o600, reach),
            ]);
        }
    };
    assert_eq!(signed_in(config(SSO)).around(modes(0)).said(), "");
    insta::assert_snapshot!(signed_in(config(SSO)).around(modes(0o077)).said(), @"
    Warning permissions-loose ~/.aws/credentials Others on this machine can read ~/.aws/credentials: its mode is 0644. Take the permissions from everybody but its owner.
      * Correct the permissions
        - mode 0644
        + mode 0600
    Warning permissions-loose ~/.aws/sso/cache Others on this machine can change 2 files with sign-ins in ~/.aws/sso/cache. Take the permissions from everybody but its owner.
      * Correct the permissions
        - mode 0664
        - mode 0644
        + mode 0600
    ");
    insta::assert_snapshot!(signed_in(config(&format!("{SSO}credential_process = x\n"))).around(modes(0o007)).said(), @"
    Warning permissions-loose ~/.aws/config Others on this machine can read ~/.aws/config: its mode is 0644. Take the permissions from everybody but its owner.
      * Correct the permissions
        - mode 0644
        + mode 0600
    Warning credentials-differ ~/.aws/config:4 Clients take different credentials from this profile: SSO for boto3 (AWS CLI), Go (Terraform), Java and Rust; the credential_process for JavaScript (CDK). Leave one kind of credentials in this profile.
      | [profile dev]
    Warning permissions-loose ~/.aws/credentials Others on this machine can read ~/.aws/credentials: its mode is 0644. Take the permissions from everybody but its owner.
      * Correct the permissions
        - mode 0644
        + mode 0600
    Warning permissions-loose ~/.aws/sso/cache Others on this machine can read 2 files with sign-ins in ~/.aws/sso/cache. Take the permissions from everybody but its owner.
      * Correct the permissions
        - mode 0664
        - mode 0644
        + mode 0600
    ");
}

#[test]
fn a_folder_in_which_others_write_is_told() {
    let folder = |mode: u32, reach: u32| {
        move |around: &mut Surroundings| {
            let (path, shown) = ("/home/me/.aws".into(), "~/.aws".into());
            around.modes.push(Mode { path, shown, what: Protected::Folder, mode, reach });
        }
    };
    let said = |mode: u32, reach: u32| signed_in(config(SSO)).around(folder(mode, reach)).said();
    insta::assert_snapshot!(said(0o777, 0o077), @"
    Warning permissions-loose ~/.aws Others on this machine can put files into ~/.aws, in place of yours: its mode is 0777. Take the right to write there from everybody but its owner.
      * Correct the permissions
        - mode 0777
        + mode 0755
    ");
    insta::assert_snapshot!(said(0o2775, 0o077), @"
    Warning permissions-loose ~/.aws Others on this machine can put files into ~/.aws, in place of yours: its mode is 2775. Take the right to write there from everybody but its owner.
      * Correct the permissions
        - mode 2775
        + mode 2755
    ");
    // They read there, do not get there, or may write and not pass.
    for (mode, reach) in [(0o755, 0o077), (0o777, 0), (0o775, 0o007), (0o722, 0o077)] {
        assert_eq!(said(mode, reach), "", "{mode:o} {reach:o}");
    }
}

#[test]
fn who_is_not_signed_in_is_told_without_alarm() {
    let other = SSO.replace("corp", "acme").replace("profile dev", "profile other");
    let ended = token("https://acme.awsapps.com/start", "2026-11-12T07:00:00Z").replace("refreshToken", "x");
    insta::assert_snapshot!(config(SSO).said(), @"
    Info sso-not-signed-in Not signed in: corp. Sign in when you need it.
      * Sign in to 'corp': relight login corp
    ");
    insta::assert_snapshot!(signed_in(config(&format!("{SSO}{other}"))).token("acme", ended).said(), @"
    Info sso-not-signed-in Not signed in: acme (ended 10 d ago). Sign in when you need it.
      * Sign in to 'acme': relight login acme
    ");
    let one = config(&format!("{SSO}{other}")).around(|around| around.profile = Some("other".into()));
    insta::assert_snapshot!(one.said(), @"
    Warning sso-never-signed-in Nobody is signed in to acme, which the selected profile needs. Sign in.
      * Sign in to 'acme': relight login acme
    ");
}

#[test]
fn a_token_under_the_start_urls_name_is_no_sign_in_to_a_session() {
    let with = |text: &str, end: &str| {
        let end = end.parse().unwrap();
        let of_url = |around: &mut Surroundings| {
            around.tokens_of_urls.insert(SessionId::SsoSession("corp".into()), end);
        };
        config(text).around(of_url)
    };
    let live = "2026-11-22T12:00:00Z";
    insta::assert_snapshot!(with(SSO, live).said(), @"
    Warning sso-token-elsewhere There is a token of corp under the name of its start URL, where only profiles look that spell sso_start_url themselves. Those with sso_session = corp find none: 'Token for corp does not exist'. Sign in to the session.
      * Sign in to 'corp': relight login corp
    ");
    insta::assert_snapshot!(with(SSO, live).with("AWS_PROFILE", "dev").said(), @"
    Warning sso-token-elsewhere There is a token of corp under the name of its start URL, where only profiles look that spell sso_start_url themselves. Those with sso_session = corp find none: 'Token for corp does not exist'. Sign in to the session.
      * Sign in to 'corp': relight login corp
    ");
    insta::assert_snapshot!(with(SSO, "2026-11-22T09:00:00Z").said(), @"
    Info sso-not-signed-in Not signed in: corp. Sign in when you need it.
      * Sign in to 'corp': relight login corp
    ");
    let older = SSO.lines().filter(|line| line.starts_with("sso_")).filter(|line| !line.starts_with("sso_session"));
    let older = older.collect::<Vec<_>>().join("\n");
    let both = with(&format!("{SSO}[profile older]\n{older}\nregion = us-east-1\n"), live);
    let both = both.token("https://corp.awsapps.com/start", token("https://corp.awsapps.com/start", live));
    insta::assert_snapshot!(both.said(), @"
    Info sso-not-signed-in Not signed in: corp. Sign in when you need it.
      * Sign in to 'corp': relight login corp
    ");
}

#[test]
fn one_profile_is_judged_alone() {
    let machine = |profile: &str| {
        let text = format!(
            "{SSO}[profile p]\nrole_arn = arn:aws:iam::111122223333:role/x\nsource_profile = dev\nregion = us-east-1\n[profile q]\nsso_session = gone\nsso_account_id = 111122223333\nsso_role_name = R\n"
        );
        config(&text).around(|around| around.profile = Some(profile.into())).findings()
    };
    let codes = |found: Vec<Finding>| found.iter().map(|finding| finding.problem.code).collect::<Vec<_>>();
    assert_eq!(codes(machine("p")), ["sso-never-signed-in"]);
    assert_eq!(codes(machine("q")), ["dangling-sso-session", "missing-region"]);
    let commented = |profile: &str| {
        let text = format!("{SSO}[profile p]\nregion = us-east-1 # mine\n");
        codes(signed_in(config(&text)).around(|around| around.profile = Some(profile.into())).findings())
    };
    assert_eq!((commented("dev"), commented("p")), (Vec::new(), Vec::from(["inline-comment"])));
}
