// The way back to the list of sessions, with the focus at its head.

import { tick } from "svelte";
import { closeParts } from "./place.svelte.ts";

export async function back(): Promise<void> {
  closeParts();
  await tick();
  document.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
}
