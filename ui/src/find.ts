// The search: over names, addresses, accounts, roles, regions, kinds and problems.

import type { Card, Layout } from "./arrange.ts";
import type { Problem, ProfileView, SessionView } from "./bindings.ts";
import { kind } from "./profile.ts";

/** What of a page matches; an empty query matches everything. */
export function find(layout: Layout, query: string): Layout {
  const matches = matcher(query);
  if (!matches) return layout;
  const narrow = (card: Card) => narrowed(card, matches);
  return {
    cards: layout.cards.flatMap(narrow),
    problems: layout.problems.filter((problem) => matches(problemText(problem))),
    others: layout.others.filter((profile) => matches(profileText(profile))),
    rest: layout.rest.flatMap(narrow),
  };
}

/** "2 sessions and 14 profiles found" */
export function foundWords(layout: Layout): string {
  const cards = [...layout.cards, ...layout.rest];
  const profiles = cards.reduce((sum, card) => sum + card.profiles.length, layout.others.length);
  const parts = [
    counted(cards.length, "session"),
    counted(profiles, "profile"),
    counted(layout.problems.length, "problem"),
  ].filter((part) => part !== "");
  if (parts.length === 0) return "Nothing found";
  return `${parts.join(", ").replace(/, ([^,]*)$/, " and $1")} found`;
}

type Matches = (text: string) => boolean;

// Every word must be there. An account id may be typed with or without its spaces.
function matcher(query: string): Matches | null {
  const words = query.trim().toLowerCase();
  if (words === "") return null;
  const terms = /^[\d\s-]+$/.test(words) && /\d/.test(words) ? [words.replace(/\D/g, "")] : words.split(/\s+/);
  return (text) => terms.every((term) => text.includes(term));
}

// A card stays when it matches itself (with all its profiles) or for the profiles that match.
function narrowed(card: Card, matches: Matches): Card[] {
  const own = sessionText(card.session);
  if (matches(own)) return [card];
  const profiles = card.profiles.filter((profile) => matches(`${own}\n${profileText(profile)}`));
  return profiles.length > 0 ? [{ ...card, profiles, chosen: true }] : [];
}

function sessionText(session: SessionView): string {
  const { name, kind, start_url, region, problems } = session;
  return [name, kind, start_url, region, ...problems.map(problemText)].join("\n").toLowerCase();
}

function profileText(profile: ProfileView): string {
  const { name, kind: raw, account_id, role_name, region, access_key, problems } = profile;
  const parts = [name, raw, kind(profile), account_id, role_name, region, access_key, ...problems.map(problemText)];
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
