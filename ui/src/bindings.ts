// Made from the Rust types by `./dev bindings`. Do not edit.

export type Page = {
  /** Relight's own version. */
  relight: string,
  /** What is true. */
  view: View,
  /** What was chosen. */
  settings: Settings,
  /** Where the files are. */
  places: Places,
  /** The person's shell, for what they copy. */
  shell: Shell,
};

export type View = {
  /** Of this format. */
  version: number,
  /** The moment. */
  now: string,
  /** The worst state among what deserves attention. */
  worst: State | null,
  /** Ordered by id. */
  sessions: Array<SessionView>,
  /** Ordered by name. */
  profiles: Array<ProfileView>,
  /** What is wrong with the files as such. */
  problems: Array<Problem>,
};

export type SessionId = string;

export type SessionView = {
  /** `sso-session:NAME`, `sso-legacy:START_URL` or `login:ARN`. */
  id: SessionId,
  /** `sso-session`, `sso-legacy` or `login`. */
  kind: string,
  /** The name to show. */
  name: string,
  /** Where a person signs in; empty for `aws login`. */
  start_url: string,
  /** The region of its Identity Center. */
  region: string,
  /** How it stands. */
  state: State,
  /** When the access token ends. */
  expires_at: string | null,
  /** Whether a silent refresh can be tried. */
  refreshable: boolean,
  /** When the session itself ends, where that is known. */
  ends_at: string | null,
  /** How surely. */
  ends_basis: EndsBasis,
  /** A sign-in under way, in this process or another. */
  login: Login | null,
  /** Whether it counts for the icon, the left click and notices. */
  attention: boolean,
  /** Names of the profiles that use it. */
  profiles: Array<string>,
  /** What is wrong with it. */
  problems: Array<Problem>,
  /** Whether Relight can sign a person in: the files say enough. */
  can_sign_in: boolean,
  /** What to type in a terminal to sign in, where Relight cannot. */
  renew: string | null,
  /** The next end that needs a person; none while it renews itself and no end is known. */
  person_needed_at: string | null,
  /** Seconds from its making to that end, where the file's own time tells. */
  length: number | null,
};

export type ProfileView = {
  /** Its name. */
  name: string,
  /** Such as `sso` or `assume-role`. */
  kind: string,
  /** The session it signs in to, its own or its source's. */
  session: string | null,
  /** The profile that its role starts from. */
  source_profile: string | null,
  /** The account that the files name, or that the key carries. */
  account_id: string | null,
  /** The role that the files name. */
  role_name: string | null,
  /** Whether a person must type an MFA code for its role, or for the one that it starts from. */
  needs_mfa: boolean,
  /** What to type in a terminal to get new credentials, where the files show which tool makes them. */
  renew: string | null,
  /** The key's first and last four characters. */
  access_key: string | null,
  /** Its default region. */
  region: string | null,
  /** How it stands. */
  state: State,
  /** When its credentials end. */
  expires_at: string | null,
  /** What tells so. */
  expires_basis: ExpiresBasis,
  /** The key that tells so. */
  expires_key?: string,
  /** When the role credentials end that the AWS CLI cached. */
  role_expires_at: string | null,
  /** Whether it counts for the icon, the left click and notices. */
  attention: boolean,
  /** What is wrong with it. */
  problems: Array<Problem>,
};

export type Login = {
  /** How the person signs in. */
  flow: Flow,
  /** To compare with the page; none until AWS gave it. Not a secret. */
  user_code: string | null,
  /** The page where the code is typed. */
  verification_uri: string | null,
  /** The page with the code filled in. */
  verification_uri_complete: string | null,
  /** When it began. */
  since: string,
  /** How far it is. */
  state: LoginState,
  /** Who sees it through. */
  by: By,
  /** Why it is not the usual way to sign in. */
  note?: string,
  /** Why no browser could be started, so that the person must open the page. */
  browser_error?: string,
};

export type Flow = "pkce" | "device";

export type LoginState = "waiting-for-turn" | "starting" | "waiting-for-approval" | "saving";

export type By = "tray" | "terminal" | "window";

export type Problem = {
  /** Stable name, such as `duplicate-section`. */
  code: string,
  /** How much it matters. */
  severity: Severity,
  /** What is wrong: one sentence or two. */
  message: string,
  /** What to do about it. */
  hint: string,
  /** The file it was found in, as the person would write it (`~/.aws/config`). */
  file: string | null,
  /** Its line there, from 1. */
  line: number | null,
};

export type Severity = "info" | "warning" | "error";

export type State = "valid" | "expiring" | "stale" | "expired" | "signed-out" | "endless" | "unknown" | "broken";

export type EndsBasis = "exact" | "unknown";

export type ExpiresBasis = "sso-token" | "role-cache" | "source-profile" | "file-key" | "jwt" | "login-token" | "bedrock-key" | "process" | "none";

export type Settings = {
  /** Minutes before an end that needs a person at which a notice comes, longest first. */
  warn_before: Array<number>,
  /** Renew tokens without asking while that is possible. */
  silent_refresh: boolean,
  /** Start the tray when the person logs in. */
  start_at_login: boolean,
  /** How much the log tells. */
  log_level: LogLevel,
  /** By session: the command that opens its pages. */
  browsers: { [session: string]: string },
  /** Ids of sessions, and names of profiles, that always deserve attention. */
  pinned: Array<string>,
  /** Ids of sessions, and names of profiles, that never do. */
  muted: Array<string>,
};

export type LogLevel = "warn" | "info" | "debug";

export type Places = {
  /** The AWS config file. */
  config: string,
  /** The AWS credentials file. */
  credentials: string,
  /** Tokens and client registrations. */
  sso_cache: string,
  /** Role credentials that the AWS CLI cached. */
  cli_cache: string,
  /** Relight's settings. */
  settings: string,
  /** Relight's own folder. */
  state: string,
  /** Relight's log. */
  log: string,
};

export type Shell = "posix" | "fish" | "powershell" | "cmd";

export type Action = { "do": "sign-in", "with": SessionId } | { "do": "renew", "with": SessionId } | { "do": "use-code", "with": SessionId } | { "do": "sign-in-all", "with": Array<SessionId> } | { "do": "cure" } | { "do": "later", "with": Array<string> } | { "do": "cancel", "with": SessionId } | { "do": "open-page", "with": SessionId } | { "do": "open-portal", "with": string } | { "do": "sign-out", "with": SessionId } | { "do": "refresh-all" } | { "do": "run-process", "with": string } | { "do": "set", "with": Setting } | { "do": "open-file", "with": Place } | { "do": "open-window", "with": Part } | { "do": "copy-diagnostics" } | { "do": "quit" };

export type Setting = { "key": "warn-before", "value": Array<number> } | { "key": "silent-refresh", "value": boolean } | { "key": "start-at-login", "value": boolean } | { "key": "log-level", "value": LogLevel } | { "key": "browser", "value": {
  /** Whose pages. */
  session: SessionId,
  /** None for the person's usual browser. */
  command: string | null, } } | { "key": "pinned", "value": {
  /** A session's id or a profile's name. */
  name: string,
  /** Whether it is. */
  on: boolean, } } | { "key": "muted", "value": {
  /** A session's id or a profile's name. */
  name: string,
  /** Whether it is. */
  on: boolean, } };

export type Place = "config" | "credentials" | "settings" | "log";

export type Part = "sessions" | "settings";
