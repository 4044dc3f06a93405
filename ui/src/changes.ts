// What a screen reader hears when something changes by itself: terse, one sentence each.

import type { SessionView } from "./bindings.ts";
import { called } from "./profile.ts";
import { end, refreshFailed, signedIn, standing, type Standing } from "./session.ts";
import { left } from "./time.ts";

export type Seen = ReadonlyMap<string, string>;

/** What is worth telling of each session; equal texts mean nothing to tell. */
export function seen(sessions: SessionView[], now: number): Seen {
  return new Map(sessions.map((session) => [session.id, mark(session, standing(session, now))]));
}

/** "corp signed in", "data-eu has ended"; nothing for sessions that just appeared or vanished. */
export function changes(before: Seen, sessions: SessionView[], now: number): string {
  const after = seen(sessions, now);
  return sessions
    .filter((session) => before.has(session.id) && before.get(session.id) !== after.get(session.id))
    .map((session) => sentence(session, before.get(session.id) ?? "", now))
    .filter((text) => text !== "")
    .join(". ");
}

function mark(session: SessionView, state: Standing): string {
  if (state === "signing-in") return `${state} ${session.login?.state}`;
  return state === "stale" && refreshFailed(session) ? "stale failed" : state;
}

function sentence(session: SessionView, before: string, now: number): string {
  const name = called(session);
  const state = standing(session, now);
  const was = before.startsWith("signing-in");
  switch (state) {
    case "signing-in":
      if (session.login?.state === "waiting-for-approval") return `${name}: approve it in your browser`;
      return session.login?.state === "saving" ? `${name}: approved` : `Signing in to ${name}`;
    case "expired":
      return was ? `Not signed in to ${name}` : `${name} has ended`;
    case "expiring": {
      const at = end(session);
      return at === null ? `${name} ends soon` : `${name} ends in ${left(at - now)}`;
    }
    case "signed-out":
      return was ? `Not signed in to ${name}` : `Signed out of ${name}`;
    case "broken":
      return `${name} cannot be used`;
    case "stale":
      return refreshFailed(session) ? `${name} could not be renewed yet` : "";
    default:
      // Renewing by itself is no news.
      return signedIn(state) && !before.startsWith("stale") ? `${name} signed in` : "";
  }
}
