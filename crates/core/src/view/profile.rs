//! A profile as it is shown.

use super::optional_date;
use crate::config::{Credentials, Profile, RoleSource};
use crate::offline::BedrockKey;
use crate::problem::Problem;
use crate::secret::masked_key_id;
use crate::status::{self, ExpiresBasis, ProfileStatus, State};
use crate::text::{self, shown};
use crate::time::Timestamp;
use crate::world::World;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

/// A profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ProfileView {
    /// Its name.
    pub name: String,
    /// Such as `sso` or `assume-role`.
    pub kind: &'static str,
    /// The session it signs in to, its own or its source's.
    pub session: Option<String>,
    /// The profile that its role starts from.
    pub source_profile: Option<String>,
    /// The account that the files name, or that the key carries.
    pub account_id: Option<String>,
    /// The role that the files name.
    pub role_name: Option<String>,
    /// Whether a person must type an MFA code for its role, or for the one that it starts from.
    pub needs_mfa: bool,
    /// What to type in a terminal to get new credentials, where the files show which tool makes them.
    pub renew: Option<String>,
    /// The key's first and last four characters.
    pub access_key: Option<String>,
    /// Its default region.
    pub region: Option<String>,
    /// How it stands.
    pub state: State,
    /// When its credentials end.
    #[serde(serialize_with = "optional_date")]
    #[cfg_attr(test, ts(type = "string | null"))]
    pub expires_at: Option<Timestamp>,
    /// What tells so.
    pub expires_basis: ExpiresBasis,
    /// The key that tells so.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub expires_key: Option<&'static str>,
    /// When the role credentials end that the AWS CLI cached.
    #[serde(serialize_with = "optional_date")]
    #[cfg_attr(test, ts(type = "string | null"))]
    pub role_expires_at: Option<Timestamp>,
    /// Whether it counts for the icon, the left click and notices.
    pub attention: bool,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

impl ProfileView {
    /// Whether its end is not simply its session's.
    pub fn has_own_end(&self) -> bool {
        !matches!(self.kind, "sso" | "login")
    }

    /// Whether that end is nobody else's: no session or other profile tells of it.
    pub fn ends_by_itself(&self) -> bool {
        match self.expires_basis {
            ExpiresBasis::RoleCache | ExpiresBasis::FileKey | ExpiresBasis::Jwt | ExpiresBasis::BedrockKey => true,
            ExpiresBasis::SsoToken
            | ExpiresBasis::SourceProfile
            | ExpiresBasis::LoginToken
            | ExpiresBasis::Process
            | ExpiresBasis::None => false,
        }
    }

    pub(super) fn new(world: &World, profile: &Profile, status: &ProfileStatus<'_>) -> Self {
        let mut problems = profile.problems.clone();
        problems.extend(status::profile_problem(world, profile));
        let mut view = ProfileView {
            name: profile.name.clone(),
            kind: kind_of(&profile.credentials),
            session: status.session.or(profile.session()).map(ToString::to_string),
            source_profile: None,
            account_id: profile.account_id.clone(),
            role_name: None,
            needs_mfa: false,
            renew: None,
            access_key: None,
            region: profile.region.clone(),
            state: status.state,
            expires_at: status.expires_at,
            expires_basis: status.expires_basis,
            expires_key: status.expires_key,
            role_expires_at: profile.role_cache().and_then(|cache| world.roles.get(cache)).map(|role| role.expires_at),
            attention: status.attention,
            problems,
        };
        match &profile.credentials {
            Credentials::Sso { role_name, .. } => view.role_name.clone_from(role_name),
            Credentials::WebIdentity(identity) => view.role_name.clone_from(&identity.role_name),
            Credentials::AssumeRole(role) => {
                view.role_name.clone_from(&role.role_name);
                let ask = |name: &str| text::command("aws sts get-caller-identity --profile", name);
                view.needs_mfa = role.needs_mfa;
                if role.needs_mfa && !profile.is_broken() {
                    // It asks for the code, and keeps what it gets for it in its cache.
                    view.renew = ask(&profile.name);
                }
                match &role.source {
                    RoleSource::Profile(source) => {
                        view.source_profile = Some(source.clone());
                        // What renews its source renews it.
                        match world.config.profiles.get(source).map(|source| (&source.credentials, &source.name)) {
                            Some((Credentials::Temporary { renew, .. }, _)) if view.renew.is_none() => {
                                view.renew.clone_from(renew);
                            }
                            Some((Credentials::AssumeRole(role), name)) if role.needs_mfa && !view.needs_mfa => {
                                view.needs_mfa = true;
                                view.renew = ask(name);
                            }
                            _ => {}
                        }
                    }
                    RoleSource::Environment | RoleSource::Machine | RoleSource::Missing => {}
                }
            }
            Credentials::Temporary { access_key_id, renew, .. } => {
                view.access_key = masked(access_key_id);
                view.renew.clone_from(renew);
            }
            Credentials::Static { access_key_id } | Credentials::Environment { access_key_id, .. } => {
                view.access_key = masked(access_key_id);
            }
            Credentials::BedrockKey(Some(BedrockKey::ShortTerm { region, .. })) => {
                view.region = Some(shown(region).into_owned());
            }
            Credentials::CredentialProcess { .. }
            | Credentials::Login { .. }
            | Credentials::Container
            | Credentials::BedrockKey(_)
            | Credentials::None => {}
        }
        view
    }
}

/// None for what is no access key id: nothing of it is shown.
fn masked(access_key_id: &str) -> Option<String> {
    Some(masked_key_id(access_key_id)).filter(|masked| masked.chars().count() > 1)
}

fn kind_of(credentials: &Credentials) -> &'static str {
    match credentials {
        Credentials::Sso { .. } => "sso",
        Credentials::AssumeRole(_) => "assume-role",
        Credentials::WebIdentity(_) => "web-identity",
        Credentials::CredentialProcess { .. } => "credential-process",
        Credentials::Login { .. } => "login",
        Credentials::Static { .. } => "static",
        Credentials::Temporary { .. } => "temporary",
        Credentials::Environment { .. } => "environment",
        Credentials::Container => "container",
        Credentials::BedrockKey(_) => "bedrock-key",
        Credentials::None => "none",
    }
}
