//! What stands in the files and in the environment.

use crate::explain::cause::{About, LoginHelps};

pub(super) const PARTIAL_CREDENTIALS: About = About {
    code: "partial-credentials",
    title: "Half of a key is missing",
    explanation: "A key id stands without its secret, or the secret without the id, or a role without anything to assume it with.",
    login: LoginHelps::No,
    advice: &["Add what is missing, or remove the other half: the message names the source"],
};

pub(super) const PROFILE_NOT_FOUND: About = About {
    code: "profile-not-found",
    title: "There is no profile of that name",
    explanation: "The name is in none of the files that this program reads. In ~/.aws/config a profile's header is [profile NAME], in ~/.aws/credentials [NAME].",
    login: LoginHelps::No,
    advice: &[
        "Correct the name: in AWS_PROFILE, in --profile or in the program's own configuration",
        "See that the program reads the files that you mean: AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE and HOME say which",
    ],
};

pub(super) const CONFIG_UNPARSABLE: About = About {
    code: "config-unparsable",
    title: "The program refuses the whole file",
    explanation: "One line of the AWS config or credentials file is against the rules that this program reads by, so it reads none of it, and no profile works. Other programs may read the same file.",
    login: LoginHelps::No,
    advice: &["Correct the line: a section or a key that stands twice, a line without '=', a byte order mark"],
};

pub(super) const SOURCE_PROFILE_BROKEN: About = About {
    code: "source-profile-broken",
    title: "The role has nothing to start from",
    explanation: "The profile assumes a role with another profile's credentials, and that profile is not there, has none, or leads back to this one; or there are two sources where one is allowed.",
    login: LoginHelps::No,
    advice: &[
        "Correct source_profile: it names a profile that has credentials of its own",
        "Keep one of source_profile, credential_source, credential_process and web_identity_token_file",
    ],
};

pub(super) const CREDENTIAL_PROCESS_FAILED: About = About {
    code: "credential-process-failed",
    title: "The credential_process gave no credentials",
    explanation: "The profile gets its credentials from a program. It failed, printed something else than the JSON that is expected, named another version, or gave credentials that are over already.",
    login: LoginHelps::No,
    advice: &[
        "Run the command in credential_process by hand and read what it says",
        "It must print one JSON object with \"Version\": 1 on standard output, and nothing else there",
    ],
};

pub(super) const ENVIRONMENT_SHADOWS_PROFILE: About = About {
    code: "environment-shadows-profile",
    title: "A key in the environment hides the profile",
    explanation: "AWS_ACCESS_KEY_ID is set, and most programs take it before the profile that AWS_PROFILE names.",
    login: LoginHelps::No,
    advice: &["Unset AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or AWS_PROFILE"],
};

pub(super) const MISSING_REGION: About = About {
    code: "missing-region",
    title: "No region is set, or a wrong one",
    explanation: "The program does not know which region to call: neither the environment nor the profile says, or they name one that AWS does not have.",
    login: LoginHelps::No,
    advice: &["Set AWS_REGION (boto3: AWS_DEFAULT_REGION), or add region to the profile in ~/.aws/config"],
};

pub(super) const SDK_CONFIG_NOT_LOADED: About = About {
    code: "sdk-config-not-loaded",
    title: "An older SDK did not read ~/.aws/config",
    explanation: "The SDKs for Go (version 1) and JavaScript (version 2) read only ~/.aws/credentials unless AWS_SDK_LOAD_CONFIG is set, so profiles of the config file are not there for them.",
    login: LoginHelps::No,
    advice: &["Set AWS_SDK_LOAD_CONFIG=1", "Update the program: newer SDKs read both files"],
};
