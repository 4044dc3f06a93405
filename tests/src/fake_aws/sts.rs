//! sts: who a key stands for, and temporary keys for others (aws-sessions.md 5.1).
//!
//! Keys are known by their id and session token; the signature is not verified.

use std::time::Duration;

use super::access_key::{AccessKey, Credentials, Identity};
use super::answer::{Answer, Refusal};
use super::journal::Request;
use super::model::Model;
use super::pages::escape;

/// The longest session of a role that a role assumed, and the default of every role.
const CHAINED_LENGTH: u64 = 3600;
const SHORTEST_LENGTH: u64 = 900;
const LONGEST_ROLE_LENGTH: u64 = 43_200;
const USER_LENGTH: u64 = 43_200;
const LONGEST_USER_LENGTH: u64 = 129_600;

impl Model {
    pub(super) fn get_caller_identity(&self, request: &Request) -> Result<Answer, Refusal> {
        let caller = &self.caller(request)?.identity;
        let result = format!(
            "<Arn>{}</Arn><UserId>{}</UserId><Account>{}</Account>",
            escape(&caller.arn),
            escape(&caller.user_id),
            escape(&caller.account_id)
        );
        Ok(response("GetCallerIdentity", &result, request))
    }

    /// Every well-formed role may be assumed. One whose path is `/mfa/` wants MFA.
    pub(super) fn assume_role(&mut self, request: &Request) -> Result<Answer, Refusal> {
        let caller = self.caller(request)?.identity.clone();
        let role_arn = required(request, "RoleArn")?;
        let length = length(request, CHAINED_LENGTH, LONGEST_ROLE_LENGTH)?;
        if caller.is_role && length.as_secs() > CHAINED_LENGTH {
            return Err(invalid(
                "The requested DurationSeconds exceeds the 1 hour session limit for roles \
                 assumed by role chaining",
            ));
        }
        let with_mfa = self.check_code(request)?;
        if role_arn.contains(":role/mfa/") && !with_mfa {
            let message =
                format!("User: {} is not authorized to perform: sts:AssumeRole on resource: {role_arn}", caller.arn);
            return Err(Refusal::new(403, "AccessDenied", message));
        }
        self.assumed("AssumeRole", &role_arn, length, request)
    }

    /// Every token of three parts is taken; nobody signs the request.
    pub(super) fn assume_role_with_web_identity(&mut self, request: &Request) -> Result<Answer, Refusal> {
        if required(request, "WebIdentityToken")?.split('.').count() != 3 {
            return Err(Refusal::new(400, "InvalidIdentityToken", "The ID Token provided is not a valid JWT."));
        }
        let length = length(request, CHAINED_LENGTH, LONGEST_ROLE_LENGTH)?;
        self.assumed("AssumeRoleWithWebIdentity", &required(request, "RoleArn")?, length, request)
    }

    /// Whether there is a code of an MFA device that is good: six digits, each code once.
    fn check_code(&mut self, request: &Request) -> Result<bool, Refusal> {
        let denied = |why: &str| Refusal::new(403, "AccessDenied", format!("MultiFactorAuthentication failed{why}"));
        if request.form_value("SerialNumber").is_none() {
            return Ok(false);
        }
        let code = request
            .form_value("TokenCode")
            .ok_or_else(|| denied(", must provide both MFA serial number and one time pass code."))?;
        let is_code = code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit());
        if !is_code || !self.used_codes.insert(code) {
            return Err(denied(" with invalid MFA one time pass code. "));
        }
        Ok(true)
    }

    fn assumed(
        &mut self,
        action: &str,
        role_arn: &str,
        length: Duration,
        request: &Request,
    ) -> Result<Answer, Refusal> {
        let session = required(request, "RoleSessionName")?;
        let (partition, account_id, role) =
            read_role_arn(role_arn).ok_or_else(|| invalid(format!("{role_arn} is invalid")))?;
        let role_id = self.mint.identifier("AROAFAKE");
        let identity = Identity::of_role(partition, account_id, role, &role_id, &session);
        let expires_at = self.now() + length;
        let credentials = self.issue_credentials(identity.clone(), expires_at);
        let result = format!(
            "<AssumedRoleUser><AssumedRoleId>{}</AssumedRoleId><Arn>{}</Arn></AssumedRoleUser>{}",
            escape(&identity.user_id),
            escape(&identity.arn),
            credentials_xml(&credentials)
        );
        Ok(response(action, &result, request))
    }

    pub(super) fn get_session_token(&mut self, request: &Request) -> Result<Answer, Refusal> {
        let caller = self.caller(request)?;
        if caller.temporary.is_some() {
            return Err(Refusal::new(403, "AccessDenied", "Cannot call GetSessionToken with session credentials"));
        }
        let identity = caller.identity.clone();
        let expires_at = self.now() + length(request, USER_LENGTH, LONGEST_USER_LENGTH)?;
        let credentials = self.issue_credentials(identity, expires_at);
        Ok(response("GetSessionToken", &credentials_xml(&credentials), request))
    }

    /// The key that signed the request (aws-sessions.md 5.3 has the errors).
    pub(super) fn caller(&self, request: &Request) -> Result<&AccessKey, Refusal> {
        let refuse = |code, message: &str| Refusal::new(403, code, message);
        let authorization = request
            .header("authorization")
            .ok_or_else(|| refuse("MissingAuthenticationToken", "Request is missing Authentication Token"))?;
        let access_key_id = authorization
            .split_once("Credential=")
            .and_then(|(_, credential)| credential.split_once('/'))
            .map(|(access_key_id, _)| access_key_id)
            .ok_or_else(|| {
                let message = "Authorization header requires 'Credential' parameter.";
                Refusal::new(400, "IncompleteSignature", message)
            })?;
        self.key(access_key_id, request.header("x-amz-security-token"))
    }

    /// The key of this id, with its session token.
    pub(super) fn key(&self, access_key_id: &str, told: Option<&str>) -> Result<&AccessKey, Refusal> {
        let refuse = |code, message: &str| Refusal::new(403, code, message);
        let invalid = || {
            let message = "The security token included in the request is invalid.";
            refuse("InvalidClientTokenId", message)
        };
        let key = self.access_keys.get(access_key_id).ok_or_else(invalid)?;
        let temporary = key.temporary.as_ref();
        let session_token = temporary.map(|temporary| temporary.session_token.as_str());
        if told != session_token {
            return Err(invalid());
        }
        if temporary.is_some_and(|temporary| self.now() >= temporary.expires_at) {
            let message = "The security token included in the request is expired";
            return Err(refuse("ExpiredToken", message));
        }
        Ok(key)
    }
}

fn response(action: &str, result: &str, request: &Request) -> Answer {
    let request_id = &request.id;
    Answer::xml(format!(
        "<{action}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\
         <{action}Result>{result}</{action}Result>\
         <ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata>\
         </{action}Response>\n"
    ))
}

fn credentials_xml(credentials: &Credentials) -> String {
    format!(
        "<Credentials><AccessKeyId>{}</AccessKeyId><SecretAccessKey>{}</SecretAccessKey>\
         <SessionToken>{}</SessionToken><Expiration>{}</Expiration></Credentials>",
        credentials.access_key_id,
        credentials.secret_access_key,
        credentials.session_token,
        credentials.expires_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    )
}

/// Partition, account and role of `arn:aws:iam::111122223333:role/some/path/Name`.
fn read_role_arn(arn: &str) -> Option<(&str, &str, &str)> {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", partition, "iam", "", account_id, resource] = parts[..] else {
        return None;
    };
    let role = resource.strip_prefix("role/")?.rsplit('/').next()?;
    let is_account = account_id.len() == 12 && account_id.bytes().all(|digit| digit.is_ascii_digit());
    (is_account && !role.is_empty()).then_some((partition, account_id, role))
}

fn length(request: &Request, default: u64, longest: u64) -> Result<Duration, Refusal> {
    let seconds = match request.form_value("DurationSeconds") {
        None => default,
        Some(seconds) => seconds
            .parse()
            .ok()
            .filter(|seconds| (SHORTEST_LENGTH..=longest).contains(seconds))
            .ok_or_else(|| invalid(format!("DurationSeconds must be between {SHORTEST_LENGTH} and {longest}")))?,
    };
    Ok(Duration::from_secs(seconds))
}

fn required(request: &Request, name: &str) -> Result<String, Refusal> {
    let value = request.form_value(name).filter(|value| !value.is_empty());
    value.ok_or_else(|| invalid(format!("{name} is required")))
}

fn invalid(message: impl Into<String>) -> Refusal {
    Refusal::new(400, "ValidationError", message)
}
