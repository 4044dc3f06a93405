//! The API server of a cluster on EKS: whom it knows by the tokens that `aws eks get-token` makes.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use super::answer::{Answer, Refusal};
use super::journal::Request;
use super::model::Model;

impl Model {
    /// Lists the namespaces to whoever sts knows. A token is the address of a signed call of `GetCallerIdentity`, which the
    /// server makes itself.
    pub(super) fn list_namespaces(&self, request: &Request) -> Result<Answer, Refusal> {
        let token = request.header("authorization").and_then(|value| value.strip_prefix("Bearer "));
        if token.is_none_or(|token| !self.is_known_to_sts(token)) {
            let status = json!({
                "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
                "message": "Unauthorized", "reason": "Unauthorized", "code": 401
            });
            return Ok(Answer::new(401, "application/json", status.to_string()));
        }
        let namespaces = json!({ "kind": "NamespaceList", "apiVersion": "v1", "metadata": {}, "items": [] });
        Ok(Answer::json(&namespaces))
    }

    fn is_known_to_sts(&self, token: &str) -> bool {
        let address = token.strip_prefix("k8s-aws-v1.").and_then(|coded| URL_SAFE_NO_PAD.decode(coded).ok());
        let address = address.and_then(|address| String::from_utf8(address).ok()).unwrap_or_default();
        let (_, query) = address.split_once('?').unwrap_or_default();
        let value = |name: &str| {
            let (_, value) = form_urlencoded::parse(query.as_bytes()).find(|(known, _)| known == name)?;
            Some(value.into_owned())
        };
        let credential = value("X-Amz-Credential").unwrap_or_default();
        let id = credential.split('/').next().unwrap_or_default();
        value("Action").as_deref() == Some("GetCallerIdentity")
            && self.key(id, value("X-Amz-Security-Token").as_deref()).is_ok()
    }
}
