// Which of the two pages is shown, and what the search says.

let settings = $state(false);
let field = $state<string | null>(null);
let query = $state("");
let scrolled = 0;

export const place = {
  get settings(): boolean {
    return settings;
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

/** Puts the list back where it was left. */
export function scrollBack(): void {
  scrollTo(0, scrolled);
}
