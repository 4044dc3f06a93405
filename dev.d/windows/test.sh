#!/usr/bin/env bash
# test.sh: builds core, engine and the command line for Windows, and runs their tests and journeys under wine.
set -euo pipefail
cd "$(dirname "$0")/../.."
. dev.d/windows/env.sh
dev.d/windows/sysroot.sh "$windows/sysroot"
dev.d/windows/prefix.sh

# This prefix's own server goes with what it served.
trap '/usr/lib/wine/wineserver64 -k || true' EXIT

# Snapshots are looked for below it; asking cargo for it fails under wine.
INSTA_WORKSPACE_ROOT="Z:${PWD//\//\\}"
export INSTA_WORKSPACE_ROOT INSTA_UPDATE=no
said=$windows/said
# Longer than all tests together: what hangs is ended.
limit=1200

/usr/bin/cargo build --package relight-engine --bin relight
/usr/bin/cargo test --package relight-core --package relight-engine --package relight-tests --lib --bins --tests --no-run
timeout "$limit" /usr/bin/cargo test --no-fail-fast \
    --package relight-core --package relight-engine --package relight-tests --lib --bins --tests -- "$@" 2>&1 | tee "$said"

echo
echo "Windows: built with $(/usr/bin/rustc --version | cut -d' ' -f1-2) for x86_64-pc-windows-gnu, run by $(/usr/lib/wine/wine64 --version)"
awk '/^test result/ { passed += $4; failed += $6; skipped += $8 } END { print passed " passed, " failed " failed, " skipped " skipped" }' "$said"
sed -n 's/^test \(.*\) \.\.\. ignored, \(.*\)/skipped: \1: \2/p' "$said"
echo "not built for Windows: journeys with real clients, shells, D-Bus, links and modes of files (cfg(unix), cfg(linux))"
