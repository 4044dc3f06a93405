#!/usr/bin/env bash
# installer.sh [release|debug]: builds Relight's programs for Windows and makes target/windows/Relight-setup.exe.
# Needs what env.sh names, and makensis.
set -euo pipefail
cd "$(dirname "$0")/../.."
. dev.d/windows/env.sh
profile=${1:-release}
compressor='/SOLID lzma'
if [ "$profile" = debug ]; then
    compressor=zlib
fi
cargo build --profile "${profile/debug/dev}" -p relight-desktop -p relight-engine --bin relight-tray --bin relight-window --bin relight

built=$CARGO_TARGET_DIR/$CARGO_BUILD_TARGET/$profile
programs=$windows/programs
rm -rf "$programs"
mkdir -p "$programs"
for program in relight relight-tray relight-window; do
    x86_64-w64-mingw32-strip -o "$programs/$program.exe" "$built/$program.exe"
done
[ ! -e "$built/WebView2Loader.dll" ] || cp "$built/WebView2Loader.dll" "$programs"
cp icons/relight.ico "$programs"
cp icons/relight-64.png "$programs/relight.png"
sed 's/$/\r/' LICENSE >"$programs/LICENSE.txt"

version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
# shellcheck disable=SC2086 # the compressor is two words
makensis -V2 -WX -DCOMPRESSOR="$compressor" -DPROGRAMS="$programs" -DVERSION="$version" \
    -DOUT="$windows/Relight-setup.exe" src-tauri/windows/relight.nsi
ls -l "$windows/Relight-setup.exe"
