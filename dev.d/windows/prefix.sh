#!/usr/bin/env bash
# prefix.sh: makes wine's folder, WINEPREFIX, with the library that Debian's wine lacks.
set -euo pipefail
library=$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll
if [ -e "$library" ]; then exit; fi
echo "Making a folder for $(/usr/lib/wine/wine64 --version)"
rm -rf "$WINEPREFIX"
mkdir -p "$WINEPREFIX"
# It complains of the 32-bit programs that it has not.
/usr/lib/wine/wine64 wineboot --init >/dev/null 2>&1
x86_64-w64-mingw32-gcc -O2 -shared -o "$library" \
    dev.d/windows/bcryptprimitives.c dev.d/windows/bcryptprimitives.def -ladvapi32
