// What lies before the person: the last page that came, with their own changes on top until they are kept.

import type { Action, Page, Setting } from "./bindings.ts";
import * as ipc from "./ipc.ts";
import { applied } from "./settings.ts";
import { fail } from "./spoken.svelte.ts";

// As it came, never changed here: its identity tells whether another one came.
let received = $state.raw<Page | null>(null);
let refused = $state<string | null>(null);
// Changes on their way, and those that the engine has taken but no page shows yet.
let pending = $state.raw<Setting[]>([]);
let taken = $state.raw<Setting[]>([]);

const page = $derived.by(() => {
  const changes = [...taken, ...pending];
  if (!received || changes.length === 0) return received;
  return { ...received, settings: changes.reduce(applied, received.settings) };
});

export const desk = {
  /** Null until the first one has come. */
  get page(): Page | null {
    return page;
  },
  /** Why there is none. */
  get refused(): string | null {
    return refused;
  },
};

/** Listens for pages and asks for the first. Settles when there is something to show. */
export async function open(): Promise<void> {
  ipc.onView((next) => {
    received = next;
    taken = [];
  });
  ipc.onTrouble(fail);
  await ask();
}

export async function ask(): Promise<void> {
  try {
    const first = await ipc.view();
    // A page pushed meanwhile is newer.
    received ??= first;
    refused = null;
  } catch (error) {
    refused = sentence(error);
  }
}

/** Asks for an action and shows the sentence if it is refused. Answers undefined then. */
export async function act(action: Action): Promise<string | null | undefined> {
  try {
    return await ipc.act(action);
  } catch (error) {
    fail(sentence(error));
    return undefined;
  }
}

/**
 * Changes a setting at once, and takes it back if it is refused. The engine answers as soon as it has taken the change;
 * where that fails later, a sentence comes, and a page that knows better.
 */
export async function set(change: Setting): Promise<boolean> {
  const before = received;
  pending = [...pending, change];
  const kept = (await act({ do: "set", with: change })) !== undefined;
  pending = pending.filter((other) => other !== change);
  if (kept && received === before) taken = [...taken, change];
  return kept;
}

function sentence(error: unknown): string {
  if (typeof error === "string" && error !== "") return error;
  return error instanceof Error ? error.message : "Something went wrong, and Relight does not know what.";
}
