// Where everything of a page goes: cards, problems, other credentials, and the rest at the bottom.

import type { Page, Problem, ProfileView, SessionView } from "./bindings.ts";
import { byNeed } from "./profile.ts";
import { byUrgency, lives } from "./session.ts";

export type Card = {
  session: SessionView;
  profiles: ProfileView[];
  /** Its own problems and those of its profiles. */
  problems: Problem[];
  /** A search has chosen these profiles: all are to be shown. */
  chosen: boolean;
};

export type Layout = {
  cards: Card[];
  problems: Problem[];
  others: ProfileView[];
  /** Sessions that deserve no attention: not signed in for long, or muted. */
  rest: Card[];
};

export function arrange(page: Page, now: number): Layout {
  const { view, settings } = page;
  const pinned = new Set(settings.pinned);
  const bySession = new Map<string, ProfileView[]>(view.sessions.map((session) => [session.id, []]));
  const others: ProfileView[] = [];
  const general = new Set(view.problems.map(problemKey));
  for (const profile of view.profiles) (bySession.get(profile.session ?? "") ?? others).push(profile);

  const cards = view.sessions
    .toSorted((a, b) => byUrgency(a, b, pinned, now))
    .map((session) => card(session, bySession.get(session.id) ?? [], pinned, general));
  const shown = cards.filter(({ session }) => deservesCard(page, session, now));
  const rest = cards.filter((card) => !shown.includes(card));
  const loose = [...others, ...rest.flatMap((card) => card.profiles)].flatMap((profile) => profile.problems);
  return {
    cards: shown,
    problems: distinct([...view.problems, ...loose]).sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity]),
    others: others.sort((a, b) => byNeed(a, b, pinned)),
    rest,
  };
}

// Signed in or under way is shown unless muted; all else only where it deserves attention.
function deservesCard(page: Page, session: SessionView, now: number): boolean {
  if (session.attention || session.login) return true;
  return lives(session, now) && !page.settings.muted.includes(session.id);
}

function card(session: SessionView, profiles: ProfileView[], pinned: ReadonlySet<string>, general: ReadonlySet<string>): Card {
  const problems = [...session.problems, ...profiles.flatMap((profile) => profile.problems)];
  return {
    session,
    profiles: profiles.toSorted((a, b) => Number(pinned.has(b.name)) - Number(pinned.has(a.name))),
    // What is wrong with a whole file is told once, with the problems.
    problems: distinct(problems).filter((problem) => !general.has(problemKey(problem))),
    chosen: false,
  };
}

const WEIGHT: Record<Problem["severity"], number> = { error: 0, warning: 1, info: 2 };

// One broken line can be the problem of many profiles; it is told once.
function distinct(problems: Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [problemKey(problem), problem])).values()];
}

export function problemKey(problem: Problem): string {
  return [problem.code, problem.file, problem.line, problem.message].join("\n");
}
