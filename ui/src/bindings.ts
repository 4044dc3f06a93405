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
  /** What the session may use that was asked for last; none until one was. */
  accounts: AccountsPage | null,
  /** The organisation that is being added; none until something was typed. */
  organisation: SessionPage | null,
  /** What the pasted error means; none until one was. */
  answer: Answer | null,
  /** What is wrong on this computer, the worst first; none until it was looked for. */
  findings: Array<Finding> | null,
  /** What came of the last change that mends something. */
  mended: Mended | null,
  /** The person's shell, for what they copy. */
  shell: Shell,
  /** The ways to open a page that this machine offers; none until they were looked for. */
  found_browsers: Array<FoundBrowser>,
  /** The variables that settings may give, in their order. */
  variables: Array<Variable>,
  /** On Windows: what WSL has; none until it was looked for. */
  found_wsl_homes: Array<WslHome>,
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
  /** What is wrong with the files as such, and with the clock. */
  problems: Array<Problem>,
  /** Home folders of clients that have another one than Relight; left out where there are none. */
  other_homes?: Array<Home>,
};

export type Home = {
  /** Such as `C:\Users\me`. */
  home: string,
  /** Never none. As text, their names. */
  clients: Array<string>,
  /** The config file. */
  config: string,
  /** The credentials file. */
  credentials: string,
  /** The WSL distribution whose home it is, seen from Windows. */
  wsl?: string,
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

export type EndsBasis = "exact" | "learned" | "unknown";

export type ExpiresBasis = "sso-token" | "role-cache" | "source-profile" | "file-key" | "jwt" | "login-token" | "bedrock-key" | "process" | "none";

export type Settings = {
  /** Minutes before an end that needs a person at which a notice comes, longest first. */
  warn_before: Array<number>,
  /** Renew tokens without asking while that is possible. */
  silent_refresh: boolean,
  /** Ids of sessions that are renewed only when a person asks. */
  renew_by_hand: Array<string>,
  /** Where clients have unlike home folders: write each token to all of them. None until the person says. */
  both_homes: boolean | null,
  /** Variables to assume where a program is not started with them, as from a menu: see [`ASSUMED`]. */
  environment: { [variable: string]: string },
  /** On Windows: distributions of WSL whose sessions are shown while they run, and the home folder in each. */
  wsl: { [distribution: string]: string },
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

export type AccountsPage = {
  /** Which session. */
  session: SessionId,
  /** How far AWS was asked, while that goes on. */
  asking: Progress | null,
  /** Why there is no list, in a sentence. */
  failure: string | null,
  /** By name; none until AWS was asked. */
  accounts: Array<AccountRow> | null,
  /** That another person signed in than the profiles are for. */
  note: string | null,
  /** Profiles whose roles are not assigned any more. */
  unassigned: Array<string>,
  /** What would be written, once something is picked. */
  preview: Preview | null,
};

export type AccountRow = {
  /** Twelve digits. */
  account_id: string,
  /** Its name; empty where AWS gives none. */
  account_name: string,
  /** What the person may be there. */
  roles: Array<RoleRow>,
  /** Why its roles are not known. */
  why: string | null,
};

export type RoleRow = {
  /** The permission set. */
  role_name: string,
  /** The profiles that it has. */
  profiles: Array<string>,
};

export type Progress = {
  /** Accounts found so far. */
  accounts: number,
  /** Accounts whose roles are known. */
  asked: number,
};

export type Preview = {
  /** What would be written, or why nothing can. */
  text: string,
  /** Whether there is something to write. */
  changes: boolean,
};

export type SessionPage = {
  /** What was typed. */
  wish: SessionWish,
  /** What would be written, or what is wrong with what was typed. */
  preview: Preview,
  /** The session that it is, or will be. */
  session: SessionId | null,
  /** Whether it is in the config file. */
  there: boolean,
};

export type Answer = {
  /** Of this format. */
  version: number,
  /** The words in the text that tell the cause. */
  matched: string | null,
  /** Which program or SDK says so, such as `boto3`; none where any may. */
  client: string | null,
  /** The cause, after this machine's files were asked. */
  cause: Cause,
  /** It in a few words. */
  title: string,
  /** The profile that it is about: named in the text, or the one that this machine's state leads to. */
  profile: string | null,
  /** The session that it is about. */
  session: SessionId | null,
  /** The account that the text names, else the profile's. */
  account: string | null,
  /** The region that the text names, else the profile's. */
  region: string | null,
  /** The role that the text names, else the profile's. */
  role: string | null,
  /** What it means, in sentences. */
  explanation: string,
  /** What this machine's files say to it. */
  evidence: Array<Evidence>,
  /** What to do, in this order. */
  fixes: Array<Fix>,
  /** Whether signing in is a cure. */
  login_helps: boolean,
  /** Whether credentials have to do with it at all. */
  credential_problem: boolean,
  /** Other causes that the text has. */
  also: Array<Also>,
};

export type Cause = string;

export type Evidence = {
  /** A sentence without its full stop. Values that may be secret are masked. */
  what: string,
  /** The file, as the person would write it. */
  file: string | null,
  /** Its line there, from 1. */
  line: number | null,
};

export type Also = {
  /** Which. */
  cause: Cause,
  /** The words that tell it. */
  matched: string,
};

export type Fix = {
  /** What to do, as a sentence without its full stop: `Sign in to corp`. */
  title: string,
  /** A command that does it, ready to be pasted into a terminal. */
  command: string | null,
  /** What the window, the tray or `relight` itself can do about it. Where that is a sign-in, `login` names the session,
 * so that programs need not know all actions. */
  action: Action | null,
  /** What Relight changes itself, where that mends it: to be shown first. */
  change?: Change,
};

export type Change = {
  /** The file, as a person would write it. */
  file: string,
  /** What will be different: lines that go begin with `-`, new ones with `+`, and those that say where with a space.
 * What may be a secret is masked. */
  diff: Array<string>,
  /** How it is taken back, as a sentence. */
  undo: string,
};

export type Finding = {
  /** Whose problem it is; none for the machine's or a file's. */
  about: About | null,
  /** What proves it: the line as it stands, secrets masked. */
  proof: string | null,
  /** What mends it, in the order to try. */
  fixes: Array<Fix>,
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

export type About = { "profile": string } | { "session": SessionId } | { "context": {
  /** Its name. */
  name: string,
  /** The profile that its user takes. */
  profile: string | null, } };

export type Mended = {
  /** In sentences. */
  said: string,
  /** Whether it can be taken back at a click. */
  can_take_back: boolean,
};

export type FoundBrowser = {
  /** The browser, such as `Firefox (snap)`. */
  browser: string,
  /** Which of its ways, such as `profile work`. */
  name: string,
  /** What to set as the session's browser command. */
  command: string,
};

export type Action = { "do": "sign-in", "with": SessionId } | { "do": "renew", "with": SessionId } | { "do": "use-code", "with": SessionId } | { "do": "sign-in-all", "with": Array<SessionId> } | { "do": "cure" } | { "do": "later", "with": Array<string> } | { "do": "cancel", "with": SessionId } | { "do": "open-page", "with": SessionId } | { "do": "open-portal", "with": string } | { "do": "sign-out", "with": SessionId } | { "do": "refresh-all" } | { "do": "list-accounts", "with": SessionId } | { "do": "pick-profiles", "with": ProfilesWish } | { "do": "write-profiles" } | { "do": "pick-session", "with": SessionWish } | { "do": "write-session" } | { "do": "run-process", "with": string } | { "do": "set", "with": Setting } | { "do": "explain", "with": Pasted } | { "do": "check-computer" } | { "do": "mend", "with": Shown } | { "do": "take-back" } | { "do": "leave-mending" } | { "do": "open-file", "with": Place } | { "do": "open-window", "with": Part } | { "do": "copy-diagnostics" } | { "do": "quit" };

export type ProfilesWish = {
  /** Of which session. */
  session: SessionId,
  /** Roles that shall have a profile. */
  add: Array<Chosen>,
  /** How the profiles are called. */
  pattern: string,
  /** Their region; empty leaves it out. */
  region: string,
  /** Whether profiles go whose roles are not assigned any more. */
  prune: boolean,
};

export type Chosen = {
  /** Twelve digits. */
  account_id: string,
  /** The permission set. */
  role_name: string,
};

export type SessionWish = {
  /** The address of its access portal, as pasted. */
  url: string,
  /** The region of its Identity Center; empty where the address says it. */
  region: string,
  /** What to call it; empty for what the address suggests. */
  name: string,
};

export type Setting = { "key": "warn-before", "value": Array<number> } | { "key": "silent-refresh", "value": boolean } | { "key": "renew-by-hand", "value": {
  /** A session's id. */
  name: string,
  /** Whether it is. */
  on: boolean, } } | { "key": "both-homes", "value": boolean } | { "key": "environment", "value": {
  /** One of [`ASSUMED`]. */
  variable: string,
  /** None for what the program is started with. */
  value: string | null, } } | { "key": "wsl", "value": {
  /** Its name. */
  distribution: string,
  /** The home folder in it; none to leave it alone. */
  home: string | null, } } | { "key": "start-at-login", "value": boolean } | { "key": "log-level", "value": LogLevel } | { "key": "browser", "value": {
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

export type Pasted = string;

export type Shown = {
  /** What it mends: the fix's title. */
  title: string,
  /** The file, as it was written to the person. */
  file: string,
  /** The lines that go and come. */
  diff: Array<string>,
};

export type Place = "config" | "credentials" | "settings" | "log";

export type Part = "sessions" | "add" | "explain" | "check" | "settings";

export type Variable = {
  /** Its name. */
  name: string,
  /** What the program was started with, which counts. */
  value: string | null,
};

export type WslHome = {
  /** The distribution. */
  distribution: string,
  /** As the distribution calls it: `/home/me`. */
  home: string,
};
