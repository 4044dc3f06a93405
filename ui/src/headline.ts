// The head of the window: one shape and two lines that say how things stand. It agrees with the tray.

import type { Page, ProfileView, SessionView, State } from "./bindings.ts";
import { called, ownEnd, stateOf } from "./profile.ts";
import { beneath, end, endsIn, endsWhen, isLearned, isOffline, isPastLearned, lives, refreshFailed } from "./session.ts";
import { atClock, clock } from "./time.ts";

/** The shapes of the tray's icon. */
export type Shape = "signed-in" | "ends-soon" | "ended" | "signing-in" | "no-data";

export type Headline = { shape: Shape; title: string; line: string };

export function headline(page: Page, now: number): Headline {
  const { sessions, profiles } = page.view;
  if (sessions.length === 0 && profiles.length === 0) return nothing(page);

  const line = counts(page, now);
  const signing = sessions.filter((session) => session.login);
  const begun = signing.filter(({ login }) => login?.state !== "waiting-for-turn");
  if (begun.length > 0) return { shape: "signing-in", title: `Signing in to ${names(begun)}`, line };
  if (signing.length > 0) {
    return { shape: "signing-in", title: `${names(signing)} ${signing.length === 1 ? "waits" : "wait"} for another sign-in`, line };
  }

  const at = (...states: State[]) => sessions.filter((session) => session.attention && states.includes(beneath(session, now)));
  const others = (...states: State[]) => otherCredentials(page).filter((profile) => states.includes(stateOf(profile, now)));

  // A role that ended with its session is no second end.
  const over = at("expired");
  const loose = others("expired").filter((profile) => !over.some(({ id }) => id === profile.session));
  const ended = [...over.map(called), ...loose.map(({ name }) => name)];
  if (ended.length > 0) {
    const what = loose.length > 0 ? "credentials" : "sessions";
    return { shape: "ended", title: ended.length === 1 ? `${ended[0]} has ended` : `${ended.length} ${what} have ended`, line };
  }

  const soon = [
    ...at("expiring").map((session) => ({ name: called(session), at: end(session), when: endsWhen(session, now) })),
    ...others("expiring").map((profile) => ({ name: profile.name, at: ownEnd(profile), when: endsIn(ownEnd(profile), now) })),
  ].sort((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity) || 0);
  const [soonest] = soon;
  if (soonest) return { shape: "ends-soon", title: `${soonest.name} ${soonest.when}`, line };

  const broken = at("broken");
  if (broken.length > 0) return { shape: "ended", title: `${names(broken)} cannot be used`, line };

  const stale = at("stale");
  const offline = stale.filter(isOffline);
  if (offline.length > 0) return { shape: "no-data", title: `Offline: ${names(offline)} ${offline.length === 1 ? "is" : "are"} renewed later`, line };
  const failed = stale.filter(refreshFailed);
  if (failed.length > 0) return { shape: "no-data", title: `${names(failed)} could not be renewed yet`, line };
  if (stale.length > 0) {
    const title = `${names(stale)} ${stale.length === 1 ? "renews" : "renew"} at the next use`;
    return { shape: "signed-in", title, line: calm(page, now, line) };
  }

  const good = at("valid", "endless");
  // For the tray, a state that nobody knows weighs more than a good one.
  const shape = at("unknown").length > 0 ? "no-data" : "signed-in";
  if (good.length > 0) return { shape, title: `Signed in to ${names(good)}`, line: calm(page, now, line) };
  const [valid, another] = others("valid", "endless");
  if (valid) {
    const title = another ? `${others("valid", "endless").length} credentials are valid` : `${valid.name} is valid`;
    return { shape, title, line: sessions.length > 0 ? line : "other credentials only" };
  }
  if (sessions.length > 0) return { shape: "no-data", title: "Not signed in", line };
  return { shape: "no-data", title: "No sessions to sign in to", line: "other credentials only" };
}

/** An end that needs a person; `learned`: no file tells it. */
type Next = { name: string; at: number; learned: boolean };

/** The next one of what deserves attention. */
export function next(page: Page, now: number): Next | null {
  const ends = page.view.sessions
    .filter((session) => session.attention && lives(session, now))
    .map((session) => ({ name: called(session), at: end(session), learned: isLearned(session) }));
  const others = otherCredentials(page)
    .filter((profile) => stateOf(profile, now) !== "expired")
    .map((profile) => ({ name: profile.name, at: ownEnd(profile), learned: false }));
  let first: Next | null = null;
  for (const { at, ...rest } of [...ends, ...others]) {
    if (at !== null && at > now && (first === null || at < first.at)) first = { ...rest, at };
  }
  return first;
}

/** "Next: platform at 16:02", "Next: platform about 16:02" */
export function nextWords(page: Page, now: number): string {
  const first = next(page, now);
  if (first) return `Next: ${first.name} ${nextClock(first, now)}`;
  const over = page.view.sessions.some((session) => session.attention && (!lives(session, now) || isPastLearned(session, now)));
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

// What counts beside the sessions, as for the tray: a role of a session too, for it may end before its session.
function otherCredentials(page: Page): ProfileView[] {
  return page.view.profiles.filter(({ attention, kind }) => attention && kind !== "sso" && kind !== "login");
}

// Those a person still uses: what they left a year ago does not count.
function counted(page: Page, now: number): SessionView[] {
  return page.view.sessions.filter((session) => session.attention || session.login || lives(session, now));
}

function counts(page: Page, now: number): string {
  const all = counted(page, now);
  const good = all.filter((session) => lives(session, now)).length;
  if (all.length === 0) return page.view.sessions.length === 1 ? "1 session" : `${page.view.sessions.length} sessions`;
  return `${good} of ${all.length} ${all.length === 1 ? "session" : "sessions"} signed in`;
}

// All is well: more useful than the count is how long it will be, as far as that is known.
function calm(page: Page, now: number, line: string): string {
  const all = counted(page, now);
  if (all.some((session) => session.attention && !lives(session, now))) return line;
  const first = next(page, now);
  if (!first) return line;
  const open = all.some((session) => lives(session, now) && (end(session) === null || isPastLearned(session, now)));
  if (open) return `next known end ${nextClock(first, now)}`;
  return `nothing needs you until ${first.learned ? "about " : ""}${clock(first.at, now)}`;
}

function nextClock({ at, learned }: Next, now: number): string {
  return learned ? `about ${clock(at, now)}` : atClock(at, now);
}

function names(sessions: SessionView[]): string {
  const [first] = sessions;
  return sessions.length === 1 && first ? called(first) : `${sessions.length} sessions`;
}
