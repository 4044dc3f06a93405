// The line that makes a shell use a profile, quoted so that any profile name survives.

import type { Shell } from "./bindings.ts";

const PLAIN = /^[\w.\/@+:,-]+$/;

export function exportLine(shell: Shell, profile: string): string {
  switch (shell) {
    case "posix":
      return `export AWS_PROFILE='${profile.replaceAll("'", `'\\''`)}'`;
    case "fish":
      return `set -gx AWS_PROFILE ${PLAIN.test(profile) ? profile : `'${profile.replace(/[\\']/g, "\\$&")}'`}`;
    case "powershell":
      // PowerShell takes the curly quotes for quotes too.
      return `$Env:AWS_PROFILE = '${profile.replace(/['‘’‚‛]/g, "$&$&")}'`;
    case "cmd":
      return `set "AWS_PROFILE=${profile}"`;
  }
}

/** A command for a menu: "saml2aws login…" without its options, which only make it long. */
export function commandWords(command: string): string {
  const start = command.split(" --")[0] ?? command;
  return start === command ? command : `${start}…`;
}

/** How the line begins, for a menu. */
export function exportWords(shell: Shell): string {
  return { posix: "export AWS_PROFILE", fish: "set AWS_PROFILE", powershell: "$Env:AWS_PROFILE", cmd: "set AWS_PROFILE" }[shell];
}
