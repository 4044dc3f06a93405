// Times in words. Times left are rounded down, so that they never claim more than there is.

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Milliseconds since 1970 of an RFC 3339 text, or null for none and for nonsense. */
export function moment(text: string | null | undefined): number | null {
  if (text == null) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}

/** "under 1 min", "14 min", "6 h 12 min", "2 d 3 h" */
export function left(ms: number): string {
  if (ms < MINUTE) return "under 1 min";
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return two(ms, HOUR, "h", MINUTE, "min");
  return two(ms, DAY, "d", HOUR, "h");
}

/** "just now", "12 min ago", "3 h ago", "23 days ago" */
export function ago(ms: number): string {
  if (ms < MINUTE) return "just now";
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min ago`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h ago`;
  const days = Math.floor(ms / DAY);
  return days === 1 ? "1 day ago" : `${days} days ago`;
}

/** "16:07" today, "Tue 16:07" within six days, else "3 Dec, 16:07"; local time, on 12 or 24 hours as the person has it. */
export function clock(at: number, now: number): string {
  const hour = format({ hour: TWELVE ? "numeric" : "2-digit", minute: "2-digit" }, at);
  const days = Math.abs(midnight(at) - midnight(now)) / DAY;
  // Half a day of slack: days on which clocks change have 23 or 25 hours.
  if (days < 0.5) return hour;
  if (at > now && days < 6.5) return `${format({ weekday: "short" }, at)} ${hour}`;
  return `${format({ day: "numeric", month: "short" }, at)}, ${hour}`;
}

/** "at 16:07", "on Tue 16:07" */
export function atClock(at: number, now: number): string {
  return `${midnight(at) === midnight(now) ? "at" : "on"} ${clock(at, now)}`;
}

function two(ms: number, big: number, bigName: string, small: number, smallName: string): string {
  const bigs = Math.floor(ms / big);
  const smalls = Math.floor((ms % big) / small);
  return smalls === 0 ? `${bigs} ${bigName}` : `${bigs} ${bigName} ${smalls} ${smallName}`;
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

// In the language of the words around it, with its digits; only the hours follow the person's habits.
const LANGUAGE = "en-GB";
const { hourCycle } = new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions();
const TWELVE = hourCycle === "h11" || hourCycle === "h12";

// Making a formatter costs far more than using it.
const formatters = new Map<string, Intl.DateTimeFormat>();

function withHabits(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormatOptions {
  return hourCycle && options.hour ? { ...options, hourCycle } : options;
}

function format(options: Intl.DateTimeFormatOptions, at: number): string {
  const key = Object.keys(options).join();
  let formatter = formatters.get(key);
  if (!formatter) formatters.set(key, (formatter = new Intl.DateTimeFormat(LANGUAGE, withHabits(options))));
  return formatter.format(at);
}
