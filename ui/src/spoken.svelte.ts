// What is told to the person beside the content: polite news for screen readers, a copied text, a failure.

const COPIED_FOR = 1_600;

/** Who says that it was copied. */
type Where = { key: string } | { words: string };

let news = $state("");
let copied = $state<string | null>(null);
let pill = $state<string | null>(null);
let failure = $state<string | null>(null);
let timer: ReturnType<typeof setTimeout> | undefined;

export const spoken = {
  get news(): string {
    return news;
  },
  /** The key of the button that copied just now. */
  get copied(): string | null {
    return copied;
  },
  /** What was copied just now, where no button shows it. */
  get pill(): string | null {
    return pill;
  },
  get failure(): string | null {
    return failure;
  },
};

/** Says it to screen readers when they are done with what they are saying. */
export function tell(text: string): void {
  // The same words twice are no change to a live region, so they would be silent.
  news = news === text ? `${text}\u00a0` : text;
}

/** Shows a sentence until it is dismissed. */
export function fail(text: string | null): void {
  failure = text;
}

/** Copies a text and says so: at the button of this key, or with these words at the bottom. */
export async function copy(text: string, where: Where): Promise<void> {
  told(await toClipboard(text), where);
}

/** Copies a text that is still to come. Where none comes, why has been said. */
export async function copyComing(coming: Promise<string | null | undefined>, where: Where): Promise<void> {
  // Asked at once: a clipboard that wants a click would not count it any more when the text is there.
  const promised = promise(coming);
  const text = await coming;
  if (text != null) told((await promised) || (await toClipboard(text)), where);
}

function told(done: boolean, where: Where): void {
  if (!done) return fail("This could not be copied: the clipboard refused it.");
  copied = "key" in where ? where.key : null;
  pill = "words" in where ? where.words : null;
  tell("Copied");
  clearTimeout(timer);
  timer = setTimeout(() => (copied = pill = null), COPIED_FOR);
}

async function promise(coming: Promise<string | null | undefined>): Promise<boolean> {
  if (typeof ClipboardItem === "undefined") return false;
  const blob = coming.then((text) => (text == null ? Promise.reject(new Error("nothing to copy")) : new Blob([text], { type: "text/plain" })));
  // The clipboard may refuse without looking at it.
  blob.catch(() => undefined);
  try {
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    return true;
  } catch {
    return false;
  }
}

async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return byHand(text);
  }
}

// Web views without a clipboard permission still copy what is selected.
function byHand(text: string): boolean {
  const before = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  area.setAttribute("aria-hidden", "true");
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  return done;
}
