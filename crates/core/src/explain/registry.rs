//! Registries of packages and images by their addresses.

use crate::endpoint::is_region;
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;

/// Where a login of a tool's own is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Registry {
    /// public.ecr.aws, which gives without a login, too.
    Public,
    /// A repository of `CodeArtifact`.
    Packages(Packages),
}

/// `https://DOMAIN-ACCOUNT.d.codeartifact.REGION.amazonaws.com/FORMAT/REPOSITORY/`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packages {
    domain: String,
    pub(super) account: String,
    pub(super) region: String,
    format: String,
    repository: String,
}

/// The first that `text` names.
pub(super) fn registry(text: &str) -> Option<Registry> {
    let public = || text.contains("public.ecr.aws").then_some(Registry::Public);
    packages(text).map(Registry::Packages).or_else(public)
}

fn packages(text: &str) -> Option<Packages> {
    let (before, after) = text.split_once(".d.codeartifact.")?;
    let host = before.rsplit(['/', '@', ' ', '\'', '"']).next()?;
    let (domain, account) = host.rsplit_once('-')?;
    let (region, path) = after.split_once(".amazonaws.com/")?;
    let mut path = path.split(['/', ' ', '\'', '"', ',']);
    let (format, repository) = (path.next()?, path.next()?);
    // They are to stand in a command.
    let is_name = |name: &str| {
        (1..=100).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    };
    let is_account = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    let are_sound = is_account && is_region(region) && is_name(domain) && is_name(format) && is_name(repository);
    are_sound.then(|| Packages {
        domain: domain.to_owned(),
        account: account.to_owned(),
        region: region.to_owned(),
        format: format.to_owned(),
        repository: repository.to_owned(),
    })
}

impl Packages {
    /// What logs the tool of this format in; for one that the AWS CLI does not know, what gives the token. `profile` is an
    /// option behind it, or nothing.
    pub(super) fn login(&self, profile: &str) -> String {
        let Self { domain, account, region, repository, .. } = self;
        let of_domain = format!("--domain {domain} --domain-owner {account} --region {region}");
        let tool = match self.format.as_str() {
            "pypi" => "pip",
            "npm" => "npm",
            "nuget" => "dotnet",
            "swift" => "swift",
            _ => {
                return format!(
                    "aws codeartifact get-authorization-token {of_domain} --query authorizationToken --output text{profile}"
                );
            }
        };
        format!("aws codeartifact login --tool {tool} {of_domain} --repository {repository}{profile}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_names_what_the_address_does() {
        let login = |address: &str| match registry(address) {
            Some(Registry::Packages(packages)) => Some(packages.login("")),
            _ => None,
        };
        assert_eq!(
            login("for https://aws:****@corp-dev-111122223333.d.codeartifact.eu-west-1.amazonaws.com/pypi/main/simple/"),
            Some("aws codeartifact login --tool pip --domain corp-dev --domain-owner 111122223333 --region eu-west-1 --repository main".to_owned())
        );
        assert_eq!(
            login("https://corp-111122223333.d.codeartifact.eu-west-1.amazonaws.com/maven/main/org/x"),
            Some("aws codeartifact get-authorization-token --domain corp --domain-owner 111122223333 --region eu-west-1 --query authorizationToken --output text".to_owned())
        );
        assert_eq!(login("https://corp-111122223333.d.codeartifact.eu-west-1.amazonaws.com/pypi/$(x)/"), None);
        assert_eq!(login("https://corp.d.codeartifact.eu-west-1.amazonaws.com/pypi/main/"), None);
        assert_eq!(registry("GET https://public.ecr.aws/v2/x"), Some(Registry::Public));
    }
}
