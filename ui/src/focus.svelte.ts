// Cards move and buttons vanish when a new page comes. The focus should survive that.

// The title, and the headings of the sections; those inside cards are found by their card.
const HEADINGS = "h1, main section > h2";

/** Keeps the focus through each change of what `changing` reads. */
export function keepFocus(changing: () => unknown): void {
  let giveBack: () => void;
  $effect.pre(() => {
    changing();
    giveBack = remembered();
  });
  $effect(() => {
    changing();
    giveBack();
  });
}

// Remembers what has the focus; the answer gives it back where it was lost.
function remembered(): () => void {
  const held = document.activeElement;
  if (!(held instanceof HTMLElement) || held === document.body) return () => undefined;
  const id = held.closest<HTMLElement>("[data-session]")?.dataset.session;
  const headings = [...document.querySelectorAll<HTMLElement>(HEADINGS)].filter(
    (heading) => heading.compareDocumentPosition(held) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  return () => {
    if (document.activeElement !== document.body) return;
    // Its button is gone: the card itself tells what became of it, or else the nearest heading before it.
    const card = id && document.querySelector<HTMLElement>(`[data-session="${CSS.escape(id)}"]`);
    const to = held.isConnected ? held : card || headings.findLast((heading) => heading.isConnected);
    if (to) take(to);
  };
}

// A heading that folds its section has the focus in its button.
function take(to: HTMLElement): void {
  const target = (to.matches(HEADINGS) && to.querySelector<HTMLElement>("button")) || to;
  if (to.matches(HEADINGS)) to.tabIndex = -1;
  target.focus({ preventScroll: true });
}
