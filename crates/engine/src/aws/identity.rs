//! sts: who some keys are of. The answer's own time tells how wrong this machine's clock is.

use super::{called, failure, sts};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeDeserializationInterceptorContextRef;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use jiff::fmt::rfc2822;
use relight_core::credentials::{AccessKeys, CallFailure, Sts};
use relight_core::doctor::Identity;
use relight_core::time::Timestamp;
use std::sync::{Arc, Mutex, PoisonError};

/// `GetCallerIdentity`, which every key may call.
pub(super) async fn caller_identity(
    sts: &Sts,
    http: SharedHttpClient,
    keys: &AccessKeys,
) -> (Result<Identity, CallFailure>, Option<Timestamp>) {
    let date = DateSeen::default();
    let asked = sts::client(sts, http, Some(sts::signer(keys))).get_caller_identity();
    let sent = asked.customize().interceptor(date.clone()).send().await;
    let secrets: Vec<_> = [Some(&keys.secret_access_key), keys.session_token.as_ref()].into_iter().flatten().collect();
    let identity = match sent {
        Ok(output) => {
            output.account.zip(output.arn).map(|(account_id, arn)| Identity { account_id, arn }).ok_or_else(|| {
                called(failure::incomplete(&sts.endpoint, "an answer without an account and an ARN"), None)
            })
        }
        Err(error) => Err(called(failure::of(&error, &sts.endpoint, &secrets), failure::code_of(&error))),
    };
    (identity, date.read())
}

/// Keeps the header `Date` of an answer, also of one that says no.
#[derive(Clone, Debug, Default)]
struct DateSeen(Arc<Mutex<Option<String>>>);

impl DateSeen {
    fn read(&self) -> Option<Timestamp> {
        let text = self.0.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        rfc2822::DateTimeParser::new().parse_timestamp(&text).ok()
    }
}

impl Intercept for DateSeen {
    fn name(&self) -> &'static str {
        "DateSeen"
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let date = context.response().headers().get("date").map(ToOwned::to_owned);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = date;
        Ok(())
    }
}
