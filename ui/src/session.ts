// What a session is at a given moment, and how it is said. No state, no clock: `now` is an argument.

import type { SessionView, State } from "./bindings.ts";
import { called } from "./profile.ts";
import { ago, atClock, clock, left, moment } from "./time.ts";

/** A session's state as it is shown: a sign-in under way hides what was before. */
export type Standing = State | "signing-in";

/** When the session next needs a person; null while it renews itself and no end is known. */
export function end(session: SessionView): number | null {
  return moment(session.person_needed_at) ?? (session.refreshable ? null : moment(session.expires_at));
}

/** Whether its end has passed, even if the engine has not said so yet. */
export function hasEnded(session: SessionView, now: number): boolean {
  if (session.state === "expired") return true;
  // A learned end is the earliest that it can be: it has passed when the engine says so.
  if (isLearned(session)) return false;
  const at = end(session);
  const counts = session.state === "valid" || session.state === "expiring" || session.state === "stale";
  return counts && at !== null && at <= now;
}

export function standing(session: SessionView, now: number): Standing {
  return session.login ? "signing-in" : beneath(session, now);
}

/** Its state as if no sign-in were under way: whoever signs in again is signed in all the while. */
export function beneath(session: SessionView, now: number): State {
  return hasEnded(session, now) ? "expired" : session.state;
}

/** Whether it gives credentials now, with or without a sign-in under way. */
export function lives(session: SessionView, now: number): boolean {
  return signedIn(beneath(session, now));
}

export function signedIn(standing: Standing): boolean {
  return standing === "valid" || standing === "expiring" || standing === "stale" || standing === "endless";
}

/** Whether a sign-in is what this session is waiting for. */
export function wantsSignIn(session: SessionView, standing: Standing): boolean {
  return session.can_sign_in && (standing === "expired" || standing === "signed-out" || standing === "broken");
}

/** What to type in a terminal instead, where Relight cannot sign in. `standing`: as if no sign-in were under way. */
export function cure(session: SessionView, standing: State): string | null {
  if (session.can_sign_in || session.login) return null;
  const needed = standing === "expired" || standing === "signed-out" || standing === "broken" || standing === "expiring";
  return needed ? session.renew : null;
}

/** Whether it is one of `aws login`: no portal lists its accounts, no code is compared, and AWS has no sign-out for it. */
export function isConsole(session: SessionView): boolean {
  return session.kind === "login";
}

/** Whether it is of a kind that can be renewed without a person. */
export function renewsSilently(session: SessionView): boolean {
  return session.kind !== "sso-legacy";
}

/** Whether there is a session to end at AWS, so that a full one begins. As in the tray's menu. */
export function canRenew(session: SessionView, standing: State): boolean {
  return (standing === "valid" || standing === "expiring") && session.can_sign_in && !session.login && !isConsole(session);
}

/** Which sign-in has the browser: "the sign-in to data-eu, in a terminal". */
export function awaitedTurn(sessions: readonly SessionView[]): string {
  const other = sessions.find(({ login }) => login && login.state !== "waiting-for-turn");
  if (!other?.login) return "another sign-in";
  const { by } = other.login;
  const where = by === "window" ? "" : by === "tray" ? ", from the tray" : ", in a terminal";
  return `the sign-in to ${called(other)}${where}`;
}

export function refreshFailed(session: SessionView): boolean {
  return session.problems.some((problem) => problem.code === "refresh-failed");
}

/** Whether it cannot be renewed because the network does not lead to AWS. */
export function isOffline(session: SessionView): boolean {
  return session.problems.some((problem) => problem.code === "offline");
}

/** How much of the ring is left, in hundredths; whole where no end is known. */
export function hundredths(session: SessionView, now: number): number {
  const at = end(session);
  if (at === null || !session.length) return 100;
  const share = (at - now) / (session.length * 1_000);
  return Math.floor(Math.min(1, Math.max(0, share)) * 100);
}

/** "6 h 12 min", or nothing where no end is known. */
export function timeLeft(session: SessionView, standing: Standing, now: number): string {
  const at = end(session);
  if (at === null || (standing !== "valid" && standing !== "expiring")) return "";
  return isPastLearned(session, now) ? "" : left(at - now);
}

/** "ends in 14 min", "ends in about 14 min", "may end at any moment": what is soon. */
export function endsWhen(session: SessionView, now: number): string {
  if (isPastLearned(session, now)) return AT_ANY_MOMENT;
  return endsIn(end(session), now, isLearned(session));
}

/** The same of a moment; null where none is known. */
export function endsIn(at: number | null, now: number, learned = false): string {
  if (at === null) return "ends soon";
  // "about under 1 min" is no better known.
  return `ends in ${learned && at - now >= 60_000 ? "about " : ""}${left(at - now)}`;
}

const AT_ANY_MOMENT = "may end at any moment";

/** The line under the name: "ended 12 min ago", "renews itself · until 22:05". `byHand`: Relight renews it only when asked. */
export function line(session: SessionView, standing: Standing, now: number, byHand = false): string {
  const at = end(session);
  switch (standing) {
    case "signing-in":
      return loginLine(session);
    case "expired": {
      const ended = at ?? moment(session.ends_at) ?? moment(session.expires_at);
      return ended !== null && ended <= now ? `ended ${ago(now - ended)}` : "ended";
    }
    case "expiring":
      if (isPastLearned(session, now)) return AT_ANY_MOMENT;
      if (isLearned(session)) return at === null ? "ends soon" : `ends about ${clock(at, now)} (learned)`;
      return at === null ? "ends soon" : `ends ${atClock(at, now)}`;
    case "valid":
      if (isOffline(session)) return `offline · until ${clock(moment(session.expires_at) ?? now, now)}`;
      if (byHand && session.refreshable) return handLine(session, now);
      if (isLearned(session) && at !== null) return `renews itself · until about ${clock(at, now)} (learned)`;
      if (session.refreshable) return at === null ? "renews itself" : `renews itself · until ${clock(at, now)}`;
      return at === null ? "end not known" : `ends ${atClock(at, now)}`;
    case "stale":
      if (isOffline(session)) return "offline, renews itself when the network is back";
      if (refreshFailed(session)) return "could not be renewed yet";
      return byHand ? "renews at the next use, or when you ask" : "renews itself at the next use";
    case "signed-out":
      return "not signed in";
    case "endless":
      return "no end";
    case "broken":
      return "cannot be used";
    case "unknown":
      return "state not known";
  }
}

/** Whether what it waits for is an end that no file tells. */
export function isLearned(session: SessionView): boolean {
  return session.refreshable && session.ends_basis === "learned";
}

/** Whether its learned end, which is the earliest it can be, is past. */
export function isPastLearned(session: SessionView, now: number): boolean {
  const at = end(session);
  return isLearned(session) && at !== null && at <= now;
}

/** What "(learned)" means. */
export const LEARNED = "Learned from earlier sessions that ended: AWS tells nobody when one will.";

// Its clients renew it at their next use, so what matters is until when they need not.
function handLine(session: SessionView, now: number): string {
  const at = moment(session.expires_at);
  const what = isConsole(session) ? "keys" : "token";
  return at === null ? "renewed when you ask" : `renewed when you ask · ${what} until ${clock(at, now)}`;
}

function loginLine(session: SessionView): string {
  const codes = session.login?.flow === "device" && !isConsole(session);
  switch (session.login?.state) {
    case "waiting-for-turn":
      return "waits for its turn";
    case "starting":
      return codes ? "asking AWS for a code…" : "asking AWS…";
    case "saving":
      return "approved, saving…";
    case "waiting-for-approval":
      return codes ? "approve in your browser" : "in your browser";
    case undefined:
      return "";
  }
}

// The order of the cards: what wants a person first. Whoever signs in again before the end finds the card where it was.
function rank(session: SessionView, now: number): number {
  return RANK[lives(session, now) ? beneath(session, now) : standing(session, now)];
}

const RANK: Record<Standing, number> = {
  "signing-in": 0,
  expired: 1,
  expiring: 2,
  broken: 3,
  "signed-out": 4,
  stale: 5,
  valid: 6,
  endless: 7,
  unknown: 8,
};

/** Compares two sessions for their place in the list. */
export function byUrgency(a: SessionView, b: SessionView, pinned: ReadonlySet<string>, now: number): number {
  return (
    rank(a, now) - rank(b, now) ||
    Number(pinned.has(b.id)) - Number(pinned.has(a.id)) ||
    order(a, b, now) ||
    a.name.localeCompare(b.name)
  );
}

// Soonest end first; of the ended ones, the one that ended last.
function order(a: SessionView, b: SessionView, now: number): number {
  const [first, second] = [end(a) ?? Infinity, end(b) ?? Infinity];
  if (first === second) return 0;
  return standing(a, now) === "expired" ? second - first : first - second;
}
