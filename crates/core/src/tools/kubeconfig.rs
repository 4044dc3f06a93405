//! Users of a kubeconfig that get their token from AWS: `aws eks get-token` and its relatives.

use alloc::string::String;
use alloc::vec::Vec;

/// A kubeconfig, or why it cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KubeconfigText {
    /// It was read.
    Read(Kubeconfig),
    /// It is no kubeconfig; the line of the mistake, where that is known. Nothing of the file is told: there are keys in it.
    Damaged {
        /// From 1.
        line: Option<u32>,
    },
    /// It is there, but cannot be read.
    Unreadable {
        /// What the system says, in words.
        reason: String,
    },
}

/// What of a kubeconfig is about AWS.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kubeconfig {
    /// `current-context`
    pub current: Option<String>,
    /// In the order of the file.
    pub contexts: Vec<Context>,
    /// In the order of the file.
    pub users: Vec<User>,
    /// In the order of the file.
    pub clusters: Vec<Cluster>,
}

/// A context: who speaks to which cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// Its name.
    pub name: String,
    /// Of its user.
    pub user: String,
    /// Of its cluster.
    pub cluster: String,
    /// Its line.
    pub line: u32,
}

/// A user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Its name; `aws eks update-kubeconfig` takes the cluster's ARN.
    pub name: String,
    /// The program that gives its token, if a program does.
    pub exec: Option<Exec>,
    /// Its line.
    pub line: u32,
}

/// A cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Its name; `aws eks update-kubeconfig` takes the cluster's ARN.
    pub name: String,
    /// Its address.
    pub server: String,
}

/// A program that prints a token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exec {
    /// The program.
    pub command: String,
    /// Its arguments.
    pub args: Vec<String>,
    /// Variables that it gets, over those that are set.
    pub env: Vec<(String, String)>,
    /// `client.authentication.k8s.io/v1beta1`
    pub api_version: String,
    /// Whether the program was found; none where nobody looked.
    pub is_found: Option<bool>,
    /// Its line.
    pub line: u32,
}

/// The programs that are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// `aws eks get-token`
    AwsCli,
    /// `aws-iam-authenticator token`
    IamAuthenticator,
}

/// What such a program is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetsToken<'a> {
    /// Which program.
    pub tool: Tool,
    /// The profile that it is told to use; none where it uses the selected one.
    pub profile: Option<&'a str>,
    /// The cluster's name.
    pub cluster: Option<&'a str>,
    /// The cluster's region.
    pub region: Option<&'a str>,
    /// A role to assume with the profile's credentials.
    pub role_arn: Option<&'a str>,
}

impl Exec {
    /// What it tells a program that gets a token from AWS; none for any other. A profile that is named as an option comes
    /// before the variable. A program that starts that one, such as `aws-vault exec PROFILE --`, is looked through.
    pub fn gets_token(&self) -> Option<GetsToken<'_>> {
        let words: Vec<&str> = core::iter::once(&self.command).chain(&self.args).map(String::as_str).collect();
        let at = words.iter().position(|word| matches!(program(word), "aws" | "aws-iam-authenticator"))?;
        let (before, from) = (words.get(..at)?, words.get(at..)?);
        let has = |word: &str| from.contains(&word);
        let (tool, names, regions, roles): (_, &[&str], &[&str], &[&str]) = match program(from.first()?) {
            "aws" if has("eks") && has("get-token") => {
                (Tool::AwsCli, &["--cluster-name", "--cluster-id"], &["--region"], &["--role-arn"])
            }
            "aws-iam-authenticator" if has("token") => {
                (Tool::IamAuthenticator, &["--cluster-id", "-i"], &["--region"], &["--role", "-r"])
            }
            _ => return None,
        };
        let variable = |name: &str| {
            let value = self.env.iter().rfind(|(set, _)| set == name).map(|(_, value)| value.as_str());
            value.filter(|value| !value.is_empty())
        };
        let region = variable("AWS_REGION").or_else(|| variable("AWS_DEFAULT_REGION"));
        Some(GetsToken {
            tool,
            profile: option(from, &["--profile"]).or_else(|| variable("AWS_PROFILE")).or_else(|| wrapped(before)),
            cluster: option(from, names),
            region: option(from, regions).or(region),
            role_arn: option(from, roles),
        })
    }
}

/// Region, account and name of `arn:aws:eks:us-east-1:111122223333:cluster/main`.
pub fn cluster_arn(name: &str) -> Option<(&str, &str, &str)> {
    let mut parts = name.splitn(6, ':');
    let (arn, _partition, service) = (parts.next()?, parts.next()?, parts.next()?);
    let (region, account, resource) = (parts.next()?, parts.next()?, parts.next()?);
    let is_account = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    let cluster = resource.strip_prefix("cluster/").filter(|_| arn == "arn" && service == "eks" && is_account)?;
    Some((region, account, cluster))
}

/// The name of a program without its folder and ending.
fn program(word: &str) -> &str {
    let name = word.rsplit(['/', '\\']).next().unwrap_or(word);
    name.strip_suffix(".exe").unwrap_or(name)
}

/// The value of an option: `--profile dev` or `--profile=dev`. The last one counts.
fn option<'a>(words: &[&'a str], names: &[&str]) -> Option<&'a str> {
    let mut found = None;
    for (at, word) in words.iter().enumerate() {
        if names.contains(word) {
            found = words.get(at + 1).copied();
        } else if let Some((name, value)) = word.split_once('=').filter(|(name, _)| name.starts_with("--")) {
            found = names.contains(&name).then_some(value).or(found);
        }
    }
    found.filter(|value| !value.is_empty())
}

/// `aws-vault exec PROFILE --`
fn wrapped<'a>(before: &[&'a str]) -> Option<&'a str> {
    let is_vault = before.first().is_some_and(|word| program(word) == "aws-vault");
    let mut words = before.iter().skip_while(|word| **word != "exec").skip(1);
    words.find(|word| !word.starts_with('-')).copied().filter(|_| is_vault)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::string::ToString;

    fn read(words: &str, env: &[(&str, &str)]) -> String {
        let mut words = words.split(' ').map(ToString::to_string);
        let exec = Exec {
            command: words.next().unwrap_or_default(),
            args: words.collect(),
            env: env.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect(),
            ..Exec::default()
        };
        exec.gets_token().map_or_else(String::new, |it| {
            format!("{:?} {:?} {:?} {:?} {:?}", it.tool, it.profile, it.cluster, it.region, it.role_arn)
        })
    }

    #[test]
    fn what_a_program_is_told_is_read() {
        let aws = "aws --region us-east-1 eks get-token --cluster-name main --output json";
        let dev = [("AWS_PROFILE", "dev")];
        insta::assert_snapshot!(read(aws, &[]), @r#"AwsCli None Some("main") Some("us-east-1") None"#);
        insta::assert_snapshot!(read(aws, &dev), @r#"AwsCli Some("dev") Some("main") Some("us-east-1") None"#);
        insta::assert_snapshot!(read(&format!("{aws} --profile=prod --role-arn r"), &dev), @r#"AwsCli Some("prod") Some("main") Some("us-east-1") Some("r")"#);
        insta::assert_snapshot!(read("/usr/local/bin/aws eks get-token --cluster-id x", &[("AWS_REGION", "eu-west-1")]), @r#"AwsCli None Some("x") Some("eu-west-1") None"#);
        insta::assert_snapshot!(read("aws-iam-authenticator token -i main -r arn", &dev), @r#"IamAuthenticator Some("dev") Some("main") None Some("arn")"#);
        insta::assert_snapshot!(read("aws-vault exec corp -- aws eks get-token --cluster-name x", &[]), @r#"AwsCli Some("corp") Some("x") None None"#);
        assert_eq!(read("gke-gcloud-auth-plugin", &[]), "");
        assert_eq!(read("aws s3 ls", &[]), "");
        assert_eq!(read("sh -c aws", &[]), "");
    }

    #[test]
    fn a_cluster_is_told_by_its_arn() {
        assert_eq!(
            cluster_arn("arn:aws:eks:us-east-1:111122223333:cluster/main"),
            Some(("us-east-1", "111122223333", "main"))
        );
        assert_eq!(cluster_arn("minikube"), None);
        assert_eq!(cluster_arn("arn:aws:eks:us-east-1:1:cluster/main"), None);
    }
}
