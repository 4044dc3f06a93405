// Which of the pages is shown, and what the search says.

let settings = $state(false);
let accounts = $state<string | null>(null);
let adding = $state(false);
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

export function openSettings(session: string | null = null): void {
  scrolled = scrollY;
  field = session;
  settings = true;
}

export function closeSettings(): void {
  settings = false;
}

export function openAccounts(session: string): void {
  if (!adding) scrolled = scrollY;
  adding = false;
  accounts = session;
}

export function addOrganisation(): void {
  scrolled = scrollY;
  adding = true;
}

/** Back to the list of sessions, from wherever. */
export function closeParts(): void {
  accounts = null;
  adding = false;
}

/** Puts the list back where it was left. */
export function scrollBack(): void {
  scrollTo(0, scrolled);
}
