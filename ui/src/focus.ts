// Cards move and buttons vanish when a new page comes. The focus should survive that.

/** Remembers what has the focus; call the answer after the change to give it back where it was lost. */
export function keepFocus(): () => void {
  const held = document.activeElement;
  const card = held?.closest<HTMLElement>("[data-session]");
  const id = card?.dataset.session;
  return () => {
    if (!(held instanceof HTMLElement) || !id || document.activeElement !== document.body) return;
    if (held.isConnected) return held.focus({ preventScroll: true });
    // Its button is gone: the card itself tells what became of it.
    document.querySelector<HTMLElement>(`[data-session="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
  };
}
