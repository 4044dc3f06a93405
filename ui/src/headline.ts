// The head of the window: one shape and two lines that say how things stand.

import type { Page, SessionView } from "./bindings.ts";
import { called, stateOf } from "./profile.ts";
import { end, refreshFailed, signedIn, standing } from "./session.ts";
import { atClock, clock, left, moment } from "./time.ts";

/** The shapes of the tray's icon. */
export type Shape = "signed-in" | "ends-soon" | "ended" | "signing-in" | "no-data";

export type Headline = { shape: Shape; title: string; line: string };

export function headline(page: Page, now: number): Headline {
  const { sessions, profiles } = page.view;
  if (sessions.length === 0 && profiles.length === 0) return nothing(page);

  const noted = sessions.filter((session) => session.attention || session.login);
  const at = (...states: string[]) => noted.filter((session) => states.includes(standing(session, now)));
  const line = counts(page, now);

  const signing = at("signing-in");
  if (signing.length > 0) return { shape: "signing-in", title: `Signing in to ${names(signing)}`, line };

  const ended = [
    ...at("expired").map(called),
    ...profiles.filter((p) => !p.session && p.attention && stateOf(p, now) === "expired").map((p) => p.name),
  ];
  if (ended.length > 0) {
    const what = ended.length > at("expired").length ? "credentials" : "sessions";
    const title = ended.length === 1 ? `${ended[0]} has ended` : `${ended.length} ${what} have ended`;
    return { shape: "ended", title, line };
  }

  const broken = at("broken");
  if (broken.length > 0) {
    const title = broken.length === 1 ? `${names(broken)} cannot be used` : `${broken.length} sessions cannot be used`;
    return { shape: "ended", title, line };
  }

  const soonest = at("expiring").sort((a, b) => (end(a) ?? 0) - (end(b) ?? 0))[0];
  if (soonest) {
    const until = end(soonest);
    const when = until === null ? "soon" : `in ${left(until - now)}`;
    return { shape: "ends-soon", title: `${called(soonest)} ends ${when}`, line };
  }

  const failed = at("stale").filter(refreshFailed);
  if (failed.length > 0) {
    const title = failed.length === 1 ? `${names(failed)} could not be renewed yet` : `${failed.length} sessions could not be renewed yet`;
    return { shape: "no-data", title, line };
  }

  const good = at("valid", "stale", "endless");
  if (good.length > 0) return { shape: "signed-in", title: `Signed in to ${names(good)}`, line: calm(page, now, line) };
  if (sessions.length > 0) return { shape: "no-data", title: "Not signed in", line };
  return { shape: "no-data", title: "No sessions to sign in to", line: "other credentials only" };
}

/** The next end that needs a person, of what deserves attention. */
export function next(page: Page, now: number): { name: string; at: number } | null {
  const ends = page.view.sessions
    .filter((session) => session.attention && signedIn(standing(session, now)))
    .map((session) => ({ name: called(session), at: end(session) }));
  const others = page.view.profiles
    .filter((profile) => !profile.session && profile.attention && stateOf(profile, now) !== "expired")
    .map((profile) => ({ name: profile.name, at: moment(profile.expires_at) }));
  let first: { name: string; at: number } | null = null;
  for (const { name, at } of [...ends, ...others]) {
    if (at !== null && at > now && (first === null || at < first.at)) first = { name, at };
  }
  return first;
}

/** "Next: platform at 16:02" */
export function nextWords(page: Page, now: number): string {
  const first = next(page, now);
  if (first) return `Next: ${first.name} ${atClock(first.at, now)}`;
  const over = page.view.sessions.some((session) => session.attention && !signedIn(standing(session, now)));
  return over ? "" : "No known end ahead";
}

/** Whether the configuration itself could not be read, so that nothing is known. */
export function unreadable(page: Page): boolean {
  return page.view.problems.some((problem) => problem.severity === "error" && problem.file === page.places.config);
}

function nothing(page: Page): Headline {
  if (!unreadable(page)) return { shape: "no-data", title: "No AWS profiles found", line: "nothing to sign in to yet" };
  return { shape: "no-data", title: "Config cannot be read", line: page.places.config };
}

// Of those a person still uses: what they left a year ago does not count.
function counts(page: Page, now: number): string {
  const states = page.view.sessions.map((session) => ({ session, state: standing(session, now) }));
  const counted = states.filter(({ session, state }) => session.attention || session.login || signedIn(state));
  const good = counted.filter(({ state }) => signedIn(state)).length;
  if (counted.length === 0) return page.view.sessions.length === 1 ? "1 session" : `${page.view.sessions.length} sessions`;
  return `${good} of ${counted.length} ${counted.length === 1 ? "session" : "sessions"} signed in`;
}

// All is well: more useful than the count is how long it will be.
function calm(page: Page, now: number, line: string): string {
  const first = next(page, now);
  const other = page.view.sessions.some((session) => session.attention && !signedIn(standing(session, now)));
  if (other) return line;
  return first ? `nothing needs you until ${clock(first.at, now)}` : "nothing needs you now";
}

function names(sessions: SessionView[]): string {
  const [first] = sessions;
  return sessions.length === 1 && first ? called(first) : `${sessions.length} sessions`;
}
