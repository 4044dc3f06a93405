//! The network, the region, and the tools around AWS.

use crate::explain::cause::{About, LoginHelps};

pub(super) const REGION_NOT_ENABLED: About = About {
    code: "region-not-enabled",
    title: "The account may not use this region or service yet",
    explanation: "Newer regions must be enabled for each account, and some services must be subscribed to first.",
    login: LoginHelps::No,
    advice: &[
        "Use a region that is enabled for the account",
        "Enable the region in the account's settings, or finish signing up for the service; that takes some minutes",
    ],
};

pub(super) const SDK_MODULE_MISSING: About = About {
    code: "sdk-module-missing",
    title: "A part of the SDK is not installed",
    explanation: "This kind of profile needs a library that the program does not have: awscrt for Python, the modules sso, ssooidc, sts or signin for Java, a package for JavaScript or .NET.",
    login: LoginHelps::No,
    advice: &[
        "Install what the message names: for Python 'pip install \"botocore[crt]\"', for Java the module software.amazon.awssdk:NAME, for .NET the package AWSSDK.NAME",
    ],
};

pub(super) const KUBERNETES_CREDENTIALS: About = About {
    code: "kubernetes-credentials",
    title: "The cluster did not get credentials that it takes",
    explanation: "kubectl and its relatives ask a program (mostly 'aws eks get-token') for a token. That program failed, or the cluster does not know the identity that its token stands for.",
    login: LoginHelps::Depends,
    advice: &[
        "Read the line above: the program's own message says what failed, and 'relight explain' knows it too",
        "See which profile the context's user has (kubectl config view --minify), and whether it works (relight status)",
        "Where the token is fine and the answer is Unauthorized, the cluster needs an access entry for your role: ask who administers it",
    ],
};

pub(super) const CONTAINER_REGISTRY_TOKEN_EXPIRED: About = About {
    code: "container-registry-token-expired",
    title: "The login at the registry is over",
    explanation: "A login at Amazon ECR or CodeArtifact lasts 12 hours and is the tool's own (docker, pip, npm): signing in to AWS does not renew it.",
    login: LoginHelps::No,
    advice: &[
        "Log docker in again: aws ecr get-login-password --region REGION | docker login --username AWS --password-stdin ACCOUNT.dkr.ecr.REGION.amazonaws.com",
        "For public.ecr.aws: docker logout public.ecr.aws",
        "Log pip, npm or another tool in again: aws codeartifact login --tool TOOL --domain DOMAIN --domain-owner ACCOUNT --repository REPOSITORY --region REGION",
    ],
};

pub(super) const BEDROCK_BEARER_TOKEN: About = About {
    code: "bedrock-bearer-token",
    title: "The Bedrock API key does not work",
    explanation: "The program has a Bedrock API key, mostly from AWS_BEARER_TOKEN_BEDROCK: for Bedrock it beats every profile, while everything else works with the profile. This key is wrong, over, or not allowed to do this.",
    login: LoginHelps::No,
    advice: &[
        "Unset AWS_BEARER_TOKEN_BEDROCK, so that the profile is used",
        "Or make a new Bedrock API key and set it whole; short-term keys last 12 hours at most",
    ],
};

pub(super) const BEDROCK_MODEL_ACCESS: About = About {
    code: "bedrock-model-access",
    title: "The account has no access to this model here",
    explanation: "The credentials work. The model is not enabled for the account, is not offered in this region, or is used through an inference profile only.",
    login: LoginHelps::No,
    advice: &[
        "Ask for access to the model in Bedrock's console, in this region",
        "Use a region that offers the model, or the id of its inference profile, such as us.anthropic.…",
    ],
};

pub(super) const NETWORK: About = About {
    code: "network",
    title: "AWS could not be reached",
    explanation: "The name was not found, nothing answered, or the proxy did not let the call through. A region that does not exist looks the same, because its host has no address.",
    login: LoginHelps::No,
    advice: &[
        "See that this machine is online, with the VPN that it needs",
        "Correct HTTPS_PROXY and NO_PROXY, and the region in the host's name",
    ],
};

pub(super) const TLS_INTERCEPTION: About = About {
    code: "tls-interception",
    title: "The certificate is not one that the program trusts",
    explanation: "A proxy of your network opens TLS connections and shows a certificate of its own, which the program does not know. The system's browser does, which is why pages work.",
    login: LoginHelps::No,
    advice: &[
        "Set AWS_CA_BUNDLE (or ca_bundle in ~/.aws/config) to a file with your organisation's certificate; for Node.js NODE_EXTRA_CA_CERTS",
    ],
};

pub(super) const THROTTLED: About = About {
    code: "throttled",
    title: "AWS asks to go slower",
    explanation: "There were too many calls in a short time, of this program or of others in the account. The credentials work.",
    login: LoginHelps::No,
    advice: &["Wait a moment and try again", "Let the program make fewer calls at once, or ask for a higher quota"],
};

pub(super) const UNKNOWN: About = About {
    code: "unknown",
    title: "Relight does not know this text",
    explanation: "Nothing in it is an error of AWS credentials that Relight knows.",
    login: LoginHelps::Depends,
    advice: &["See how your sessions and profiles stand (relight status)"],
};
