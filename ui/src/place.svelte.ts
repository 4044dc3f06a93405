// Which of the pages is shown, and what the search says.

/** Where something is mended: an error that was pasted, or this computer. */
export type Mending = "error" | "computer";

let settings = $state(false);
let accounts = $state<string | null>(null);
let adding = $state(false);
let mending = $state<Mending | null>(null);
// Pasted elsewhere in the window, until the page that explains it takes it.
let handed = $state<string | null>(null);
let field = $state<string | null>(null);
let query = $state("");
let scrolled = 0;

export const place = {
  get settings(): boolean {
    return settings;
  },
  /** The session whose accounts and roles are shown. */
  get accounts(): string | null {
    return accounts;
  },
  /** Whether an organisation is being added. */
  get adding(): boolean {
    return adding;
  },
  /** What is being mended. */
  get mending(): Mending | null {
    return mending;
  },
  /** The session whose browser command the person came for. */
  get field(): string | null {
    return field;
  },
  get query(): string {
    return query;
  },
  set query(text: string) {
    query = text;
  },
};

/** Shows a part of the window, by the name that the program has for it. */
export function show(part: string): void {
  if (part === "settings") return openSettings();
  leaveList();
  closeParts();
  if (part === "add") adding = true;
  if (part === "explain") mending = "error";
  if (part === "check") mending = "computer";
}

export function openSettings(session: string | null = null): void {
  if (!settings) scrolled = scrollY;
  field = session;
  settings = true;
}

export function closeSettings(): void {
  settings = false;
}

export function openAccounts(session: string): void {
  if (!adding && mending === null) scrolled = scrollY;
  adding = false;
  mending = null;
  accounts = session;
}

export function addOrganisation(): void {
  scrolled = scrollY;
  adding = true;
}

/** `text`: what was pasted already. */
export function explainError(text: string | null = null): void {
  leaveList();
  handed = text;
  mending = "error";
}

/** What was pasted before the page was there, once. */
export function takeHanded(): string | null {
  const text = handed;
  handed = null;
  return text;
}

export function checkComputer(): void {
  leaveList();
  mending = "computer";
}

function leaveList(): void {
  if (!settings && accounts === null && !adding && mending === null) scrolled = scrollY;
  settings = adding = false;
  accounts = null;
}

/** Back to the list of sessions, from wherever. */
export function closeParts(): void {
  accounts = null;
  adding = false;
  mending = null;
}

/** Puts the list back where it was left. */
export function scrollBack(): void {
  scrollTo(0, scrolled);
}
