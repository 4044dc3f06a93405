// Pages with a pasted error explained, and with what is wrong on this computer.

import type { Answer, Finding, Fix, Page } from "../../src/bindings.ts";
import { calm, quiet } from "./index.ts";
import { login, problem } from "./make.ts";

const fix = (title: string, rest: Partial<Fix> = {}): Fix => ({ title, command: null, action: null, ...rest });

const ended: Answer = {
  version: 1,
  matched: "Error when retrieving token from sso: Token has expired and refresh failed",
  client: "boto3",
  cause: "sso-session-expired",
  title: "The Identity Center session has ended",
  profile: "data-etl-prod",
  session: "sso-session:data-eu",
  account: "777788889002",
  region: "eu-central-1",
  role: "DataEngineer",
  explanation: "The session of your Identity Center (AWS SSO) is over, and nothing can renew it: its token is past its end, or AWS did not take it any more.",
  evidence: [
    { what: "'data-etl-prod' gets its credentials from 'data-eu': ended 12 min ago", file: "~/.aws/config", line: 31 },
    { what: "the token of 'data-eu' ended 12 min ago", file: "~/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json", line: null },
  ],
  fixes: [
    fix("Sign in to 'data-eu'", { command: "relight login data-eu", action: { do: "sign-in", with: "sso-session:data-eu" } }),
    fix("Run the program again"),
  ],
  login_helps: true,
  credential_problem: true,
  also: [{ cause: "network", matched: "Could not connect to the endpoint URL" }],
};

const unknown: Answer = {
  ...ended,
  matched: null,
  client: null,
  cause: "unknown",
  title: "Nothing is recognised in this text",
  profile: null,
  session: null,
  account: null,
  region: null,
  role: null,
  explanation: "No error of AWS credentials is in it that Relight knows.",
  evidence: [],
  fixes: [fix("Paste more of the output")],
  login_helps: false,
  credential_problem: false,
  also: [],
};

const denied: Answer = {
  ...unknown,
  cause: "access-denied",
  matched: "An error occurred (AccessDenied) when calling the ListBuckets operation: Access Denied",
  client: "the AWS CLI",
  title: "AWS knows who you are, and does not allow it",
  explanation: "The credentials work. The role may not do this.",
  fixes: [fix("Ask for the permission, or take a profile that has it")],
};

const rename: Fix = fix("Write sso_session = corp in [profile dev]", {
  change: {
    file: "~/.aws/config",
    diff: ["  [profile dev]", "- sso_session = crop", "+ sso_session = corp"],
    undo: "~/.aws/config as it was stays beside it as a backup.",
  },
});

const finding = (rest: Partial<Finding>): Finding => ({ ...problem(), about: null, proof: null, fixes: [], ...rest });
const findings: Finding[] = [
  finding({ code: "ended", severity: "error", message: "'data-eu' ended 12 min ago.", hint: "Sign in again.", line: null, file: null, about: { session: "sso-session:data-eu" }, fixes: [ended.fixes[0]!] }),
  finding({ code: "dangling-sso-session", message: "sso_session names 'crop', but there is no [sso-session crop] in ~/.aws/config.", hint: "Write one that is there (corp), or add the section.", line: 12, about: { profile: "dev" }, proof: "sso_session = crop", fixes: [rename, fix("Or remove the line", { action: { do: "open-file", with: "config" } })] }),
  finding({ code: "old-sdk", severity: "info", message: "The AWS SDK for JavaScript v2 gets no more updates.", hint: "Go over to v3.", file: "package.json", line: null }),
];

const answered = (answer: Answer): Page => ({ ...quiet, answer });

/** What is shown of errors that were pasted. */
export const explained = {
  ended: answered(ended),
  signingIn: { ...answered(ended), view: { ...quiet.view, sessions: quiet.view.sessions.map((session) => (session.name === "data-eu" ? { ...session, login: login() } : session)) } },
  denied: answered(denied),
  unknown: answered(unknown),
};

/** What is wrong on this computer, what one change made of it, and when nothing is wrong. */
export const checked = {
  found: { ...quiet, findings },
  mended: {
    ...quiet,
    findings: findings.filter(({ code }) => code !== "dangling-sso-session"),
    mended: { said: "Written. ~/.aws/config as it was: ~/.aws/config.backup-20261118T154800Z", can_take_back: true },
  },
  well: { ...calm, findings: [] },
};
