//! A kubeconfig's text.

use super::kubeconfig::{Cluster, Context, Exec, Kubeconfig, KubeconfigText, User};
use super::yaml::{self, Node};
use alloc::string::String;
use alloc::vec::Vec;

/// Reads a kubeconfig. Nothing but names, addresses and what gives tokens is taken of it: the keys in it are left where
/// they are. `is_found` tells whether the program of an `exec` is there.
pub fn read_kubeconfig(bytes: &[u8], is_found: impl Fn(&str) -> Option<bool>) -> KubeconfigText {
    let Ok(text) = core::str::from_utf8(bytes) else { return KubeconfigText::Damaged { line: None } };
    let root = match yaml::read(text) {
        Ok(root) if root.is_nothing() => return KubeconfigText::Read(Kubeconfig::default()),
        Ok(root) if root.is_map() => root,
        Ok(_) => return KubeconfigText::Damaged { line: Some(1) },
        Err(line) => return KubeconfigText::Damaged { line },
    };
    KubeconfigText::Read(Kubeconfig {
        current: Some(root.text_of("current-context")).filter(|name| !name.is_empty()),
        contexts: root.list_of("contexts").iter().filter_map(context).collect(),
        users: root.list_of("users").iter().filter_map(|user| self::user(user, &is_found)).collect(),
        clusters: root.list_of("clusters").iter().filter_map(cluster).collect(),
    })
}

fn context(entry: &Node) -> Option<Context> {
    let inner = entry.get("context")?;
    let (user, cluster) = (inner.text_of("user"), inner.text_of("cluster"));
    Some(Context { name: name(entry)?, user, cluster, line: entry.line })
}

fn user(entry: &Node, is_found: impl Fn(&str) -> Option<bool>) -> Option<User> {
    let exec = entry.get("user").and_then(|user| user.get("exec")).filter(|exec| exec.is_map());
    let exec = exec.map(|exec| self::exec(exec, is_found));
    Some(User { name: name(entry)?, exec, line: entry.line })
}

fn cluster(entry: &Node) -> Option<Cluster> {
    Some(Cluster { name: name(entry)?, server: entry.get("cluster")?.text_of("server") })
}

fn exec(exec: &Node, is_found: impl Fn(&str) -> Option<bool>) -> Exec {
    let command = exec.text_of("command");
    Exec {
        is_found: is_found(&command),
        command,
        args: exec.list_of("args").iter().map(|word| word.text().into()).collect(),
        env: exec.list_of("env").iter().map(|one| (one.text_of("name"), one.text_of("value"))).collect::<Vec<_>>(),
        api_version: exec.text_of("apiVersion"),
        line: exec.line,
    }
}

fn name(entry: &Node) -> Option<String> {
    Some(entry.text_of("name")).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    /// As `aws eks update-kubeconfig` writes it, with a second user by hand.
    const FILE: &str = r"apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: RFVNTVk=
    server: https://x.gr7.us-east-1.eks.amazonaws.com
  name: arn:aws:eks:us-east-1:111122223333:cluster/main
contexts:
- context:
    cluster: arn:aws:eks:us-east-1:111122223333:cluster/main
    user: arn:aws:eks:us-east-1:111122223333:cluster/main
  name: main
current-context: main
kind: Config
preferences: {}
users:
- name: arn:aws:eks:us-east-1:111122223333:cluster/main
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1beta1
      args:
      - --region
      - us-east-1
      - eks
      - get-token
      - --cluster-name
      - main
      command: aws
      env:
      - name: AWS_PROFILE
        value: dev
- {name: other, user: {token: hunter2}}
";

    #[test]
    fn what_is_about_aws_is_read_with_its_lines() {
        let KubeconfigText::Read(read) = read_kubeconfig(FILE.as_bytes(), |name| Some(name == "aws")) else {
            panic!("it is not read")
        };
        assert_eq!(read.current.as_deref(), Some("main"));
        assert_eq!(read.contexts.iter().map(|it| (it.name.as_str(), it.line)).collect::<Vec<_>>(), [("main", 8)]);
        assert_eq!(read.clusters[0].server, "https://x.gr7.us-east-1.eks.amazonaws.com");
        assert_eq!(read.users.iter().map(|user| user.line).collect::<Vec<_>>(), [16, 31]);
        let exec = read.users[0].exec.as_ref().unwrap();
        assert_eq!((exec.is_found, exec.line, exec.gets_token().unwrap().profile), (Some(true), 19, Some("dev")));
        assert!(!format!("{read:?}").contains("hunter2"));
    }

    #[test]
    fn what_is_none_says_where() {
        let read = |text: &str| read_kubeconfig(text.as_bytes(), |_| None);
        assert_eq!(read(""), KubeconfigText::Read(Kubeconfig::default()));
        assert_eq!(read("users: 7\ncontexts: {}\n"), KubeconfigText::Read(Kubeconfig::default()));
        assert_eq!(read("- 1"), KubeconfigText::Damaged { line: Some(1) });
        assert_eq!(read("a: b\nc: [d\ne: f\n"), KubeconfigText::Damaged { line: Some(3) });
        assert_eq!(read_kubeconfig(b"\xff", |_| None), KubeconfigText::Damaged { line: None });
        // Aliases are not followed, or nine lines would be a gigabyte.
        assert_eq!(read("a: &a [x, x]\nusers: *a\n"), KubeconfigText::Read(Kubeconfig::default()));
        assert!(matches!(read(&"[".repeat(5000)), KubeconfigText::Damaged { .. }));
    }
}
