// What the button of a fix says.

import type { Action } from "./bindings.ts";

export function doing({ do: what }: Action): string {
  switch (what) {
    case "sign-in":
      return "Sign in";
    case "renew":
      return "Start a fresh session";
    case "refresh-all":
      return "Renew now";
    case "run-process":
      return "Run its program";
    case "open-file":
      return "Open file";
    case "list-accounts":
      return "Show its accounts";
    default:
      return "Do it";
  }
}
