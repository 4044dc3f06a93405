// A profile in words: what kind of credentials it has, in which account, until when.

import type { ProfileView, SessionView, State } from "./bindings.ts";
import { ago, left, moment } from "./time.ts";

/** When its credentials end. Null for those that end with a session: the session tells its end, and may renew itself. */
export function ownEnd(profile: ProfileView): number | null {
  const own = profile.session === null || profile.expires_basis === "role-cache" || profile.expires_basis === "file-key";
  return own ? moment(profile.expires_at) : null;
}

/** Its state now: what has passed its end has ended, whether or not the engine has said so yet. */
export function stateOf(profile: ProfileView, now: number): State {
  const at = ownEnd(profile);
  const lives = profile.state === "valid" || profile.state === "expiring";
  return lives && at !== null && at <= now ? "expired" : profile.state;
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
      return "web identity";
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

/** When credentials without a session end: "no end", "47 min", "ended 3 h ago", "end not known" */
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
    default:
      return at === null ? "end not known" : left(at - now);
  }
}

/** Time left of its role's credentials, where known and not over. */
export function roleLeft(profile: ProfileView, now: number): string {
  const at = moment(profile.role_expires_at);
  return at !== null && at > now ? left(at - now) : "";
}

/** Profiles with what deserves attention first, then pinned, then by name. */
export function byNeed(a: ProfileView, b: ProfileView, pinned: ReadonlySet<string>): number {
  const need = (profile: ProfileView) => (profile.attention && profile.state !== "endless" ? 0 : profile.attention ? 1 : 2);
  return need(a) - need(b) || Number(pinned.has(b.name)) - Number(pinned.has(a.name)) || a.name.localeCompare(b.name);
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
