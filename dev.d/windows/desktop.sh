#!/usr/bin/env bash
# desktop.sh [debug|release]: builds all of Relight for Windows with its installer, and starts, installs and removes it
# under wine.
set -euo pipefail
cd "$(dirname "$0")/../.."
. dev.d/windows/env.sh
dev.d/windows/sysroot.sh "$windows/sysroot"
dev.d/windows/prefix.sh
dev.d/windows/installer.sh "${1:-debug}"

checks=$windows/checks
for check in check-desktop check-installer; do
    echo
    dev.d/windows/$check.sh 2>&1
done | tee "$checks"
echo
echo "Windows desktop, run by $(/usr/lib/wine/wine64 --version): $(grep -c '^ok: ' "$checks") seen, $(grep -c '^NOT OK: ' "$checks" || true) not as they should be"
