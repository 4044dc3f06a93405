//! What is wrong in the files, and programs that give credentials.

use super::{Situation, USUAL};
use crate::texts::clients::Client::{Js, Rust};

const BASE: &str = "[base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = DUMMY\n";
const ROLE: &str = "[profile payroll]\nregion = us-east-1\nrole_arn = arn:aws:iam::444455556666:role/deploy\n";

const fn with(name: &'static str, cause: &'static str, config: &'static str) -> Situation {
    Situation { name, cause, config, ..USUAL }
}

/// A profile whose program does this. In JavaScript, whatever it does ends as no credentials.
const fn program(name: &'static str, config: &'static str) -> Situation {
    Situation { but: &[(Js, "no-credentials")], ..with(name, "credential-process-failed", config) }
}

pub(super) const SITUATIONS: &[Situation] = &[
    Situation {
        but: &[(Js, "no-credentials"), (Rust, "profile-not-found")],
        profile: "payrol",
        ..with("profile not found", "profile-not-found", super::sso::CONFIG)
    },
    Situation { profile: "default", ..with("no credentials", "no-credentials", "[default]\nregion = us-east-1\n") },
    with("profile without credentials", "no-credentials", "[profile payroll]\nregion = us-east-1\n"),
    Situation {
        but: &[(Js, "no-credentials")],
        credentials: "[payroll]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n",
        ..with("secret missing", "partial-credentials", "[profile payroll]\nregion = us-east-1\n")
    },
    Situation {
        but: &[(Js, "no-credentials")],
        profile: "default",
        variables: &[("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")],
        ..with("secret missing in the environment", "partial-credentials", "[default]\nregion = us-east-1\n")
    },
    with("line that is no key", "config-unparsable", "[profile payroll]\nregion = us-east-1\nthis is no key\n"),
    with("section never closed", "config-unparsable", "[profile payroll\nregion = us-east-1\n"),
    with(
        "section twice",
        "config-unparsable",
        "[profile payroll]\nregion = us-east-1\n\n[profile payroll]\noutput = json\n",
    ),
    with("line before the first section", "config-unparsable", "region = us-east-1\n[profile payroll]\n"),
    Situation {
        but: &[(Js, "no-credentials")],
        ..with(
            "source_profile in a circle",
            "source-profile-broken",
            "[profile payroll]\nregion = us-east-1\nrole_arn = arn:aws:iam::444455556666:role/deploy\nsource_profile = other\n\n[profile other]\nrole_arn = arn:aws:iam::444455556666:role/other\nsource_profile = payroll\n",
        )
    },
    Situation {
        but: &[(Js, "no-credentials")],
        ..with(
            "source_profile missing",
            "source-profile-broken",
            "[profile payroll]\nregion = us-east-1\nrole_arn = arn:aws:iam::444455556666:role/deploy\nsource_profile = bsae\n",
        )
    },
    Situation {
        but: &[(Js, "no-credentials")],
        ..with(
            "source_profile without credentials",
            "source-profile-broken",
            "[profile payroll]\nregion = us-east-1\nrole_arn = arn:aws:iam::444455556666:role/deploy\nsource_profile = base\n\n[profile base]\noutput = json\n",
        )
    },
    Situation {
        but: &[(Js, "no-credentials")],
        credentials: BASE,
        ..with(
            "source_profile and credential_source",
            "source-profile-broken",
            "[profile payroll]\nregion = us-east-1\nrole_arn = arn:aws:iam::444455556666:role/deploy\nsource_profile = base\ncredential_source = Environment\n",
        )
    },
    Situation { but: &[(Js, "no-credentials")], ..with("role without a source", "source-profile-broken", ROLE) },
    program(
        "program fails",
        "[profile payroll]\nregion = us-east-1\ncredential_process = /bin/sh -c \"echo vault: permission denied >&2; exit 3\"\n",
    ),
    program(
        "program not there",
        "[profile payroll]\nregion = us-east-1\ncredential_process = {home}/bin/corp-credentials\n",
    ),
    program(
        "program gives no JSON",
        "[profile payroll]\nregion = us-east-1\ncredential_process = /bin/echo Please sign in first\n",
    ),
    program(
        "program gives another version",
        "[profile payroll]\nregion = us-east-1\ncredential_process = /bin/echo '{\"Version\": 2, \"AccessKeyId\": \"AKIAIOSFODNN7EXAMPLE\", \"SecretAccessKey\": \"DUMMY\"}'\n",
    ),
    program(
        "program gives no secret",
        "[profile payroll]\nregion = us-east-1\ncredential_process = /bin/echo '{\"Version\": 1, \"AccessKeyId\": \"AKIAIOSFODNN7EXAMPLE\"}'\n",
    ),
    program(
        "program gives credentials that are over",
        "[profile payroll]\nregion = us-east-1\ncredential_process = /bin/echo '{\"Version\": 1, \"AccessKeyId\": \"ASIAIOSFODNN7EXAMPLE\", \"SecretAccessKey\": \"DUMMY\", \"SessionToken\": \"DUMMY\", \"Expiration\": \"2026-01-01T00:00:00Z\"}'\n",
    ),
    Situation {
        without: &[Js],
        credentials: "[payroll]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = DUMMY\n",
        ..with("region missing", "missing-region", "[profile payroll]\noutput = json\n")
    },
];
