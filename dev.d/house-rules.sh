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

long=$(git ls-files '*.rs' '*.sh' '*.py' '*.mjs' dev | while read -r file; do
    lines=$(wc -l <"$file")
    [ "$lines" -gt 400 ] && echo "  $file: $lines lines"
done || true)
rule 'No file has more than 400 lines:' "$long"
rule 'The core names no std, no clock, no environment:' "$(git grep -nE '\bstd::|Timestamp::now|tokio' -- 'crates/core/src' | grep -v 'extern crate std' || true)"
rule 'The core depends on nothing that does I/O:' "$(cargo tree -p relight-core -e normal --prefix none 2>/dev/null | grep -E '^(tokio|notify|aws-|zbus|rustix|mio) ' || true)"
rule 'The engine names neither a tray nor a window:' "$(cargo tree -p relight-engine -e normal --prefix none 2>/dev/null | grep -E '^(tauri|gtk|wry|ksni|zbus|tiny-skia) ' || true)"
rule 'No Manager, Service, Helper or Util in names:' "$(git grep -nE '\b(struct|enum|trait|mod) \w*([Mm]anager|[Ss]ervice|[Hh]elper|[Uu]til)' -- '*.rs' || true)"
rule 'No test sleeps:' "$(git grep -nE 'thread::sleep|time::sleep|clock::pause' -- 'tests/journeys' 'crates/core/tests' 'tests/src/desktop' 'tests/src/world.rs' || true)"
exit $broken
