// The way back to the list of sessions, with the focus at its head.

import { tick } from "svelte";
import { act } from "./desk.svelte.ts";
import { closeParts, place } from "./place.svelte.ts";

export async function back(): Promise<void> {
  // What was pasted and found is forgotten.
  if (place.mending) void act({ do: "leave-mending" });
  closeParts();
  await tick();
  document.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
}
