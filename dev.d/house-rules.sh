#!/usr/bin/env bash
# The house's rules that no compiler knows: what must be absent where (ARCHITECTURE.md), and the size of files.
set -euo pipefail
cd "$(dirname "$0")/.."
broken=0
rule() { # rule WORDS MATCHES
    if [ -n "$2" ]; then
        printf '%s\n%s\n\n' "$1" "$2" >&2
        broken=1
    fi
}

# But for what is made from the code.
long=$(git ls-files '*.rs' '*.sh' '*.py' '*.mjs' '*.js' '*.ts' '*.svelte' '*.css' dev ':!ui/src/bindings.ts' | while read -r file; do
    lines=$(wc -l <"$file")
    [ "$lines" -gt 400 ] && echo "  $file: $lines lines"
done || true)
rule 'No file has more than 400 lines:' "$long"
rule 'The core names no std, no clock, no environment:' "$(git grep -nE '\bstd::|Timestamp::now|tokio' -- 'crates/core/src' | grep -vE '(page|document).rs:' || true)"
core=$(cargo tree -p relight-core -e normal --prefix none)
engine=$(cargo tree -p relight-engine -e normal --prefix none)
rule 'The core depends on nothing that does I/O:' "$(grep -E '^(tokio|notify|aws-|zbus|rustix|mio) ' <<<"$core" || true)"
rule 'The engine names neither a tray nor a window:' "$(grep -E '^(tauri|gtk|wry|ksni|zbus|tiny-skia) ' <<<"$engine" || true)"
rule 'No Manager, Service, Helper or Util in names:' "$(git grep -nE '\b(struct|enum|trait|mod) \w*([Mm]anager|[Ss]ervice|[Hh]elper|[Uu]til)' -- '*.rs' || true)"
rule 'One file of the page knows Tauri:' "$(git grep -nE "@tauri-apps" -- 'ui/src' ':!ui/src/ipc.ts' || true)"
rule 'No test sleeps:' "$(git grep -nE 'thread::sleep|time::sleep|clock::pause' -- 'tests/journeys' 'crates/core/tests' 'tests/src/desktop' 'tests/src/world.rs' || true; git grep -nE 'setTimeout|waitForTimeout' -- 'ui/tests' || true)"
exit $broken
