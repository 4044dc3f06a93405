//! Sessions that a person signs in to: of an Identity Center, and of `aws login`.

use crate::explain::cause::{About, LoginHelps};

pub(super) const SSO_SESSION_EXPIRED: About = About {
    code: "sso-session-expired",
    title: "The Identity Center session has ended",
    explanation: "The session of your Identity Center (AWS SSO) is over, and nothing can renew it: its token is past its end, or AWS did not take it any more.",
    login: LoginHelps::Yes,
    advice: &[
        "Sign in again (relight login, or aws sso login)",
        "Then restart programs that ran all the time: some keep the old token",
    ],
};

pub(super) const SSO_NEVER_SIGNED_IN: About = About {
    code: "sso-never-signed-in",
    title: "Nobody signed in to this session on this machine",
    explanation: "There is no token file for the session. Each session has a file of its own, named after the session (or, in the older spelling, after the start URL, byte for byte), so a token of another session or of another spelling is not found.",
    login: LoginHelps::Yes,
    advice: &[
        "Sign in (relight login, or aws sso login)",
        "If you did sign in: compare the session's name or start URL in this profile with the one that you signed in to, and the home folder of both programs",
    ],
};

pub(super) const SSO_TOKEN_UNREADABLE: About = About {
    code: "sso-token-unreadable",
    title: "The token file cannot be read",
    explanation: "The session's file in ~/.aws/sso/cache is damaged, lacks something, or has a date in a form that this program refuses.",
    login: LoginHelps::Yes,
    advice: &["Sign in again: the file is replaced then, in a form that all programs read"],
};

pub(super) const SSO_CONFIG_INCOMPLETE: About = About {
    code: "sso-config-incomplete",
    title: "The profile lacks something that its Identity Center session needs",
    explanation: "A key such as sso_start_url, sso_region, sso_account_id or sso_role_name is missing, the profile names an [sso-session] that is not there, or profile and session contradict each other.",
    login: LoginHelps::No,
    advice: &[
        "Add what is missing to the profile, or to its [sso-session], in ~/.aws/config",
        "Where a key stands in both, remove it from the profile",
    ],
};

pub(super) const SSO_WRONG_REGION_OR_URL: About = About {
    code: "sso-wrong-region-or-url",
    title: "sso_region or sso_start_url is wrong",
    explanation: "The Identity Center's region does not know this start URL, and AWS refuses to begin the sign-in; or there is no such region, and its host has no address.",
    login: LoginHelps::No,
    advice: &[
        "Write the region in which your organisation's Identity Center is: it need not be the one you work in, and your administrator knows it",
        "Compare sso_start_url with the address of your access portal, without anything behind /start",
    ],
};

pub(super) const SSO_LOGIN_ABANDONED: About = About {
    code: "sso-login-abandoned",
    title: "The sign-in was not finished",
    explanation: "The page in the browser was left, denied or too late, or the answer came from another tab than the one that was waited for.",
    login: LoginHelps::Yes,
    advice: &[
        "Sign in again, and finish in the page that opens now; close older ones",
        "Where the browser runs on another machine, sign in with a code (relight login --flow device, or aws sso login --use-device-code)",
    ],
};

pub(super) const SSO_ROLE_NOT_ASSIGNED: About = About {
    code: "sso-role-not-assigned",
    title: "This role is not assigned to you",
    explanation: "You are signed in, but the Identity Center does not give you this role in this account: it was never assigned, was taken away, or sso_account_id or sso_role_name is misspelt.",
    login: LoginHelps::No,
    advice: &[
        "See which accounts and roles are assigned to you (relight accounts), and correct sso_account_id and sso_role_name",
        "Ask the administrator of your Identity Center to assign the role",
    ],
};

pub(super) const LOGIN_SESSION_EXPIRED: About = About {
    code: "login-session-expired",
    title: "The session of aws login has ended",
    explanation: "A session of aws login lasts 12 hours at most. It also ends when the password changes, and it is looked for in ~/.aws/login/cache or where AWS_LOGIN_CACHE_DIRECTORY says.",
    login: LoginHelps::Yes,
    advice: &["Sign in again (relight login, or aws login)"],
};

pub(super) const LOGIN_PERMISSION_MISSING: About = About {
    code: "login-permission-missing",
    title: "You may not use aws login",
    explanation: "Your identity lacks the permission signin:CreateOAuth2Token, without which aws login gives no credentials.",
    login: LoginHelps::No,
    advice: &[
        "Ask the account's administrator for the managed policy SignInLocalDevelopmentAccess, or for signin:AuthorizeOAuth2Access and signin:CreateOAuth2Token",
    ],
};
