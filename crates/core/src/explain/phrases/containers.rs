//! Kubernetes, registries of containers and packages, and git.

use crate::explain::cause::Cause as C;
use crate::explain::phrase::Client::{Any, Docker, Eksctl, Helm, Kubectl};
use crate::explain::phrase::{Phrase, says, wraps};

/// A registry of AWS's own.
const ECR: &[&str] = &[".dkr.ecr.", "public.ecr.aws", "ecr get-login", "amazonaws", "ecr:"];

/// Packages, at an address such as `DOMAIN-ACCOUNT.d.codeartifact.REGION.amazonaws.com`.
const CODEARTIFACT: &[&str] = &[".codeartifact."];

pub(super) const PHRASES: &[Phrase] = &[
    wraps(Kubectl, C::KubernetesCredentials, "getting credentials: exec: executable aws failed with exit code"),
    wraps(Kubectl, C::KubernetesCredentials, "getting credentials: exec: executable aws-iam-authenticator failed"),
    wraps(Kubectl, C::KubernetesCredentials, "getting credentials: exec: executable aws not found"),
    wraps(Kubectl, C::KubernetesCredentials, "getting credentials: exec: exit status"),
    wraps(Kubectl, C::KubernetesCredentials, "exec: executable aws not found"),
    wraps(Kubectl, C::KubernetesCredentials, "exec: executable aws failed"),
    wraps(
        Kubectl,
        C::KubernetesCredentials,
        "exec plugin: invalid apiVersion \"client.authentication.k8s.io/v1alpha1\"",
    ),
    wraps(
        Kubectl,
        C::KubernetesCredentials,
        "exec plugin is configured to use API version client.authentication.k8s.io/",
    ),
    wraps(Kubectl, C::KubernetesCredentials, "You must be logged in to the server"),
    wraps(Kubectl, C::KubernetesCredentials, "the server has asked for the client to provide credentials"),
    wraps(Kubectl, C::KubernetesCredentials, "couldn't get current server API group list: Unauthorized"),
    wraps(Helm, C::KubernetesCredentials, "Kubernetes cluster unreachable: {}credentials"),
    wraps(Helm, C::KubernetesCredentials, "Kubernetes cluster unreachable: the server has asked"),
    wraps(Kubectl, C::KubernetesCredentials, "error: context \"{}\" does not exist")
        .only_near(&["kubectl", "eks", "arn:aws"]),
    wraps(Kubectl, C::KubernetesCredentials, "error: no context exists with the name"),
    wraps(Kubectl, C::KubernetesCredentials, "context was not found for specified context: {}"),
    wraps(Eksctl, C::NoCredentials, "checking AWS STS access - cannot get role ARN for current session"),
    wraps(Eksctl, C::NoCredentials, "cannot get role ARN for current session"),
    says(
        Docker,
        C::ContainerRegistryTokenExpired,
        "Your authorization token has expired. Reauthenticate and try again",
    ),
    says(Docker, C::ContainerRegistryTokenExpired, "no basic auth credentials").near(ECR),
    says(Docker, C::ContainerRegistryTokenExpired, "failed with status: 400 Bad Request").only_near(&[".dkr.ecr."]),
    says(Docker, C::ContainerRegistryTokenExpired, "Your Authorization Token has expired"),
    says(Docker, C::ContainerRegistryTokenExpired, "authorization status: 401: authorization failed").near(ECR),
    says(Docker, C::ContainerRegistryTokenExpired, "unexpected status from HEAD request to {}: 403 Forbidden")
        .near(ECR),
    says(Docker, C::ContainerRegistryTokenExpired, "403 Forbidden").only_near(&[".dkr.ecr.", "public.ecr.aws"]),
    says(Docker, C::ContainerRegistryTokenExpired, "401 Unauthorized").only_near(&[".dkr.ecr.", "public.ecr.aws"]),
    says(Any, C::ContainerRegistryTokenExpired, "401 Error, Credentials not correct for").only_near(CODEARTIFACT),
    says(Any, C::ContainerRegistryTokenExpired, "401 Client Error: Unauthorized for url").only_near(CODEARTIFACT),
    says(Any, C::ContainerRegistryTokenExpired, "HTTPError: 401 Unauthorized from").only_near(CODEARTIFACT),
    says(Any, C::ContainerRegistryTokenExpired, "error code E401").only_near(CODEARTIFACT),
    says(Any, C::ContainerRegistryTokenExpired, "ERR! code E401").only_near(CODEARTIFACT),
    says(Any, C::ContainerRegistryTokenExpired, "status: 401 Unauthorized").only_near(CODEARTIFACT),
    says(Any, C::ContainerRegistryTokenExpired, "status code: 401, reason phrase: Unauthorized")
        .only_near(CODEARTIFACT),
    says(Any, C::TemporaryCredentialsExpired, "The requested URL returned error: 403").only_near(&["git-codecommit."]),
];
