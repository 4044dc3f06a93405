//! What AWS's answers mean.

use super::{Machine, SSO, config, line, now, signed_in};
use crate::credentials::{CallFailure, Failure};
use crate::doctor::{Asked, Identity, Unknown, online_findings, whom_to_ask};
use crate::flow::{CallError, ErrorKind};
use crate::time::{SignedDuration, before};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

fn said(machine: Machine, asked: &[Asked]) -> String {
    let (around, world, view) = machine.read();
    online_findings(&around, &world, &view, asked).iter().map(line).collect::<Vec<_>>().join("\n")
}

fn dev(answer: Result<Identity, Unknown>) -> Asked {
    Asked { profile: "dev".into(), answer, times: None }
}

fn of_account(id: &str) -> Asked {
    let arn = format!("arn:aws:sts::{id}:assumed-role/R/jane");
    dev(Ok(Identity { account_id: id.into(), arn }))
}

fn refused(code: &str, text: &str) -> Asked {
    let error = CallError { kind: ErrorKind::Other, address: "sts.amazonaws.com".into(), said: text.into() };
    dev(Err(Unknown::Refused(CallFailure { error, code: Some(code.into()) })))
}

fn world_failed(text: &str) -> Asked {
    dev(Err(Unknown::NoKeys(Failure::World(text.into()))))
}

#[test]
fn an_identity_is_compared_with_the_profile() {
    assert_eq!(said(signed_in(config(SSO)), &[of_account("111122223333")]), "");
    insta::assert_snapshot!(said(signed_in(config(SSO)), &[of_account("444455556666")]), @"Warning wrong-account ~/.aws/config:4 'dev' says that it is for account 111122223333, but its credentials are of account 444455556666 (arn:aws:sts::444455556666:assumed-role/R/jane). Correct the profile, or its credentials.");
}

#[test]
fn each_refusal_has_its_cause() {
    let all = [
        refused("InvalidClientTokenId", "The security token included in the request is invalid"),
        refused("ExpiredToken", "The security token included in the request is expired"),
        refused("SignatureDoesNotMatch", "Signature expired: 20261122T090000Z is now earlier than 20261122T095500Z"),
        refused("SignatureDoesNotMatch", "The request signature we calculated does not match"),
        refused("RegionDisabledException", "STS is not activated in this region"),
    ];
    let all: Vec<_> = all.into_iter().map(|one| said(signed_in(config(SSO)), &[one])).collect();
    insta::assert_snapshot!(all.join("\n"), @"
    Error credentials-unknown-to-aws sts.amazonaws.com does not know who 'dev' is: The security token included in the request is invalid (InvalidClientTokenId). AWS found no such access key. There are four reasons: the key was deleted or deactivated; it is a temporary key (ASIA…) without its session token; it belongs to another partition (China, GovCloud); or the region is not enabled for the account.
      * Where the key begins with ASIA, copy all three values: aws_access_key_id, aws_secret_access_key and aws_session_token
      * See whether the key still exists and is active (aws iam list-access-keys), and make a new one where it is not
      * In China and GovCloud, use a region of the partition that the key is of
      * Enable the region for the account, or use another one
    Error temporary-credentials-expired sts.amazonaws.com does not know who 'dev' is: The security token included in the request is expired (ExpiredToken). The key is a temporary one with a session token, and its time is over. A sign-in helps where the profile gets its credentials from a session; keys that were copied into a file or the environment must be copied anew.
      * Sign in to 'corp': relight login corp
    Error clock-skew sts.amazonaws.com does not know who 'dev' is: Signature expired: 20261122T090000Z is now earlier than 20261122T095500Z (SignatureDoesNotMatch). AWS takes signed requests for five to fifteen minutes only. The request's time is too far from AWS's own. Virtual machines, WSL and containers get there after a sleep.
      * Set the clock from the network: on Linux 'sudo timedatectl set-ntp true', on Windows 'w32tm /resync', in macOS's Date & Time settings
      * In WSL, end it with 'wsl --shutdown' and start it again; in Docker, restart the virtual machine
    Error secret-key-wrong sts.amazonaws.com does not know who 'dev' is: The request signature we calculated does not match (SignatureDoesNotMatch). The key id is known, but the signature was not made with its secret: the secret is cut off, has quotes or spaces around it, or is another key's. A proxy that changes requests does the same.
      * Copy the key id and its secret again, together, without quotes and spaces
      * See that key id and secret come from the same place: one in the environment and one in a file do not fit
    Error region-not-enabled sts.amazonaws.com does not know who 'dev' is: STS is not activated in this region (RegionDisabledException). Newer regions must be enabled for each account, and some services must be subscribed to first.
      * Use a region that is enabled for the account
      * Enable the region in the account's settings, or finish signing up for the service; that takes some minutes
    ");
}

#[test]
fn what_is_in_the_way_of_all_is_told_once() {
    let gone = "sts.amazonaws.com cannot be reached: invalid peer certificate: UnknownIssuer. Check the network, VPN and proxy.";
    let two = [world_failed(gone), Asked { profile: "prod".into(), ..world_failed(gone) }];
    insta::assert_snapshot!(said(signed_in(config(SSO)), &two), @"Error tls-interception AWS could not be asked about 'dev' and 'prod': sts.amazonaws.com cannot be reached: invalid peer certificate: UnknownIssuer. Check the network, VPN and proxy. A proxy or firewall reads what is sent. Ask for its certificate, and name the file in AWS_CA_BUNDLE.");
    insta::assert_snapshot!(said(signed_in(config(SSO)), &[world_failed("sts.amazonaws.com did not answer in time. Check the network, VPN and proxy.")]), @"Error network AWS could not be asked about 'dev': sts.amazonaws.com did not answer in time. Check the network, VPN and proxy. Then look again.");
    insta::assert_snapshot!(said(signed_in(config(SSO)), &[dev(Err(Unknown::NoKeys(Failure::Person("The session is over.".into()))))]), @"
    Error no-credentials 'dev' has no credentials now: The session is over. Until then, no program can use it.
      * Sign in to 'corp': relight login corp
    ");
}

#[test]
fn the_clock_is_compared_with_the_quickest_answer() {
    let with = |minutes: &[i64]| {
        let one = |minutes: &i64| {
            let there = before(now(), SignedDuration::from_mins(*minutes));
            Asked { times: Some((now(), there)), ..of_account("111122223333") }
        };
        said(signed_in(config(SSO)), &minutes.iter().map(one).collect::<Vec<_>>())
    };
    assert_eq!(with(&[9, 0]), "");
    insta::assert_snapshot!(format!("{}\n{}", with(&[7]), with(&[-2])), @"
    Error clock-skew This machine's clock is 7 min ahead of AWS's: every end that is shown is wrong by as much, and from 5 min on AWS refuses signed calls. Set the clock, or let the system set it from the network.
    Warning clock-skew This machine's clock is 2 min behind AWS's: every end that is shown is wrong by as much, and from 5 min on AWS refuses signed calls. Set the clock, or let the system set it from the network.
    ");
}

#[test]
fn nobody_is_asked_for_in_vain_and_no_program_is_run_unasked() {
    let text = format!(
        "{SSO}[profile out]\nsso_start_url = https://x.awsapps.com/start\nsso_region = us-east-1\nsso_account_id = 111122223333\nsso_role_name = R\n\
         [profile runs]\ncredential_process = x\n[profile of]\nrole_arn = arn:aws:iam::111122223333:role/x\nsource_profile = runs\n[profile none]\nregion = us-east-1\n"
    );
    let (_, world, view) = signed_in(config(&text)).read();
    let asked = |named: Option<&str>| {
        let all = whom_to_ask(&world, &view, named).into_iter();
        all.map(|(name, why_not)| match why_not {
            Some(Unknown::NotAsked(why)) => format!("{name}: {why}"),
            _ => name,
        })
        .collect::<Vec<_>>()
        .join("\n")
    };
    insta::assert_snapshot!(asked(None), @"
    dev
    of: it runs a program: name it with --profile
    out: nobody is signed in
    runs: it runs a program: name it with --profile
    ");
    assert_eq!(asked(Some("runs")), "runs");
}

#[test]
fn a_proxy_that_may_be_in_the_way_is_named_without_its_password() {
    let away = [world_failed("sts.us-east-1.amazonaws.com cannot be reached: Connection refused (os error 111).")];
    let proxy = |value: &str| said(signed_in(config(SSO)).with("HTTPS_PROXY", value), &away);
    insta::assert_snapshot!(proxy("http://me:hun/ter2@proxy:3128/"), @"Error network AWS could not be asked about 'dev' through the proxy proxy:3128, which HTTPS_PROXY names: Connection refused (os error 111). See that the proxy is right and answers, or unset HTTPS_PROXY; then look again.");
    assert_eq!(proxy("proxy:3128"), proxy("http://me:hun/ter2@proxy:3128/"));
    let exempt = |hosts: &str| {
        let machine = signed_in(config(SSO)).with("HTTPS_PROXY", "proxy:3128").with("no_proxy", hosts);
        said(machine, &away).contains("proxy:3128")
    };
    assert_eq!(["x.example", "zonaws.com", ""].map(exempt), [true; 3]);
    assert_eq!(["x, .amazonaws.com", "amazonaws.com", "*", "sts.us-east-1.amazonaws.com"].map(exempt), [false; 4]);
}

#[test]
fn the_same_of_two_addresses_is_told_once() {
    let refused = "portal.sso.us-east-1.amazonaws.com cannot be reached: Connection refused (os error 111). Check the network, VPN and proxy.";
    let address = "sts.us-east-1.amazonaws.com".into();
    let error = CallError { kind: ErrorKind::Network, address, said: "Connection refused (os error 111)".into() };
    let of_sts = Err(Unknown::Refused(CallFailure { error, code: None }));
    let asked = [world_failed(refused), Asked { profile: "keys".into(), ..dev(of_sts) }];
    let machine = || signed_in(config(SSO));
    let said = [said(machine(), &asked), said(machine().with("https_proxy", "http://127.0.0.1:9"), &asked)];
    insta::assert_snapshot!(said.join("\n---\n"), @"
    Error network AWS could not be asked about 'dev' and 'keys': portal.sso.us-east-1.amazonaws.com and sts.us-east-1.amazonaws.com cannot be reached: Connection refused (os error 111). Check the network, VPN and proxy. Then look again.
    ---
    Error network AWS could not be asked about 'dev' and 'keys' through the proxy 127.0.0.1:9, which https_proxy names: Connection refused (os error 111). See that the proxy is right and answers, or unset https_proxy; then look again.
    ");
    let sentences =
        asked.map(|one| one.answer.map_err(|unknown| format!("{}: {}", unknown.in_short(), unknown.sentence())));
    insta::assert_snapshot!(sentences.map(Result::unwrap_err).join("\n"), @"
    AWS not reached: portal.sso.us-east-1.amazonaws.com cannot be reached: Connection refused (os error 111). Check the network, VPN and proxy.
    AWS not reached: sts.us-east-1.amazonaws.com cannot be reached: Connection refused (os error 111). Check the network, VPN and proxy.
    ");
}
