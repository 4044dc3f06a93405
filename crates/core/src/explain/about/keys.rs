//! Credentials that are there, or not, and what AWS makes of them.

use crate::explain::cause::{About, LoginHelps};

pub(super) const TEMPORARY_CREDENTIALS_EXPIRED: About = About {
    code: "temporary-credentials-expired",
    title: "Temporary credentials have ended",
    explanation: "The key is a temporary one with a session token, and its time is over. A sign-in helps where the profile gets its credentials from a session; keys that were copied into a file or the environment must be copied anew.",
    login: LoginHelps::Depends,
    advice: &[
        "Get new credentials from where these came: sign in to the profile's session, or run the tool that wrote them",
        "Unset AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN where they are old ones",
        "Restart programs that ran all the time: many keep the credentials that they started with",
    ],
};

pub(super) const CREDENTIALS_UNKNOWN_TO_AWS: About = About {
    code: "credentials-unknown-to-aws",
    title: "AWS does not know this key",
    explanation: "AWS found no such access key. There are four reasons: the key was deleted or deactivated; it is a temporary key (ASIA…) without its session token; it belongs to another partition (China, GovCloud); or the region is not enabled for the account.",
    login: LoginHelps::Depends,
    advice: &[
        "Where the key begins with ASIA, copy all three values: aws_access_key_id, aws_secret_access_key and aws_session_token",
        "See whether the key still exists and is active (aws iam list-access-keys), and make a new one where it is not",
        "In China and GovCloud, use a region of the partition that the key is of",
        "Enable the region for the account, or use another one",
    ],
};

pub(super) const SECRET_KEY_WRONG: About = About {
    code: "secret-key-wrong",
    title: "The secret does not belong to the key",
    explanation: "The key id is known, but the signature was not made with its secret: the secret is cut off, has quotes or spaces around it, or is another key's. A proxy that changes requests does the same.",
    login: LoginHelps::No,
    advice: &[
        "Copy the key id and its secret again, together, without quotes and spaces",
        "See that key id and secret come from the same place: one in the environment and one in a file do not fit",
    ],
};

pub(super) const CLOCK_SKEW: About = About {
    code: "clock-skew",
    title: "This machine's clock is wrong",
    explanation: "AWS takes signed requests for five to fifteen minutes only. The request's time is too far from AWS's own. Virtual machines, WSL and containers get there after a sleep.",
    login: LoginHelps::No,
    advice: &[
        "Set the clock from the network: on Linux 'sudo timedatectl set-ntp true', on Windows 'w32tm /resync', in macOS's Date & Time settings",
        "In WSL, end it with 'wsl --shutdown' and start it again; in Docker, restart the virtual machine",
    ],
};

pub(super) const ACCESS_DENIED: About = About {
    code: "access-denied",
    title: "This identity may not do that",
    explanation: "AWS knows who you are: the credentials work. A permission is missing, or a policy denies it: of the identity, the resource, the organisation, a boundary or the session.",
    login: LoginHelps::No,
    advice: &[
        "See who you are (aws sts get-caller-identity): is it the account and role that you meant?",
        "Ask the account's administrator for the permission that the message names",
    ],
};

pub(super) const ASSUME_ROLE_DENIED: About = About {
    code: "assume-role-denied",
    title: "This role cannot be assumed",
    explanation: "The credentials work, but AWS does not let them assume the role: the role's trust policy does not name you, you lack sts:AssumeRole, it wants MFA or an external id, the duration is longer than the role allows, or the identity token is not one that the role trusts.",
    login: LoginHelps::No,
    advice: &[
        "Compare the identity in the message with the role's trust policy, and the role's ARN with what you meant",
        "Where the role wants MFA, add mfa_serial to the profile; where it wants an external id, external_id",
        "Where the message speaks of a duration, lower duration_seconds: 3600 at most for a role that a role assumes",
    ],
};

pub(super) const MFA_REQUIRED: About = About {
    code: "mfa-required",
    title: "An MFA code is needed",
    explanation: "The role wants a code of a person's MFA device, and the program could not ask for it, or the code was wrong. Each code counts once.",
    login: LoginHelps::No,
    advice: &[
        "Get the role's credentials where a person can type the code, and give them to the program (relight credentials PROFILE)",
        "After a wrong code, wait for the next one: each is good once",
    ],
};

pub(super) const NO_CREDENTIALS: About = About {
    code: "no-credentials",
    title: "The program found no credentials",
    explanation: "It looked at the environment, at the profile and at the machine's own role, and found nothing. Mostly no profile is chosen and there is no default one.",
    login: LoginHelps::Depends,
    advice: &[
        "Choose a profile: set AWS_PROFILE, or use the program's own option such as --profile",
        "See which profiles there are, and which work (relight status)",
    ],
};

pub(super) const WRONG_ACCOUNT: About = About {
    code: "wrong-account",
    title: "The credentials are for another account",
    explanation: "The program is to work in one account, and the credentials in use belong to another.",
    login: LoginHelps::Depends,
    advice: &[
        "Choose the profile of the account that the message names",
        "See which account the present credentials are for (aws sts get-caller-identity)",
    ],
};
