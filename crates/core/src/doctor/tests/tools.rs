//! Variables, and files of other tools.

use super::{Machine, SSO, config, signed_in, token};
use crate::doctor::Surroundings;
use crate::page::WslHome;
use crate::time::Timestamp;
use crate::tools::{
    Cluster, Context, Exec, FileOf, Kubeconfig, KubeconfigText, User, lookups, old_go_sdk, registry_logins,
};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

fn kubeconfig(profile: Option<&str>, change: impl FnOnce(&mut Kubeconfig)) -> impl FnOnce(&mut Surroundings) {
    const ARN: &str = "arn:aws:eks:us-east-1:111122223333:cluster/main";
    let mut args: Vec<String> = "--region us-east-1 eks get-token --cluster-name main --output json"
        .split(' ')
        .map(ToString::to_string)
        .collect();
    if let Some(profile) = profile {
        args.extend(["--profile".into(), profile.into()]);
    }
    let exec = Exec { command: "aws".into(), args, is_found: Some(true), line: 20, ..Exec::default() };
    let mut file = Kubeconfig {
        current: Some("main".into()),
        contexts: Vec::from([Context { name: "main".into(), user: ARN.into(), cluster: ARN.into(), line: 8 }]),
        users: Vec::from([User { name: ARN.into(), exec: Some(exec), line: 14 }]),
        clusters: Vec::from([Cluster { name: ARN.into(), server: "https://x.eks.amazonaws.com".into() }]),
    };
    change(&mut file);
    move |around| {
        around.kubeconfigs.push(FileOf { path: "~/.kube/config".into(), content: KubeconfigText::Read(file) });
    }
}

#[test]
fn variables_that_hide_something_are_unset() {
    let key = |machine: Machine| {
        machine.with("AWS_ACCESS_KEY_ID", "ASIAY34FZKBOKMUTVV7A").with("AWS_SECRET_ACCESS_KEY", "DUMMY")
    };
    let whole = |machine: Machine| key(machine).with("AWS_SESSION_TOKEN", "DUMMY");
    let default = config(&SSO.replace("profile dev", "default"));
    insta::assert_snapshot!(whole(default).token("corp", token("https://corp.awsapps.com/start", "2026-11-22T10:50:00Z")).said(), @"
    Warning environment-shadows-profile Programs use the key ASIA…VV7A in the environment of account 609629065308, and not the profile 'default'. Unset the key if you did not mean that.
      * Unset the key: unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
    ");
    insta::assert_snapshot!(key(config("")).said(), @"
    Error session-token-missing AWS_ACCESS_KEY_ID is a temporary key (ASIA…), but AWS_SESSION_TOKEN is not set: AWS refuses it. Set all three: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.
      * Unset AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN: unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
    ");
    insta::assert_snapshot!(whole(config("")).with("AWS_CREDENTIAL_EXPIRATION", "2026-11-22T09:00:00Z").said(), @"
    Error temporary-credentials-expired The key in the environment ended 1 h ago, and most programs take it before any profile. Unset it, or set a new one.
      * Unset the key: unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
    ");
    let ended = |machine: Machine| machine.with("AWS_CREDENTIAL_EXPIRATION", "2026-11-22T09:00:00Z").said();
    insta::assert_snapshot!(ended(key(config(""))), @"
    Error session-token-missing AWS_ACCESS_KEY_ID is a temporary key (ASIA…), but AWS_SESSION_TOKEN is not set: AWS refuses it. Set all three: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.
      * Unset AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN: unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
    Warning temporary-credentials-expired AWS_CREDENTIAL_EXPIRATION names an end 1 h ago: boto3 and the AWS CLI take the key in the environment for over, whichever it is. Unset it, or set all of a new key.
    ");
    let long = config("").with("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE").with("AWS_SECRET_ACCESS_KEY", "DUMMY");
    insta::assert_snapshot!(ended(long), @"
    Warning temporary-credentials-expired AWS_CREDENTIAL_EXPIRATION names an end 1 h ago: boto3 and the AWS CLI take the key in the environment for over, whichever it is. Unset it, or set all of a new key.
      * Unset AWS_CREDENTIAL_EXPIRATION: unset AWS_CREDENTIAL_EXPIRATION
    ");
    assert_eq!(ended(config("")), "");
    insta::assert_snapshot!(signed_in(config(SSO)).with("AWS_PROFILE", "nope").said(), @"
    Warning profile-not-found AWS_PROFILE names the profile 'nope', which is in no file. Correct AWS_PROFILE, or unset it.
      * Name one that is there: 'dev'
    ");
    insta::assert_snapshot!(signed_in(config(&format!("{SSO}[prod]\n"))).with("AWS_PROFILE", "prod").said(), @"
    Warning profile-not-found AWS_PROFILE names the profile 'prod', whose header in the files is one that clients pass over. Correct that header, or unset AWS_PROFILE.
    Warning section-without-prefix ~/.aws/config:9 [prod] is ignored: in this file a profile's header begins with 'profile'. Write [profile prod].
      | [prod]
      * Write [profile prod]
        - [prod]
        + [profile prod]
    ");
    insta::assert_snapshot!(config(SSO).with("AWS_PROFILE", "dve").said(), @"
    Warning profile-not-found AWS_PROFILE names the profile 'dve', which is in no file. Correct AWS_PROFILE, or unset it.
      * Use the profile 'dev': export AWS_PROFILE=dev
    Info sso-not-signed-in Not signed in: corp. Sign in when you need it.
      * Sign in to 'corp': relight login corp
    ");
}

#[test]
fn accounts_are_compared_with_the_profiles() {
    let prod =
        "[profile prod]\nsso_session = corp\nsso_account_id = 444455556666\nsso_role_name = R\nregion = us-east-1\n";
    let context = r#"{
"vpc-provider:account=444455556666:region=us-east-1": 1}"#;
    let file = |around: &mut Surroundings| {
        around.lookups = Some(FileOf { path: "cdk.context.json".into(), content: lookups(context.as_bytes()) });
    };
    insta::assert_snapshot!(signed_in(config(&format!("{SSO}{prod}"))).around(file).said(), @"
    Warning wrong-account cdk.context.json:2 The CDK looked things up for this project in account 444455556666, but 'dev' is for account 111122223333. Use a profile of that account, or look everything up anew.
      * Use the profile 'prod': export AWS_PROFILE=prod
      * Forget what was looked up: cdk context --clear
    ");
    assert_eq!(signed_in(config(&format!("{SSO}{prod}"))).around(file).with("AWS_PROFILE", "prod").said(), "");
    insta::assert_snapshot!(signed_in(config(SSO)).with("CDK_DEFAULT_ACCOUNT", "444455556666").said(), @"
    Warning wrong-account CDK_DEFAULT_ACCOUNT is 444455556666, but 'dev' is for account 111122223333. Unset CDK_DEFAULT_ACCOUNT, or use a profile of that account.
      * Unset CDK_DEFAULT_ACCOUNT: unset CDK_DEFAULT_ACCOUNT
    ");
}

#[test]
fn an_older_sdk_needs_a_variable() {
    let project = |around: &mut Surroundings| {
        let sdk = old_go_sdk(b"require github.com/aws/aws-sdk-go v1.55.0\n").unwrap();
        around.old_sdks.push(FileOf { path: "go.mod".into(), content: sdk });
    };
    insta::assert_snapshot!(signed_in(config(SSO)).around(project).said(), @"
    Warning sdk-config-not-loaded go.mod:1 This project uses the AWS SDK for Go v1, which does not read the config file while AWS_SDK_LOAD_CONFIG is not set. Set AWS_SDK_LOAD_CONFIG=1, or move on to the SDK's next generation.
      * Set AWS_SDK_LOAD_CONFIG: export AWS_SDK_LOAD_CONFIG=1
    ");
    assert_eq!(signed_in(config(SSO)).around(project).with("AWS_SDK_LOAD_CONFIG", "1").said(), "");
}

#[test]
fn bedrock_keys_say_what_they_override() {
    const QUERY: &str = "bedrock.amazonaws.com/?X-Amz-Credential=ASIAY34FZKBOKMUTVV7A%2F20261122%2Fus-east-1%2Fbedrock%2Faws4_request&X-Amz-Date=20261122T080000Z&X-Amz-Expires=";
    let key = |seconds: &str| {
        format!("bedrock-api-key-{}", data_encoding::BASE64.encode(format!("{QUERY}{seconds}").as_bytes()))
    };
    let with = |value: String| signed_in(config(SSO)).with("AWS_BEARER_TOKEN_BEDROCK", value);
    let of_account = with(key("43200")).around(|_| ());
    let said = [
        with("ABSKDUMMY".into()),
        with(key("3600")),
        of_account,
        config("").with("AWS_BEARER_TOKEN_BEDROCK", key("43200")),
        config("")
            .with("AWS_BEARER_TOKEN_BEDROCK", key("43200"))
            .with("AWS_REGION", "eu-west-1")
            .with("AWS_DEFAULT_REGION", "eu-west-1"),
        config("")
            .credentials("[x]\naws_access_key_id = ABSKDUMMYDUMMY\naws_secret_access_key = x\nregion = us-east-1\n"),
        config("").with("AWS_ACCESS_KEY_ID", "ABSKDUMMYDUMMY").with("AWS_SECRET_ACCESS_KEY", "x"),
    ];
    let said: Vec<_> = said.into_iter().map(Machine::said).collect();
    insta::assert_snapshot!(said.join("\n---\n"), @"
    Info bedrock-bearer-token AWS_BEARER_TOKEN_BEDROCK is a long-term key, which does not say when it ends. Bedrock takes it instead of 'dev'; everything else does not. Unset it where Bedrock shall use the profile.
      * Unset AWS_BEARER_TOKEN_BEDROCK: unset AWS_BEARER_TOKEN_BEDROCK
    ---
    Error bedrock-bearer-token AWS_BEARER_TOKEN_BEDROCK is a short-term key for us-east-1 that ended 1 h ago: Bedrock refuses every call. Bedrock takes it instead of 'dev'; everything else does not. Unset it, or make a new one.
      * Unset AWS_BEARER_TOKEN_BEDROCK: unset AWS_BEARER_TOKEN_BEDROCK
    ---
    Warning bedrock-bearer-token AWS_BEARER_TOKEN_BEDROCK is a short-term key of account 609629065308, but the profile is for account 111122223333. Bedrock takes it instead of 'dev'; everything else does not. Unset it if you did not mean that account.
      * Unset AWS_BEARER_TOKEN_BEDROCK: unset AWS_BEARER_TOKEN_BEDROCK
    ---
    Info bedrock-bearer-token AWS_BEARER_TOKEN_BEDROCK is a short-term key for us-east-1, 10 h left, until 20:00. There are no other credentials for anything else. Unset it where Bedrock shall use the profile.
      * Unset AWS_BEARER_TOKEN_BEDROCK: unset AWS_BEARER_TOKEN_BEDROCK
    ---
    Warning bedrock-bearer-token AWS_BEARER_TOKEN_BEDROCK is a short-term key for us-east-1, but the region is eu-west-1: Bedrock refuses it there. Call Bedrock in us-east-1, or make a key for the other region.
      * Unset AWS_BEARER_TOKEN_BEDROCK: unset AWS_BEARER_TOKEN_BEDROCK
    ---
    Error bearer-token-for-signing ~/.aws/credentials:2 aws_access_key_id of 'x' is a bearer key of Bedrock. Requests are signed with what stands there, and AWS refuses this. Put it into AWS_BEARER_TOKEN_BEDROCK, and an access key or nothing there.
      | aws_access_key_id = …
    ---
    Error bearer-token-for-signing AWS_ACCESS_KEY_ID is a bearer key of Bedrock. Requests are signed with what stands there, and AWS refuses this. Put it into AWS_BEARER_TOKEN_BEDROCK, and an access key or nothing there.
      * Unset the key: unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
    ");
}

#[test]
fn contexts_of_kubectl_are_followed_to_their_profiles() {
    let prod = SSO.replace("dev", "prod").replace("111122223333", "444455556666");
    let both =
        format!("{SSO}{}", prod.split_once("[profile").map(|(_, it)| format!("[profile{it}")).unwrap_or_default());
    let machine = || signed_in(config(&both));
    let exec = |change: fn(&mut Exec)| move |file: &mut Kubeconfig| change(file.users[0].exec.as_mut().unwrap());
    assert_eq!(machine().around(kubeconfig(Some("dev"), |_| ())).said(), "");
    let said = [
        machine().around(kubeconfig(Some("dve"), |_| ())),
        machine().around(kubeconfig(Some("gone"), |file| file.current = None)),
        machine().around(kubeconfig(Some("prod"), |_| ())),
        machine().around(kubeconfig(None, |_| ())).with("AWS_PROFILE", "prod"),
        config(SSO).around(kubeconfig(Some("dev"), |_| ())),
        machine().around(kubeconfig(Some("dev"), exec(|exec| exec.is_found = Some(false)))),
        machine().around(kubeconfig(
            Some("dev"),
            exec(|exec| exec.api_version = "client.authentication.k8s.io/v1alpha1".into()),
        )),
        machine().around(kubeconfig(
            Some("dve"),
            exec(|exec| exec.api_version = "client.authentication.k8s.io/v1alpha1".into()),
        )),
        config(&both.replacen("sso_account_id", "sso_acount_id", 1)).around(kubeconfig(Some("deb"), |_| ())),
        machine().around(kubeconfig(Some("dev"), exec(|exec| exec.args[1] = "eu-west-1".into()))),
        machine().around(|around| {
            let content = KubeconfigText::Damaged { line: Some(3) };
            around.kubeconfigs.push(FileOf { path: "~/.kube/config".into(), content });
        }),
    ];
    let said: Vec<_> = said.into_iter().map(Machine::said).collect();
    insta::assert_snapshot!(said.join("\n---\n"), @"
    Warning kubernetes-credentials ~/.kube/config:20 kubectl's current context 'main' uses the profile 'dve', which is not in the AWS files. Write the context anew with a profile that is there, or add the profile.
      * Write the context anew with the profile 'dev': aws eks update-kubeconfig --name main --region us-east-1 --profile dev --alias main
    ---
    Warning kubernetes-credentials ~/.kube/config:20 kubectl's context 'main' uses the profile 'gone', which is not in the AWS files. Write the context anew with a profile that is there, or add the profile.
      * Write the context anew with the profile 'dev': aws eks update-kubeconfig --name main --region us-east-1 --profile dev --alias main
    ---
    Warning wrong-account ~/.kube/config:20 kubectl's current context 'main' is in account 111122223333, but its profile 'prod' is for account 444455556666. Write the context anew with a profile of the cluster's account.
      * Write the context anew with the profile 'dev': aws eks update-kubeconfig --name main --region us-east-1 --profile dev --alias main
    ---
    Warning wrong-account ~/.kube/config:20 kubectl's current context 'main' is in account 111122223333, but its profile 'prod' is for account 444455556666. Write the context anew with a profile of the cluster's account.
      * Write the context anew with the profile 'dev': aws eks update-kubeconfig --name main --region us-east-1 --profile dev --alias main
    ---
    Warning kubernetes-credentials ~/.kube/config:20 kubectl's current context 'main' uses the profile 'dev', which is not signed in. Sign in.
      * Sign in to 'corp': relight login corp
    ---
    Warning kubernetes-credentials ~/.kube/config:20 kubectl's current context 'main' gets its token from 'aws', which is not there. Install 'aws', or correct its path.
    ---
    Warning kubernetes-credentials ~/.kube/config:20 kubectl's current context 'main' asks for its token by client.authentication.k8s.io/v1alpha1, which kubectl 1.24 and later refuse. Write the context anew with the AWS CLI of today.
      * Write the context anew with the profile 'dev': aws eks update-kubeconfig --name main --region us-east-1 --profile dev --alias main
    ---
    Warning kubernetes-credentials ~/.kube/config:20 kubectl's current context 'main' asks for its token by client.authentication.k8s.io/v1alpha1, which kubectl 1.24 and later refuse, and uses the profile 'dve', which is not in the AWS files. Write the context anew with a profile that is there, or add the profile.
      * Write the context anew with the profile 'dev': aws eks update-kubeconfig --name main --region us-east-1 --profile dev --alias main
    ---
    Error key-mistyped ~/.aws/config:6 'sso_acount_id' in [profile dev] is no key that AWS's clients know: they pass over it. Did you mean sso_account_id?
      | sso_acount_id = …
      * Write sso_account_id instead of sso_acount_id in [profile dev]
          [profile dev]
        - sso_acount_id = …
        + sso_account_id = 111122223333
    Warning kubernetes-credentials ~/.kube/config:20 kubectl's current context 'main' uses the profile 'deb', which is not in the AWS files. Write the context anew with a profile that is there, or add the profile.
    Info sso-not-signed-in Not signed in: corp. Sign in when you need it.
      * Sign in to 'corp': relight login corp
    ---
    Warning kubernetes-credentials ~/.kube/config:20 kubectl's current context 'main' is in us-east-1, but its token is asked for in eu-west-1. Write the context anew with a profile of the cluster's account.
      * Write the context anew with the profile 'dev': aws eks update-kubeconfig --name main --region us-east-1 --profile dev --alias main
    ---
    Warning kubeconfig-unreadable ~/.kube/config:3 ~/.kube/config cannot be read: it is no YAML that a kubeconfig has. Correct the file.
    ");
}

#[test]
fn logins_to_registries_that_are_over_are_told() {
    let login = |end: &str| {
        let end = end.parse::<Timestamp>().unwrap().as_second();
        let token = data_encoding::BASE64.encode(format!(r#"{{"expiration":{end}}}"#).as_bytes());
        let auth = data_encoding::BASE64.encode(format!("AWS:{token}").as_bytes());
        let text = format!(r#"{{"auths": {{"111122223333.dkr.ecr.us-east-1.amazonaws.com": {{"auth": "{auth}"}}}}}}"#);
        move |around: &mut Surroundings| {
            let content = registry_logins(text.as_bytes());
            around.registries.push(FileOf { path: "~/.docker/config.json".into(), content });
        }
    };
    let said = |end: &str| signed_in(config(SSO)).around(login(end)).said();
    insta::assert_snapshot!(said("2026-11-22T07:00:00Z"), @"
    Warning container-registry-token-expired ~/.docker/config.json:1 Docker's login to 111122223333.dkr.ecr.us-east-1.amazonaws.com ended 3 h ago. Log in again before the next pull or push.
      * Log in again: aws ecr get-login-password --region us-east-1 --profile dev | docker login --username AWS --password-stdin 111122223333.dkr.ecr.us-east-1.amazonaws.com
    ");
    insta::assert_snapshot!(said("2026-11-22T10:10:00Z"), @"
    Info container-registry-token-expired ~/.docker/config.json:1 Docker's login to 111122223333.dkr.ecr.us-east-1.amazonaws.com ends in 10 min. Log in again before the next pull or push.
      * Log in again: aws ecr get-login-password --region us-east-1 --profile dev | docker login --username AWS --password-stdin 111122223333.dkr.ecr.us-east-1.amazonaws.com
    ");
    insta::assert_snapshot!(said("2025-11-22T10:10:00Z"), @"
    Info container-registry-token-expired ~/.docker/config.json:1 Docker's login to 111122223333.dkr.ecr.us-east-1.amazonaws.com ended 364 d ago. Log in again before the next pull or push.
      * Log in again: aws ecr get-login-password --region us-east-1 --profile dev | docker login --username AWS --password-stdin 111122223333.dkr.ecr.us-east-1.amazonaws.com
    ");
    assert_eq!(said("2026-11-22T12:00:00Z"), "");
}

#[test]
fn proxies_and_certificates_that_not_all_take_are_told() {
    let machine = || signed_in(config(SSO));
    let said = [
        machine().with("HTTPS_PROXY", "http://a:1").with("https_proxy", "http://me:hunter2@b:1"),
        machine().with("HTTPS_PROXY", "htp://me:hunter2@a:1"),
        machine().with("AWS_CA_BUNDLE", "/gone"),
        machine().with("AWS_CA_BUNDLE", "/there"),
    ];
    let said: Vec<_> = said.into_iter().map(Machine::said).collect();
    insta::assert_snapshot!(said.join("\n---\n"), @"
    Warning proxies-differ HTTPS_PROXY and https_proxy name different proxies: boto3 and the AWS CLI take https_proxy, Go (Terraform) HTTPS_PROXY. Set both to the same, or unset one.
    ---
    Warning proxy-mistyped HTTPS_PROXY is not the address of a proxy. Write it like http://proxy.example:8080, or unset it.
      * Unset HTTPS_PROXY: unset HTTPS_PROXY
    ---
    Error tls-interception AWS_CA_BUNDLE names /gone, which is not there: no call to AWS gets through. Correct it, or unset it.
      * Unset AWS_CA_BUNDLE: unset AWS_CA_BUNDLE
    ---
    Info tls-interception AWS_CA_BUNDLE is set, and NODE_EXTRA_CA_CERTS is not: the AWS SDK for JavaScript does not trust what the others do. Set it to the same file if programs on Node.js fail.
      * Set NODE_EXTRA_CA_CERTS, too: export NODE_EXTRA_CA_CERTS=/there
    ");
    assert_eq!(machine().with("AWS_CA_BUNDLE", "/there").with("NODE_EXTRA_CA_CERTS", "/there").said(), "");
}

#[test]
fn wsl_distributions_with_aws_files_are_told_until_the_settings_name_them() {
    let homes = |around: &mut Surroundings| {
        around.wsl_homes.push(WslHome { distribution: "Ubuntu".into(), home: "/home/me".into() });
    };
    insta::assert_snapshot!(config("").around(homes).said(), @"Info wsl-left-out 'Ubuntu' of WSL has AWS files in /home/me/.aws, at which Relight does not look. To see its sessions here, and sign in to them, switch it on in the window's settings, or write into settings.toml: [wsl], and below it Ubuntu = '/home/me'.");
}
