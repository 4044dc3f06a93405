//! kubectl says Unauthorized, and it is the session behind the context's profile that is over.

use super::Story;
use crate::credentials::clients::with_aws_cli;
use crate::running::at_a_terminal;
use crate::setting::{Result, START_URL, in_minutes};
use relight_tests::fake_aws::{Grant, Network, Operation};
use relight_tests::world::{run, token_file, token_text};
use std::path::Path;

const KUBECTL: &str = "/usr/bin/kubectl";
const ASKS: &str = "kubectl get --raw /api/v1/namespaces";

/// As `aws eks update-kubeconfig --profile dev` writes it, but for the certificate's authority.
fn kubeconfig(server: &str) -> String {
    let arn = "arn:aws:eks:us-east-1:111122223333:cluster/main";
    format!(
        "apiVersion: v1\nclusters:\n- cluster:\n    insecure-skip-tls-verify: true\n    server: {server}\n  name: {arn}\n\
         contexts:\n- context:\n    cluster: {arn}\n    user: {arn}\n  name: {arn}\ncurrent-context: {arn}\nkind: Config\npreferences: {{}}\n\
         users:\n- name: {arn}\n  user:\n    exec:\n      apiVersion: client.authentication.k8s.io/v1beta1\n      args:\n      - --region\n      - us-east-1\n      - eks\n      \
         - get-token\n      - --cluster-name\n      - main\n      - --output\n      - json\n      command: aws\n      env:\n      - name: AWS_PROFILE\n        value: dev\n"
    )
}

/// A session that is over, whom a cluster asks for.
fn over() -> Result<(Story, Network)> {
    let story = Story::new()?;
    let grant = Grant { refresh_token: None, ..story.aws.grant(START_URL) };
    story.world.write(&token_file("corp"), token_text(&grant, in_minutes(-180)))?;
    let network = Network::before(&story.aws, &[])?;
    story.world.write(".kube/config", kubeconfig(&network.url()))?;
    Ok((story, network))
}

#[test]
fn unauthorized_leads_to_the_session_of_the_contexts_profile() -> Result<()> {
    let (story, _network) = over()?;
    let has_kubectl = Path::new(KUBECTL).exists();
    let unauthorized = if has_kubectl {
        // Of a cluster that does not take the token, whichever.
        story.says(&format!("{ASKS} --token=k8s-aws-v1.old"))?
    } else {
        println!("kubectl is not installed: it was not asked");
        "error: You must be logged in to the server (Unauthorized)".to_owned()
    };
    insta::assert_snapshot!(story.explained(&unauthorized)?, @"
    The cluster did not get credentials that it takes
      You must be logged in to the server (Unauthorized)
      profile dev · session corp · account 111122223333 · role ReadOnly · region us-east-1 · said by kubectl

    kubectl and its relatives ask a program (mostly 'aws eks get-token') for a token. That program failed, or the cluster does not know the identity that its token stands for. kubectl's current context has the profile 'dev'.

    On this machine
      ~/.kube/config:19: kubectl's current context 'arn:aws:eks:us-east-1:111122223333:cluster/main' uses the profile 'dev', whose session has ended
      ~/.aws/config:5: 'dev': ended 3 h ago
      ~/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json: the token of 'corp' ended 3 h ago

    What to do
      1. Sign in to 'corp'
           relight login corp
      2. Where the token is fine and the answer is Unauthorized, ask who administers the cluster for an access entry for your role

    Signing in helps.
    ");
    assert!(story.doctor()?.contains("uses the profile 'dev', whose session has ended."));
    story.aws.set_poll_interval(std::time::Duration::from_secs(1));
    let sign_in = story.first_command(&unauthorized)?;
    let login =
        story.world.relight(&[&sign_in.split(' ').skip(1).collect::<Vec<_>>()[..], &["--flow", "device"]].concat())?;
    assert_eq!(login.code, Some(0), "{login:?}");

    if has_kubectl && with_aws_cli(&story.world, &story.aws)? {
        assert!(story.says(ASKS)?.contains("\"kind\":\"NamespaceList\""));
        assert_eq!(story.aws.count(Operation::GetRoleCredentials), 1);
    }
    let explained = story.explained(&unauthorized)?;
    assert!(explained.contains("Signing in does not help."), "{explained}");
    assert!(story.doctor()?.starts_with("Nothing is wrong.\n"));
    Ok(())
}

#[test]
fn run_signs_in_to_the_session_of_the_contexts_profile_and_asks_again() -> Result<()> {
    let (story, _network) = over()?;
    if !Path::new(KUBECTL).exists() || !with_aws_cli(&story.world, &story.aws)? {
        println!("kubectl or the AWS CLI is not installed: this was not tried");
        return Ok(());
    }
    story.aws.set_poll_interval(std::time::Duration::from_secs(1));
    // What kubectl says last tells nothing of a session.
    let last = run(story.world.command("sh").args(["-c", ASKS]))?.err;
    let last = last.lines().last().ok_or("kubectl says nothing")?;
    let explained = story.explained(last)?;
    assert!(explained.contains("relight login corp"), "{last}: {explained}");
    let said = at_a_terminal(&story.world, ASKS, &["y\n"])?;
    assert!(said.contains("Sign in to corp, and run it again? [Y/n]"), "{said}");
    assert!(said.trim_end().ends_with('}') && said.contains("\"kind\":\"NamespaceList\""), "{said}");
    Ok(())
}
