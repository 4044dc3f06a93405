//! How the table of phrases is written.

use super::cause::Cause;

/// Something that a program says, and why.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase {
    /// What is said, with `{}` for what varies and `{profile}` for what is worth knowing (`Capture` lists the names).
    /// As short as nothing else says it, so that a text that was cut off is known too.
    pub(super) text: &'static str,
    /// Why.
    pub(super) cause: Cause,
    /// Who says so.
    pub(super) client: Client,
    /// How much it tells.
    pub(super) weight: Weight,
    /// One of these must stand nearby, where the words alone could be anybody's.
    pub(super) near: &'static [&'static str],
    /// Whether that holds even where the words are all of the text: other programs say the same.
    pub(super) is_common: bool,
}

/// How much a phrase tells beside others in the same error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// That something inside failed: the rest of the text says what.
    Wraps,
    /// A service's bare error code, as it stands: in these very letters, as a word of its own.
    Code,
    /// A whole sentence.
    Says,
    /// A sentence that makes others clear: `Signature expired` tells what `SignatureDoesNotMatch` means.
    Decides,
}

/// Who says it. Those who are built on an SDK repeat its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Client {
    /// boto3 and the AWS CLI, which share botocore.
    Boto3,
    /// The AWS CLI alone.
    AwsCli,
    /// The SDK for JavaScript.
    Js,
    /// The SDKs for Go.
    Go,
    /// The SDK for Rust.
    Rust,
    /// The SDK for Java.
    Java,
    /// The SDK for .NET, and the Tools for PowerShell.
    DotNet,
    /// The SDK for PHP.
    Php,
    /// The SDK for Ruby.
    Ruby,
    /// Terraform and its relatives.
    Terraform,
    /// The CDK.
    Cdk,
    /// kubectl and other clients of Kubernetes.
    Kubectl,
    /// Helm.
    Helm,
    /// eksctl.
    Eksctl,
    /// Docker and its relatives.
    Docker,
    /// AWS itself, through whatever program.
    Aws,
    /// Programs of any kind: libraries for the network, shells.
    Any,
}

/// What a phrase can give beside its cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Capture {
    /// A profile's name.
    Profile,
    /// The name of an `[sso-session]`, or a start URL.
    Session,
    /// An account's number.
    Account,
    /// A region.
    Region,
    /// A role's name or ARN.
    Role,
    /// What is missing, refused or wrong, as the program calls it.
    Detail,
}

impl Client {
    /// Its stable name; none where the text says nothing of the program.
    pub fn code(self) -> Option<&'static str> {
        Some(match self {
            Self::Boto3 => "boto3",
            Self::AwsCli => "aws-cli",
            Self::Js => "js",
            Self::Go => "go",
            Self::Rust => "rust",
            Self::Java => "java",
            Self::DotNet => "dotnet",
            Self::Php => "php",
            Self::Ruby => "ruby",
            Self::Terraform => "terraform",
            Self::Cdk => "cdk",
            Self::Kubectl => "kubectl",
            Self::Helm => "helm",
            Self::Eksctl => "eksctl",
            Self::Docker => "docker",
            Self::Aws | Self::Any => return None,
        })
    }

    /// The words for a name that [`Self::code`] gave.
    pub fn words_of(code: &str) -> Option<&'static str> {
        const ALL: [Client; 15] = [
            Client::Boto3,
            Client::AwsCli,
            Client::Js,
            Client::Go,
            Client::Rust,
            Client::Java,
            Client::DotNet,
            Client::Php,
            Client::Ruby,
            Client::Terraform,
            Client::Cdk,
            Client::Kubectl,
            Client::Helm,
            Client::Eksctl,
            Client::Docker,
        ];
        ALL.into_iter().find(|client| client.code() == Some(code)).map(Self::words)
    }

    /// For people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Boto3 => "boto3 and the AWS CLI",
            Self::AwsCli => "the AWS CLI",
            Self::Js => "the AWS SDK for JavaScript",
            Self::Go => "the AWS SDK for Go",
            Self::Rust => "the AWS SDK for Rust",
            Self::Java => "the AWS SDK for Java",
            Self::DotNet => "the AWS SDK for .NET and PowerShell",
            Self::Php => "the AWS SDK for PHP",
            Self::Ruby => "the AWS SDK for Ruby",
            Self::Terraform => "Terraform",
            Self::Cdk => "the CDK",
            Self::Kubectl => "kubectl",
            Self::Helm => "Helm",
            Self::Eksctl => "eksctl",
            Self::Docker => "Docker",
            Self::Aws => "AWS",
            Self::Any => "any program",
        }
    }
}

impl Capture {
    pub(super) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "profile" => Self::Profile,
            "session" => Self::Session,
            "account" => Self::Account,
            "region" => Self::Region,
            "role" => Self::Role,
            "detail" => Self::Detail,
            _ => return None,
        })
    }
}

impl Phrase {
    const fn new(text: &'static str, cause: Cause, client: Client, weight: Weight) -> Self {
        Self { text, cause, client, weight, near: &[], is_common: false }
    }

    /// With the words of which one must stand nearby.
    pub(super) const fn near(mut self, words: &'static [&'static str]) -> Self {
        self.near = words;
        self
    }

    /// The same, of words that programs of all kinds say: alone they mean nothing.
    pub(super) const fn only_near(mut self, words: &'static [&'static str]) -> Self {
        self.near = words;
        self.is_common = true;
        self
    }
}

pub(super) const fn says(client: Client, cause: Cause, text: &'static str) -> Phrase {
    Phrase::new(text, cause, client, Weight::Says)
}

pub(super) const fn decides(client: Client, cause: Cause, text: &'static str) -> Phrase {
    Phrase::new(text, cause, client, Weight::Decides)
}

pub(super) const fn wraps(client: Client, cause: Cause, text: &'static str) -> Phrase {
    Phrase::new(text, cause, client, Weight::Wraps)
}

/// What tells that somebody speaks of AWS, or that one of its SDKs speaks.
pub(super) const SIGNS: &[&str] = &[
    "botocore",
    "boto3",
    "aws-sdk",
    "awssdk",
    "aws_sdk",
    "aws_config",
    "awscli",
    "aws-cli",
    ".aws/",
    ".aws\\",
    "aws login",
    "aws sso",
    "aws: ",
    "aws_",
    "arn:aws",
    "amazon",
    "awsapps.com",
    "@smithy",
    "SdkClientException",
    "CredentialsProviderError",
    "ProviderError",
    "loading credentials",
    "when calling the",
    "operation error",
];

/// What tells that an error code is one of AWS's.
const AWS: &[&str] = &[
    "when calling the",
    "aws",
    "amz",
    "amazon",
    "boto",
    "arn:",
    "api error",
    "service error",
    "unhandled error",
    "operation error",
    "status code",
    "statuscode",
    "request id",
    "requestid",
    "__type",
    "security token",
    "CredentialsProviderError",
    "@smithy",
];

pub(super) const fn code(cause: Cause, text: &'static str) -> Phrase {
    Phrase::new(text, cause, Client::Aws, Weight::Code).near(AWS)
}
