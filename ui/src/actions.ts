// What the menus of sessions and profiles offer.

import type { Page, ProfileView, SessionView, State } from "./bindings.ts";
import { act, set } from "./desk.svelte.ts";
import type { Item } from "./menu.svelte.ts";
import { openAccounts, openSettings } from "./place.svelte.ts";
import { hasPortal, isProfile } from "./profile.ts";
import { canRenew, isConsole, signedIn } from "./session.ts";
import { commandWords, exportLine, exportWords } from "./shell.ts";
import { copy, tell } from "./spoken.svelte.ts";

/** What has a second step. */
export type Question = "sign-out" | "renew";

/** `state`: as if no sign-in were under way, for one can sign out during it. */
export function sessionItems(page: Page, session: SessionView, state: State, ask: (question: Question) => void): Item[] {
  const items: Item[] = [];
  if (session.can_sign_in && !session.login && signedIn(state)) {
    items.push({ label: "Sign in again", icon: "sign-in", run: () => void act({ do: "sign-in", with: session.id }) });
  }
  if (canRenew(session, state)) {
    items.push({ label: "Start a fresh session…", icon: "refresh", run: () => ask("renew") });
  }
  if (session.start_url) {
    items.push({ label: "Copy start URL", icon: "link", run: () => void copy(session.start_url, { words: "the start URL" }) });
  }
  if (session.can_sign_in && !isConsole(session)) {
    items.push({ label: "Accounts and roles…", icon: "list", run: () => openAccounts(session.id) });
  }
  if (session.renew && !session.can_sign_in) items.push(copyCommand(session.renew));
  items.push({ label: "Browser for this session…", icon: "browser", run: () => openSettings(session.id) });
  items.push(...pinAndMute(page, session.id));
  if (signedIn(state)) items.push({ label: "Sign out…", icon: "sign-out", run: () => ask("sign-out"), danger: true });
  return items;
}

export function profileItems(page: Page, profile: ProfileView): Item[] {
  const items: Item[] = [];
  if (isProfile(profile.name)) {
    const line = exportLine(page.shell, profile.name);
    items.push(
      { label: "Copy name", icon: "copy", run: () => void copy(profile.name, { words: profile.name }) },
      { label: `Copy “${exportWords(page.shell)}…”`, icon: "terminal", run: () => void copy(line, { words: line }) },
    );
  }
  if (profile.renew) items.push(copyCommand(profile.renew));
  if (profile.kind === "credential-process") {
    items.push({ label: "Run its program", icon: "refresh", run: () => void runProcess(profile.name) });
  }
  if (hasPortal(profile)) {
    items.push({
      label: "Open the access portal",
      icon: "external",
      run: () => void act({ do: "open-portal", with: profile.name }),
    });
  }
  return [...items, ...pinAndMute(page, profile.name)];
}

function copyCommand(command: string): Item {
  return { label: `Copy “${commandWords(command)}”`, icon: "terminal", run: () => void copy(command, { words: command }) };
}

// The answer only says that it was started. What comes of it is a new page, or a sentence.
async function runProcess(profile: string): Promise<void> {
  if ((await act({ do: "run-process", with: profile })) !== undefined) tell(`Running the program of ${profile}`);
}

function pinAndMute({ settings }: Page, name: string): Item[] {
  const pinned = settings.pinned.includes(name);
  const muted = settings.muted.includes(name);
  return [
    { label: pinned ? "Unpin" : "Pin", icon: "pin", run: () => void set({ key: "pinned", value: { name, on: !pinned } }) },
    {
      label: muted ? "Unmute" : "Mute",
      icon: muted ? "bell" : "mute",
      run: () => void set({ key: "muted", value: { name, on: !muted } }),
    },
  ];
}
