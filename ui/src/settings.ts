// What a change of one setting makes of the settings; the engine does the same and pushes the result.

import type { Setting, Settings } from "./bindings.ts";

export const WARN_LEAST = 1;
export const WARN_MOST = 1_440;

export function applied(settings: Settings, change: Setting): Settings {
  switch (change.key) {
    case "warn-before":
      return { ...settings, warn_before: change.value };
    case "silent-refresh":
      return { ...settings, silent_refresh: change.value };
    case "renew-by-hand":
      return { ...settings, renew_by_hand: toggled(settings.renew_by_hand, change.value) };
    case "both-homes":
      return { ...settings, both_homes: change.value };
    case "environment":
      return { ...settings, environment: entered(settings.environment, change.value.variable, change.value.value) };
    case "wsl":
      return { ...settings, wsl: entered(settings.wsl, change.value.distribution, change.value.home) };
    case "start-at-login":
      return { ...settings, start_at_login: change.value };
    case "log-level":
      return { ...settings, log_level: change.value };
    case "browser":
      return { ...settings, browsers: entered(settings.browsers, change.value.session, change.value.command) };
    case "pinned":
      return { ...settings, pinned: toggled(settings.pinned, change.value) };
    case "muted":
      return { ...settings, muted: toggled(settings.muted, change.value) };
  }
}

/** The warning times with one more, longest first; or a sentence why not. */
export function withWarning(warnings: number[], typed: string): number[] | string {
  const minutes = Number(typed.trim());
  if (typed.trim() === "" || !Number.isInteger(minutes) || minutes < WARN_LEAST || minutes > WARN_MOST) {
    return `A whole number of minutes from ${WARN_LEAST} to ${WARN_MOST}, please.`;
  }
  if (warnings.includes(minutes)) return `${minutes} min is there already.`;
  return [...warnings, minutes].sort((a, b) => b - a);
}

// Null takes it out.
function entered(table: { [key: string]: string }, key: string, value: string | null): { [key: string]: string } {
  const { [key]: _, ...others } = table;
  return value === null ? others : { ...others, [key]: value };
}

function toggled(names: string[], { name, on }: { name: string; on: boolean }): string[] {
  const others = names.filter((other) => other !== name);
  return on ? [...others, name] : others;
}
