// What a screen reader hears when something changes by itself: terse, one sentence each.

import type { Login, Page, SessionView } from "./bindings.ts";
import { called } from "./profile.ts";
import { beneath, end, endsWhen, lives, refreshFailed, signedIn, standing } from "./session.ts";
import { moment } from "./time.ts";

/** What was last seen of a session; during a sign-in, how it stood when that began. */
type Sight = { mark: string; lived: boolean; until: number };

export type Seen = ReadonlyMap<string, Sight>;

const SIGNING_IN = "signing-in";

/** One text of all that is worth telling; equal texts mean nothing to tell. */
export function marks(page: Page, now: number): string {
  return heard(page).map((session) => `${session.id} ${mark(session, now)}`).join("\n");
}

/** What to remember of a page for the next one. */
export function seen(page: Page, now: number, before: Seen = new Map()): Seen {
  return new Map(heard(page).map((session) => [session.id, sight(session, now, before.get(session.id))]));
}

/** "corp signed in", "data-eu has ended"; nothing for sessions that just appeared or vanished. */
export function changes(before: Seen, page: Page, now: number): string {
  return heard(page)
    .map((session) => {
      const was = before.get(session.id);
      return was && was.mark !== mark(session, now) ? sentence(session, was, now) : "";
    })
    .filter((text) => text !== "")
    .join(". ");
}

// Who mutes a session wants to hear nothing of it.
function heard({ view, settings }: Page): SessionView[] {
  return view.sessions.filter(({ id }) => !settings.muted.includes(id));
}

function mark(session: SessionView, now: number): string {
  if (session.login) return `${SIGNING_IN} ${session.login.state}`;
  const state = standing(session, now);
  return state === "stale" && refreshFailed(session) ? "stale failed" : state;
}

function sight(session: SessionView, now: number, was: Sight | undefined): Sight {
  const here = { mark: mark(session, now), lived: lives(session, now), until: until(session) };
  // The new end may be there before the sign-in is said to be over.
  return session.login && was?.mark.startsWith(SIGNING_IN) ? { ...was, mark: here.mark } : here;
}

// For comparing only: where no end is known, that of the token moves with a sign-in too.
function until(session: SessionView): number {
  return end(session) ?? moment(session.expires_at) ?? 0;
}

function sentence(session: SessionView, was: Sight, now: number): string {
  const name = called(session);
  const signing = was.mark.startsWith(SIGNING_IN);
  if (session.login) {
    return signingIn(name, session.login, signing);
  }
  const state = beneath(session, now);
  if (signing && signedIn(state)) return renewed(session, was) ? `${name} signed in` : `Still signed in to ${name}`;
  // Cancelled, or failed and told so: as before, not signed in.
  if (signing && !was.lived) return "";
  switch (state) {
    case "expired":
      return `${name} has ended`;
    case "expiring":
      return `${name} ${endsWhen(session, now)}`;
    case "signed-out":
      return `Signed out of ${name}`;
    case "broken":
      return `${name} cannot be used`;
    case "stale":
      return refreshFailed(session) ? `${name} could not be renewed yet` : "";
    default:
      // Renewing by itself is no news.
      return signedIn(state) && !was.mark.startsWith("stale") && renewed(session, was) ? `${name} signed in` : "";
  }
}

// `again`: it went on in another way, which its note tells.
function signingIn(name: string, { state, note }: Login, again: boolean): string {
  switch (state) {
    case "waiting-for-turn":
      return `${name} waits for another sign-in`;
    case "starting":
      return again && note ? `${name}: ${note}` : `Signing in to ${name}`;
    case "waiting-for-approval":
      return `${name}: approve in your browser`;
    case "saving":
      return `${name}: approved`;
  }
}

function renewed(session: SessionView, was: Sight): boolean {
  return !was.lived || until(session) > was.until;
}
