// Parts of pages, so that a fixture tells only what is special about it. All times count from NOW.

import type { Login, Page, Problem, ProfileView, SessionView, Settings, View } from "../../src/bindings.ts";

export const NOW = Date.parse("2026-11-18T15:48:00Z");

/** The RFC 3339 text of a moment so many minutes from NOW. */
export const inMinutes = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString().replace(".000", "");

/** As the core makes them: what renews itself has no known end today, and all else needs a person when its token ends. */
export function session(name: string, rest: Partial<SessionView> = {}): SessionView {
  const { state = "valid" } = rest;
  const token = ["valid", "expiring", "stale", "expired"].includes(state);
  const { refreshable = state === "valid" || state === "stale", expires_at = token ? inMinutes(47) : null } = rest;
  return {
    id: `sso-session:${name}`,
    kind: "sso-session",
    name,
    start_url: `https://${name}.awsapps.com/start`,
    region: "eu-central-1",
    state,
    expires_at,
    refreshable,
    ends_at: null,
    ends_basis: "unknown",
    login: null,
    attention: true,
    profiles: [],
    problems: [],
    can_sign_in: true,
    renew: null,
    person_needed_at: refreshable ? null : expires_at,
    length: null,
    ...rest,
  };
}

/** One whose end was learned from others that lasted twelve hours; it may come so many minutes from NOW, or be past. */
export function learnedSession(name: string, minutes: number, rest: Partial<SessionView> = {}): SessionView {
  const ends_at = inMinutes(minutes);
  const state = minutes <= 15 ? "expiring" : "valid";
  return session(name, { state, refreshable: true, ends_at, ends_basis: "learned", person_needed_at: ends_at, length: 43_200, ...rest });
}

/**
 * One of `aws login`: its keys are renewed every quarter of an hour, until twelve hours after the sign-in, which happened
 * so many minutes ago. `user` is the end of its ARN.
 */
export function loginSession(user: string, minutesAgo: number | null, rest: Partial<SessionView> = {}): SessionView {
  const ends_at = minutesAgo === null ? null : inMinutes(720 - minutesAgo);
  const over = minutesAgo !== null && minutesAgo >= 720;
  const { state = minutesAgo === null ? "signed-out" : over ? "expired" : minutesAgo > 705 ? "expiring" : "valid" } = rest;
  return session(`111122223333:${user}`, {
    id: `login:arn:aws:iam::111122223333:${user}`,
    kind: "login",
    start_url: "",
    state,
    expires_at: minutesAgo === null ? null : over ? ends_at : inMinutes(9),
    refreshable: minutesAgo !== null && !over,
    ends_at,
    ends_basis: ends_at === null ? "unknown" : "exact",
    person_needed_at: ends_at,
    length: ends_at === null ? null : 43_200,
    ...rest,
  });
}

/** What `aws login` gives a profile: it ends with its session, whose keys it shows. */
export function loginProfile(name: string, of: SessionView, rest: Partial<ProfileView> = {}): ProfileView {
  const { state, expires_at, attention } = of;
  const expires_basis = expires_at === null ? "none" : "login-token";
  return profile(name, null, "111122223333", null, { kind: "login", session: of.id, state, expires_at, expires_basis, attention, ...rest });
}

export function profile(name: string, of: string | null, account: string | null, role: string | null, rest: Partial<ProfileView> = {}): ProfileView {
  return {
    name,
    kind: of ? "sso" : "static",
    session: of ? `sso-session:${of}` : null,
    source_profile: null,
    account_id: account,
    role_name: role,
    needs_mfa: false,
    renew: null,
    access_key: null,
    region: "eu-central-1",
    state: "valid",
    expires_at: null,
    expires_basis: of ? "sso-token" : "none",
    role_expires_at: null,
    attention: true,
    problems: [],
    ...rest,
  };
}

export function problem(rest: Partial<Problem> = {}): Problem {
  return {
    code: "duplicate-section",
    severity: "warning",
    message: "boto3 and the AWS CLI refuse this whole file: [profile dev] stands twice.",
    hint: "Remove one of the two: lines 12 and 40.",
    file: "~/.aws/config",
    line: 40,
    ...rest,
  };
}

export function login(rest: Partial<Login> = {}): Login {
  return {
    flow: "device",
    user_code: "KJTX-QWPM",
    verification_uri: "https://sandbox.awsapps.com/start/#/device",
    verification_uri_complete: "https://sandbox.awsapps.com/start/#/device?user_code=KJTX-QWPM",
    since: inMinutes(-1),
    state: "waiting-for-approval",
    by: "window",
    ...rest,
  };
}

/** One by a browser that comes back: there is no code. */
export function pkce(rest: Partial<Login> = {}): Login {
  const back = "redirect_uri=http%3A%2F%2F127.0.0.1%3A41234%2Foauth%2Fcallback&state=8m3Vt0c2Qm1yT5eS7uJ9wA";
  const challenge = "code_challenge_method=S256&scopes=sso%3Aaccount%3Aaccess&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  return login({
    flow: "pkce",
    user_code: null,
    verification_uri: null,
    verification_uri_complete: `https://oidc.eu-central-1.amazonaws.com/authorize?response_type=code&client_id=bx4gGEbTJ0Lq3&${back}&${challenge}`,
    ...rest,
  });
}

export function page(view: Partial<View>, settings: Partial<Settings> = {}, rest: Partial<Page> = {}): Page {
  return {
    relight: "0.1.0",
    view: { version: 1, now: inMinutes(0), worst: null, sessions: [], profiles: [], problems: [], ...view },
    settings: {
      warn_before: [15, 5],
      silent_refresh: true,
      renew_by_hand: [],
      both_homes: null,
      environment: {},
      wsl: {},
      start_at_login: false,
      log_level: "info",
      browsers: {},
      pinned: [],
      muted: [],
      ...settings,
    },
    places: {
      config: "~/.aws/config",
      credentials: "~/.aws/credentials",
      sso_cache: "~/.aws/sso/cache",
      cli_cache: "~/.aws/cli/cache",
      settings: "~/.config/relight/settings.toml",
      state: "~/.local/state/relight",
      log: "~/.local/state/relight/relight.log",
    },
    accounts: null,
    organisation: null,
    answer: null,
    findings: null,
    mended: null,
    shell: "posix",
    found_browsers: [],
    variables: ["HOME", "AWS_CONFIG_FILE", "AWS_PROFILE"].map((name) => ({ name, value: null })),
    found_wsl_homes: [],
    ...rest,
  };
}
