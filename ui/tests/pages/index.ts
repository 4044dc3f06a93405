// Pages as the engine would send them.

import type { AccountsPage, Page, Problem, ProfileView, RoleRow, SessionView } from "../../src/bindings.ts";
import { inMinutes, learnedSession, login, loginProfile, loginSession, page, pkce, problem, profile, session } from "./make.ts";

const dataEu = session("data-eu", {
  state: "expired",
  expires_at: inMinutes(-12),
  length: 28_800,
});
const platform = session("platform", {
  state: "expiring",
  expires_at: inMinutes(14.5),
  length: 28_800,
});
// Valid, but made without a refresh token: its end is known.
const corp = session("corp", {
  refreshable: false,
  expires_at: inMinutes(372),
  length: 28_800,
});
const sandbox = session("sandbox", { state: "signed-out", login: login() });
const agency = session("agency-2025", { state: "expired", attention: false, expires_at: inMinutes(-23 * 1440) });
const lab = session("lab", { state: "signed-out", attention: false });

const data = ["analytics", "etl-dev", "etl-prod", "lake-admin", "lake-read", "reports"].map((name, i) =>
  profile(`data-${name}`, "data-eu", `77778888${9000 + i}`, i === 3 ? "DataLakeAdministrator" : "DataEngineer", { state: "expired" }),
);
const corpProfiles = [
  profile("dev", "corp", "111122223333", "Developer", { role_expires_at: inMinutes(47.2) }),
  profile("prod", "corp", "444455556666", "ReadOnly"),
  profile("prod-breakglass", "corp", "444455556666", "AdministratorAccess", { role_expires_at: inMinutes(9) }),
];
const others = [
  profile("ci-deploy", null, "111122223333", "Deployer", { kind: "assume-role", source_profile: "base", state: "unknown", attention: false }),
  profile("handed-over", null, "111122223333", null, { kind: "temporary", access_key: "ASIA…K2PD", expires_at: inMinutes(38.4), expires_basis: "file-key" }),
  profile("legacy-ci", null, "111122223333", null, { access_key: "AKIA…7QXM", state: "endless", attention: false }),
];

const attach = (sessions: SessionView[], profiles: ProfileView[]): SessionView[] =>
  sessions.map((session) => ({ ...session, profiles: profiles.filter((p) => p.session === session.id).map((p) => p.name) }));

const profiles = [...data, ...corpProfiles, profile("platform-ops", "platform", "222233334444", "Operator"), ...others];

/** Something of everything, and a sign-in under way. */
export const main: Page = page({
  worst: "expired",
  sessions: attach([agency, corp, dataEu, lab, platform, sandbox], profiles),
  profiles,
  problems: [problem()],
});

/** The same before the sign-in. */
export const quiet: Page = {
  ...main,
  view: { ...main.view, sessions: main.view.sessions.filter((s) => s.name !== "sandbox") },
};

export const signingIn = (rest: Parameters<typeof login>[0]): Page => ({
  ...main,
  view: { ...main.view, sessions: main.view.sessions.map((s) => (s.name === "sandbox" ? { ...s, login: login(rest) } : s)) },
});

/** Signing in again to what still lives. */
export const again = (rest: Parameters<typeof login>[0] = {}): Page => ({
  ...quiet,
  view: { ...quiet.view, sessions: quiet.view.sessions.map((s) => (s.name === "corp" || s.name === "platform" ? { ...s, login: login(rest) } : s)) },
});

/** The last minute of one session, with its profiles. */
export const minute: Page = {
  ...quiet,
  view: { ...quiet.view, sessions: quiet.view.sessions.map((s) => (s.name === "platform" ? { ...s, expires_at: inMinutes(0.7), person_needed_at: inMinutes(0.7) } : s)) },
};

export const starting = signingIn({ state: "starting", user_code: null, verification_uri: null, verification_uri_complete: null });
export const saving = signingIn({ state: "saving" });
export const noBrowser = signingIn({ browser_error: "xdg-open is not installed." });
export const fromTerminal = signingIn({ by: "terminal" });

const with_ = (login: SessionView["login"]): Page => ({
  ...main,
  view: { ...main.view, sessions: main.view.sessions.map((s) => (s.name === "sandbox" ? { ...s, login } : s)) },
});
const NO_PAGE = { user_code: null, verification_uri: null, verification_uri_complete: null };

/** By a browser that comes back. */
export const comesBack = with_(pkce());
export const comesBackStarting = with_(pkce({ state: "starting", ...NO_PAGE }));
export const comesBackSaving = with_(pkce({ state: "saving", ...NO_PAGE }));
export const comesBackNoBrowser = with_(pkce({ browser_error: "xdg-open is not installed." }));
export const comesBackElsewhere = with_(pkce({ by: "tray" }));
/** Another one has the browser. */
export const turn: Page = {
  ...comesBack,
  view: {
    ...comesBack.view,
    sessions: comesBack.view.sessions.map((s) => {
      if (s.name === "sandbox") return { ...s, login: pkce({ state: "waiting-for-turn", ...NO_PAGE }) };
      return s.name === "data-eu" ? { ...s, login: pkce({ by: "terminal" }) } : s;
    }),
  },
};
/** Signing in to a console session: here by a browser that comes back, or in a terminal that asks for the page's code. */
export const signingInToConsole = (login: SessionView["login"]): Page => page({ sessions: [loginSession("user/ended", 725, { login }), corp] });
export const console_ = signingInToConsole(
  pkce({ verification_uri_complete: "https://eu-central-1.signin.aws.amazon.com/v1/authorize?response_type=code&client_id=arn%3Aaws%3Asignin%3A%3A%3Adevtools%2Fsame-device" }),
);
export const consolePastes = signingInToConsole(pkce({ flow: "device", by: "terminal" }));

/** With a code, because the browser could not come back. */
export const codeInstead = signingIn({ note: "No port of this machine can be listened on (permission denied). So you sign in with a code instead." });

/** All is well. */
export const calm: Page = page({
  worst: "valid",
  sessions: attach([corp, session("platform", { state: "valid" })], corpProfiles),
  profiles: corpProfiles,
});

/** A morning: three have ended. */
export const morning: Page = page({
  worst: "expired",
  sessions: [corp, dataEu, platform].map((s, i) => ({
    ...s,
    state: "expired" as const,
    person_needed_at: inMinutes(-600 + i * 20),
    expires_at: inMinutes(-600 + i * 20),
    refreshable: false,
  })),
  profiles: [...data, ...corpProfiles],
});

/** Every state of a session once. */
export const states: Page = page({
  sessions: [
    session("broken", { state: "broken", problems: [problem({ code: "bad-token", severity: "error", message: "The token file of broken cannot be read.", hint: "Sign in to write a new one.", file: null, line: null })] }),
    corp,
    dataEu,
    session("endless", { state: "endless" }),
    platform,
    session("legacy", { id: "sso-legacy:https://legacy.awsapps.com/start", kind: "sso-legacy", refreshable: false, expires_at: inMinutes(400), ends_at: inMinutes(400), ends_basis: "exact", length: 28_800 }),
    session("renewing"),
    sandbox,
    session("signed-out", { state: "signed-out" }),
    session("stale", { state: "stale", expires_at: inMinutes(-30) }),
    session("stale-failed", { state: "stale", expires_at: inMinutes(-30), problems: [problem({ code: "refresh-failed", message: "AWS did not answer within 10 s.", hint: "It is tried again in 2 min.", file: null, line: null })] }),
    session("unknown", { state: "unknown" }),
  ],
});

/** Ends that no file tells: far, near, and past the earliest that they can be; one was refused, and one has no network. */
export const learned: Page = page({
  worst: "expired",
  sessions: [
    learnedSession("far", 372),
    learnedSession("near", 12),
    learnedSession("past", -4),
    learnedSession("over", -31, { state: "expired", refreshable: false }),
    learnedSession("away", 372, { problems: [offline("AWS could not be reached: no route to host.")] }),
  ],
});

/** Why something is not renewed now: no network, a token that AWS takes no more, and the person's own wish. */
export const held: Page = page(
  {
    worst: "expired",
    sessions: [
      session("away", { problems: [offline("AWS could not be reached: no route to host.")] }),
      session("away-stale", { state: "stale", expires_at: inMinutes(-8), problems: [offline("AWS could not be reached: no route to host.")] }),
      session("revoked", { state: "stale", expires_at: inMinutes(-2), problems: [revoked("Relight renews it; if that fails, sign in again.")] }),
      session("revoked-over", { state: "expired", refreshable: false, expires_at: inMinutes(-2), problems: [revoked("Sign in again.")] }),
      session("by-hand"),
      session("by-hand-stale", { state: "stale", expires_at: inMinutes(-8) }),
      loginSession("user/by-hand", 343),
    ],
  },
  { renew_by_hand: ["sso-session:by-hand", "sso-session:by-hand-stale", "login:arn:aws:iam::111122223333:user/by-hand"] },
);

function offline(message: string): Problem {
  return problem({ code: "offline", severity: "info", message, hint: "Relight tries again by itself.", file: null, line: null });
}

function revoked(hint: string): Problem {
  const message = "AWS takes this session's token no more, though its end is to come: it was signed out elsewhere, or revoked.";
  return problem({ code: "sso-token-revoked", severity: "error", message, hint, file: "~/.aws/sso/cache/3f9ab1.json", line: null });
}

/** Every kind of credentials: valid, ending, ended and not known, as far as that can be. */
export const kinds: Page = ((): Page => {
  const logins = [
    loginSession("user/ended", 725),
    loginSession("user/soon", 711),
    loginSession("user/me", 343),
    loginSession("assumed-role/Admin/kim@example.com", null, { attention: false }),
    // No file says its region.
    loginSession("user/nowhere", null, { state: "broken", region: "", can_sign_in: false, renew: "aws login --profile nowhere" }),
  ];
  const [ended, soon, me, out, nowhere] = logins as [SessionView, SessionView, SessionView, SessionView, SessionView];
  const mfa = (name: string, rest: Partial<ProfileView>) =>
    profile(name, "corp", "444455556666", "Operator", {
      kind: "assume-role",
      source_profile: "dev",
      needs_mfa: true,
      renew: `aws sts get-caller-identity --profile ${name}`,
      expires_basis: "role-cache",
      role_expires_at: rest.expires_at ?? null,
      ...rest,
    });
  // What no session gives; those in parentheses come from the environment, so there is one of each.
  const other = (name: string, kind: string, rest: Partial<ProfileView>) => profile(name, null, "111122223333", null, { kind, ...rest });
  const ASIA = { kind: "temporary", access_key: "ASIA…K2PD", expires_basis: "file-key" } as const;
  const saml = (name: string, rest: Partial<ProfileView>) => other(name, "temporary", { ...ASIA, renew: `saml2aws login --profile ${name}`, ...rest });
  const jwt = (name: string, rest: Partial<ProfileView>) => other(name, "web-identity", { role_name: "Deployer", expires_basis: "jwt", ...rest });
  const process = (name: string, rest: Partial<ProfileView>) => other(name, "credential-process", { account_id: null, expires_basis: "process", attention: false, ...rest });
  const VALID = { expires_at: inMinutes(51.5) };
  const SOON = { state: "expiring", expires_at: inMinutes(8.5) } as const;
  const OVER = { state: "expired", expires_at: inMinutes(-26) } as const;
  const UNKNOWN = { state: "unknown", expires_at: null, expires_basis: "none", attention: false } as const;
  const profiles = [
    profile("dev", "corp", "111122223333", "Developer", { role_expires_at: inMinutes(47.2) }),
    mfa("ops-code", { ...UNKNOWN }),
    mfa("ops-ended", { state: "expired", expires_at: inMinutes(-5) }),
    mfa("ops-soon", { ...SOON }),
    mfa("ops-valid", { ...VALID }),
    loginProfile("me", me),
    loginProfile("audit", soon),
    loginProfile("sandbox", ended),
    loginProfile("admin", out),
    loginProfile("nowhere", nowhere, { region: null }),
    saml("saml-ended", OVER),
    saml("saml-soon", SOON),
    saml("saml-valid", VALID),
    mfa("mfa-of-a-key", { session: null, source_profile: "legacy-ci", ...OVER }),
    mfa("mfa-unused", { session: null, source_profile: "legacy-ci", ...UNKNOWN }),
    other("(environment)", "environment", { access_key: "ASIA…V7A", expires_basis: "file-key", ...OVER }),
    other("(bedrock key)", "bedrock-key", { expires_basis: "bedrock-key", ...SOON }),
    jwt("(web identity)", VALID),
    other("(container)", "container", { account_id: null, ...UNKNOWN }),
    jwt("github-ended", OVER),
    jwt("github-soon", SOON),
    process("vault", { expires_at: inMinutes(33.4), attention: true }),
    process("vault-passed", { expires_at: inMinutes(-3) }),
    process("vault-unused", UNKNOWN),
    other("old-saml", "temporary", { ...ASIA, state: "expired", expires_at: inMinutes(-31 * 1440), attention: false }),
    other("typo", "temporary", { ...ASIA, ...UNKNOWN, problems: [problem({ code: "expiry-unreadable", message: "The value of x_expires is no date that can be told for certain, so this profile's end is not known.", hint: "Write x_expires with its zone, such as 2026-11-22T18:00:00Z.", file: "~/.aws/credentials", line: 7 })] }),
    other("half", "static", { ...UNKNOWN, state: "broken", access_key: "AKIA…7QXM", problems: [problem({ code: "partial-credentials", severity: "error", message: "There is aws_access_key_id but no aws_secret_access_key.", hint: "Add aws_secret_access_key, or remove aws_access_key_id.", file: "~/.aws/credentials", line: 12 })] }),
    other("legacy-ci", "static", { access_key: "AKIA…7QXM", state: "endless", attention: false }),
    other("region-only", "none", { ...UNKNOWN, account_id: null }),
  ];
  return page({ worst: "expired", sessions: attach([corp, ...logins], profiles), profiles });
})();

export const empty: Page = page({});

export const unreadable: Page = page({
  problems: [problem({ code: "not-readable", severity: "error", message: "The file cannot be read: permission denied.", hint: "Give yourself the right to read it: chmod u+r ~/.aws/config", line: null })],
});

/** One organisation with a thousand accounts. */
export const thousand: Page = ((): Page => {
  const roles = ["Developer", "ReadOnly", "AdministratorAccess", "Billing"];
  const many = Array.from({ length: 1_000 }, (_, i) =>
    profile(`team-${String(i).padStart(4, "0")}-${roles[i % 4]?.toLowerCase()}`, "corp", String(100_000_000_000 + i * 7_919_131), roles[i % 4] ?? null, i % 3 === 0 ? { role_expires_at: inMinutes(20 + (i % 40)) } : {}),
  );
  return page({ worst: "valid", sessions: attach([corp], many), profiles: many });
})();

/** What corp may use: five roles, of which two have a profile. */
export function withAccounts(accounts: Partial<AccountsPage> = {}, of: Partial<SessionView> = {}): Page {
  const role = (role_name: string, ...profiles: string[]) => ({ role_name, profiles });
  const account = (account_id: string, account_name: string, roles: RoleRow[]) => ({ account_id, account_name, roles, why: null });
  const rows = [
    account("444455556666", "Development", [role("Administrator"), role("ReadOnly")]),
    account("111122223333", "Production", [role("Administrator"), role("PowerUser", "prod-power"), role("ReadOnly", "prod")]),
  ];
  const shown: AccountsPage = { session: "sso-session:corp", asking: null, failure: null, accounts: rows, note: null, unassigned: [], preview: null, ...accounts };
  const sessions = calm.view.sessions.map((session) => (session.name === "corp" ? { ...session, ...of } : session));
  return { ...calm, view: { ...calm.view, sessions }, accounts: shown };
}
/** A newcomer's way after the address was typed: what is written, then the session, as far as it is. */
export const newcomer = ((): Record<"wished" | "there" | "signingIn" | "signedIn" | "listed" | "written", Page> => {
  const wish = { url: "new.awsapps.com", region: "eu-central-1", name: "" };
  const id = "sso-session:new";
  const at = (there: boolean, sessions: SessionView[], rest: Partial<Page> = {}): Page => {
    const text = there ? "[sso-session new] in ~/.aws/config has this address." : "Add to ~/.aws/config:\n\n  [sso-session new]\n  sso_start_url = https://new.awsapps.com/start\n  sso_region = eu-central-1\n";
    return { ...page({ sessions }), organisation: { wish, preview: { text, changes: !there }, session: id, there }, ...rest };
  };
  const out = session("new", { state: "signed-out", attention: false });
  const accounts = (...profiles: string[]): AccountsPage => ({
    session: id,
    asking: null,
    failure: null,
    accounts: [{ account_id: "444455556666", account_name: "Development", roles: [{ role_name: "Developer", profiles }], why: null }],
    note: null,
    unassigned: [],
    preview: null,
  });
  const dev = profile("Development-Developer", "new", "444455556666", "Developer");
  return {
    wished: at(false, []),
    there: at(true, [out]),
    signingIn: at(true, [{ ...out, login: pkce() }]),
    signedIn: at(true, [session("new")]),
    listed: at(true, [session("new")], { accounts: accounts() }),
    written: { ...at(true, []), accounts: accounts(dev.name), view: page({ sessions: attach([session("new")], [dev]), profiles: [dev] }).view },
  };
})();

const FIREFOX = "Firefox";
const NEEDS = "needs the extension “Open external links in a container”";

/** On Windows, with WSL, and variables of both sources. */
export const windows: Page = {
  ...quiet,
  settings: { ...quiet.settings, environment: { AWS_CONFIG_FILE: "D:\\work\\aws\\config", AWS_PROFILE: "dev" }, wsl: { Debian: "/root" } },
  variables: [
    { name: "HOME", value: "H:\\" },
    { name: "AWS_CONFIG_FILE", value: null },
    { name: "AWS_PROFILE", value: "prod" },
    { name: "AWS_REGION", value: null },
  ],
  found_wsl_homes: [{ distribution: "Ubuntu-24.04", home: "/home/me" }],
};

/** On a machine with two browsers, one of which a session uses. */
export const browsers: Page = {
  ...quiet,
  settings: { ...quiet.settings, browsers: { "sso-session:corp": "firefox -P work", "sso-session:platform": "my-browser --work {url}" } },
  found_browsers: [
    { browser: FIREFOX, name: "profile default-release", command: "firefox -P default-release" },
    { browser: FIREFOX, name: "profile work", command: "firefox -P work" },
    { browser: FIREFOX, name: `container AWS of profile work (${NEEDS})`, command: "firefox -P work 'ext+container:name=AWS&url={url_encoded}'" },
    { browser: FIREFOX, name: "private window", command: "firefox --private-window" },
    { browser: "Chrome (Flatpak)", name: "profile Kim", command: "flatpak run com.google.Chrome '--profile-directory=Default'" },
    { browser: "Chrome (Flatpak)", name: "private window", command: "flatpak run com.google.Chrome --incognito" },
  ],
};
