// The search: over names, addresses, accounts, roles, regions, kinds, commands and problems.

import type { Card, Layout } from "./arrange.ts";
import type { Problem, ProfileView, SessionView } from "./bindings.ts";
import { kind, needsCode } from "./profile.ts";
import { isLearned } from "./session.ts";

/** What is shown of a page, and how much of that matches by itself. */
export type Found = Layout & { sessions: number; profiles: number };

/** What of a page matches; an empty query matches everything. */
export function find(layout: Layout, query: string): Found {
  if (query.trim() === "") return whole(layout);
  const matches = matcher(query);
  const narrow = (card: Card) => narrowed(card, matches);
  const cards = layout.cards.flatMap(narrow);
  const rest = layout.rest.flatMap(narrow);
  const others = layout.others.filter((profile) => matches(profileText(profile)));
  const both = [...cards, ...rest];
  return {
    cards,
    problems: layout.problems.filter((problem) => matches(problemText(problem))),
    others,
    rest,
    sessions: both.filter(({ session }) => matches(sessionText(session))).length,
    profiles: both.reduce((sum, card) => sum + matching(card, matches).length, others.length),
  };
}

function whole(layout: Layout): Found {
  const cards = [...layout.cards, ...layout.rest];
  const profiles = cards.reduce((sum, card) => sum + card.profiles.length, layout.others.length);
  return { ...layout, sessions: cards.length, profiles };
}

/** "2 sessions and 14 profiles found" */
export function foundWords(found: Found): string {
  const parts = [
    counted(found.sessions, "session"),
    counted(found.profiles, "profile"),
    counted(found.problems.length, "problem"),
  ].filter((part) => part !== "");
  if (parts.length === 0) return "Nothing found";
  return `${parts.join(", ").replace(/, ([^,]*)$/, " and $1")} found`;
}

type Matches = (text: string) => boolean;

// Every word must be there. An account id may be typed with or without its spaces.
function matcher(query: string): Matches {
  const words = query.trim().toLowerCase();
  const terms = /^[\d\s-]+$/.test(words) && /\d/.test(words) ? [words.replace(/\D/g, "")] : words.split(/\s+/);
  return (text) => terms.every((term) => text.includes(term));
}

// Whoever types a session's name wants to see it whole; whoever types what some profiles say, those, though the start
// URL says it too. Only then comes what the card says besides.
function narrowed(card: Card, matches: Matches): Card[] {
  if (matches(card.session.name.toLowerCase())) return [card];
  const profiles = matching(card, matches);
  if (profiles.length > 0) return [{ ...card, profiles, chosen: true }];
  return matches(sessionText(card.session)) ? [card] : [];
}

// Those that say it all by themselves; where there is none, those that say what their session leaves out.
function matching({ session, profiles }: Card, matches: Matches): ProfileView[] {
  const own = profiles.filter((profile) => matches(profileText(profile)));
  const around = sessionText(session);
  if (own.length > 0 || matches(around)) return own;
  return profiles.filter((profile) => matches(`${around}\n${profileText(profile)}`));
}

function sessionText(session: SessionView): string {
  const { name, kind, start_url, region, renew, problems } = session;
  // The command without the profile that it names: whoever types that wants the profile.
  const command = renew?.split(" --")[0];
  const learned = isLearned(session) && "learned";
  return [name, kind, start_url, region, command, learned, ...problems.map(problemText)].filter(Boolean).join("\n").toLowerCase();
}

function profileText(profile: ProfileView): string {
  const { name, kind: raw, account_id, role_name, region, access_key, renew, problems } = profile;
  const said = [name, raw, kind(profile), account_id, role_name, region, access_key, renew, needsCode(profile) && "MFA"];
  const parts = [...said, ...problems.map(problemText)];
  return parts.filter(Boolean).join("\n").toLowerCase();
}

function problemText(problem: Problem): string {
  const { code, message, hint, file, line } = problem;
  return [code, message, hint, file, line].filter((part) => part !== null).join("\n").toLowerCase();
}

function counted(count: number, word: string): string {
  if (count === 0) return "";
  return count === 1 ? `1 ${word}` : `${count} ${word}s`;
}
