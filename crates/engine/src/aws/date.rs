//! Reads the date of each answer of AWS, to see a clock of this machine that is wrong.

use crate::clock;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::{RuntimeComponents, RuntimeComponentsBuilder};
use aws_smithy_types::config_bag::ConfigBag;
use relight_core::skew::skew;
use relight_core::time::SignedDuration;
use std::sync::{Arc, Mutex, PoisonError};

/// How far AWS's clock is ahead, by its last answer.
#[derive(Clone, Debug, Default)]
pub(super) struct Skew(Arc<Mutex<Option<SignedDuration>>>);

impl Skew {
    /// None before the first answer.
    pub(super) fn last(&self) -> Option<SignedDuration> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers of proxies and of pages to sign in to a network have dates of their own: AWS's have a request's id.
    fn note(&self, answer: &HttpResponse) {
        let header = |name| answer.headers().get(name);
        if header("x-amzn-requestid").is_some()
            && let Some(skew) = header("date").and_then(|date| skew(date, clock::now()))
        {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(skew);
        }
    }
}

/// `client`, with every answer's date noted in `skew`.
pub(super) fn noted(client: SharedHttpClient, skew: Skew) -> SharedHttpClient {
    SharedHttpClient::new(Noting { client, skew })
}

#[derive(Debug)]
struct Noting {
    client: SharedHttpClient,
    skew: Skew,
}

impl HttpClient for Noting {
    fn http_connector(&self, settings: &HttpConnectorSettings, parts: &RuntimeComponents) -> SharedHttpConnector {
        let connector = self.client.http_connector(settings, parts);
        SharedHttpConnector::new(NotingConnector { connector, skew: self.skew.clone() })
    }

    fn validate_base_client_config(&self, parts: &RuntimeComponentsBuilder, bag: &ConfigBag) -> Result<(), BoxError> {
        self.client.validate_base_client_config(parts, bag)
    }

    fn validate_final_config(&self, parts: &RuntimeComponents, bag: &ConfigBag) -> Result<(), BoxError> {
        HttpClient::validate_final_config(&self.client, parts, bag)
    }

    fn connector_metadata(&self) -> Option<ConnectorMetadata> {
        self.client.connector_metadata()
    }
}

#[derive(Debug)]
struct NotingConnector {
    connector: SharedHttpConnector,
    skew: Skew,
}

impl HttpConnector for NotingConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (answering, skew) = (self.connector.call(request), self.skew.clone());
        HttpConnectorFuture::new(async move {
            let answer = answering.await?;
            skew.note(&answer);
            Ok(answer)
        })
    }
}
