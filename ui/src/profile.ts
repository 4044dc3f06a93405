// A profile in words: what kind of credentials it has, in which account, until when.

import type { ExpiresBasis, ProfileView, SessionView, State } from "./bindings.ts";
import { ago, left, moment } from "./time.ts";

// What tells of an end that no session has.
const OWN: ReadonlySet<ExpiresBasis> = new Set<ExpiresBasis>(["role-cache", "file-key", "jwt", "bedrock-key"]);

/**
 * When its credentials end. Null for those that end with a session, which tells its end and may renew itself, and for
 * what a program makes anew whenever it is asked.
 */
export function ownEnd(profile: ProfileView): number | null {
  if (profile.expires_basis === "process") return null;
  return profile.session === null || OWN.has(profile.expires_basis) ? moment(profile.expires_at) : null;
}

/** Its state now: what has passed its end has ended, whether or not the engine has said so yet. */
export function stateOf(profile: ProfileView, now: number): State {
  const { state } = profile;
  if (profile.expires_basis === "process") return processState(profile, now);
  const at = ownEnd(profile);
  const lives = state === "valid" || state === "expiring";
  return lives && at !== null && at <= now ? "expired" : state;
}

// Past the end that it told the last time, a program would tell another one: nobody knows which.
function processState(profile: ProfileView, now: number): State {
  const at = moment(profile.expires_at);
  return profile.state === "expired" || (at !== null && at <= now) ? "unknown" : profile.state;
}

/** Whether a profile has this name. Names in parentheses stand for what the environment gives: no file names them. */
export function isProfile(name: string): boolean {
  return !/^\(.*\)$/.test(name);
}

/** Whether a person must type an MFA code to use it. */
export function needsCode(profile: ProfileView): boolean {
  return profile.needs_mfa;
}

/** What to type in a terminal now, where it has ended or soon will. */
export function cure(profile: ProfileView, now: number): string | null {
  const state = stateOf(profile, now);
  return state === "expired" || state === "expiring" ? profile.renew : null;
}

/** How its problems are marked: "end" for what makes it unusable, "soon" for the others. Null for none. */
export function trouble(profile: ProfileView): "end" | "soon" | null {
  const severities = profile.problems.map(({ severity }) => severity);
  if (severities.includes("error")) return "end";
  return severities.includes("warning") ? "soon" : null;
}

/** "1111 2222 3333" */
export function account(id: string): string {
  return id.replace(/^(\d{4})(\d{4})(\d{4})$/, "$1 $2 $3");
}

/** Where it leads: "1111 2222 3333" and "Developer", as far as they are known */
export function place(profile: ProfileView): string[] {
  const parts = [profile.account_id && account(profile.account_id), profile.role_name];
  return parts.filter((part): part is string => Boolean(part));
}

/** What gives it its credentials: "long-term key AKIA…7QXM", "assumes a role from base" */
export function kind(profile: ProfileView): string {
  const key = profile.access_key ? ` ${profile.access_key}` : "";
  switch (profile.kind) {
    case "static":
      return `long-term key${key}`;
    case "temporary":
      return `temporary credentials${key}`;
    case "credential-process":
      return "credential process";
    case "web-identity":
      return isProfile(profile.name) ? "web identity" : "web identity from the environment";
    case "environment":
      return `environment variables${key}`;
    case "container":
      return "container";
    case "bedrock-key":
      return "Bedrock API key";
    case "assume-role":
      return profile.source_profile ? `assumes a role from ${profile.source_profile}` : "assumes a role";
    case "login":
      return "console sign-in";
    case "sso":
      return "IAM Identity Center";
    case "none":
      return "no credentials";
    default:
      return profile.kind;
  }
}

/** When its own credentials end: "no end", "47 min", "ended 3 h ago", "end not known" */
export function ending(profile: ProfileView, now: number): string {
  const at = moment(profile.expires_at);
  switch (stateOf(profile, now)) {
    case "broken":
      return "cannot be used";
    case "endless":
      return "no end";
    case "expired":
      return at !== null && at <= now ? `ended ${ago(now - at)}` : "ended";
    case "signed-out":
      return "not signed in";
    case "stale":
      return "renews itself";
    case "unknown":
      return unknownEnd(profile);
    default:
      return at === null ? "end not known" : left(at - now);
  }
}

function unknownEnd(profile: ProfileView): string {
  if (needsCode(profile)) return "MFA code needed";
  // What a container gives, its agent renews.
  if (profile.kind === "container") return "renews itself";
  // Without credentials there is nothing that could end.
  return profile.kind === "none" ? "" : "end not known";
}

/** Of a profile with a session: time left of its role's credentials, or why they cannot be had though the session lives. */
export function roleWords(profile: ProfileView, now: number): string {
  const state = stateOf(profile, now);
  const over = state === "expired" && ownEnd(profile) !== null;
  if (over || (state === "unknown" && needsCode(profile))) return ending(profile, now);
  if (state === "broken") return profile.problems.length > 0 ? "" : ending(profile, now);
  const at = moment(profile.role_expires_at);
  return at !== null && at > now ? left(at - now) : "";
}

/** The colour of its own end. What ended long ago, or is muted, should not alarm. */
export function tone(profile: ProfileView, now: number): "end" | "soon" | "ok" | "quiet" {
  switch (stateOf(profile, now)) {
    case "broken":
      return "end";
    case "expired":
      return profile.attention ? "end" : "quiet";
    case "expiring":
      return "soon";
    case "valid":
      return profile.expires_at === null ? "quiet" : "ok";
    default:
      return "quiet";
  }
}

/** The same of a profile with a session. What the session renews, or ends with it, stays as pale as the words around it. */
export function roleTone(profile: ProfileView, now: number): "end" | "soon" | "" {
  const own = profile.state === "broken" || ownEnd(profile) !== null;
  const colour = own ? tone(profile, now) : "";
  return colour === "end" || colour === "soon" ? colour : "";
}

/** Profiles with what deserves attention first, of those what needs the person now; then pinned, then by name. */
export function byNeed(a: ProfileView, b: ProfileView, pinned: ReadonlySet<string>): number {
  return need(a) - need(b) || Number(pinned.has(b.name)) - Number(pinned.has(a.name)) || a.name.localeCompare(b.name);
}

function need({ attention, state }: ProfileView): number {
  if (!attention) return 3;
  if (state === "endless") return 2;
  return state === "expired" || state === "expiring" ? 0 : 1;
}

/** Whether the access portal can be opened for it. */
export function hasPortal(profile: ProfileView): boolean {
  return profile.kind === "sso" && profile.account_id !== null;
}

/** "6 profiles" */
export function profiles(count: number): string {
  return count === 1 ? "1 profile" : `${count} profiles`;
}

/** Session names as a person says them: the name, or the id where it is empty. */
export function called(session: SessionView): string {
  return session.name || session.id;
}
