// The one menu of the window: who opened it and what it offers.

import type { IconName } from "./icons.ts";

export type Item = { label: string; icon: IconName; run: () => void; danger?: boolean };
type Open = { anchor: HTMLElement; label: string; items: Item[] };

let current = $state.raw<Open | null>(null);

export const menu = {
  get current(): Open | null {
    return current;
  },
};

/** Opens it at a button; a second press of the same button closes it. */
export function toggleMenu(anchor: HTMLElement, label: string, items: Item[]): void {
  if (current?.anchor === anchor) return closeMenu();
  closeMenu();
  // Set by hand: a thousand rows should not each watch the menu.
  anchor.setAttribute("aria-expanded", "true");
  current = { anchor, label, items };
}

/** Closes it; the focus goes back to where it came from unless something else has it. */
export function closeMenu(refocus = true): void {
  if (!current) return;
  const { anchor } = current;
  anchor.setAttribute("aria-expanded", "false");
  current = null;
  if (refocus) anchor.focus({ preventScroll: true });
}
