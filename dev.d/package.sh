#!/usr/bin/env bash
# package.sh TARGET: makes the deb and the rpm. The window's bundler makes both; what it does not know of (the command
# line, man pages, completions, icons of all sizes) lies ready for it as it is to lie below /usr.
set -euo pipefail
cd "$(dirname "$0")/.."
target=$1
cargo build --release --bin relight-tray --bin relight-window --bin relight

packages=target/packages
usr=$packages/usr
rm -rf "$packages"
mkdir -p "$usr/bin" "$usr/share/man/man1"
install -m 755 "$target/release/relight" "$usr/bin/relight"

install -D -m 644 LICENSE "$usr/share/doc/relight/copyright"

relight=$target/release/relight
"$relight" man | gzip -9n >"$usr/share/man/man1/relight.1.gz"
"$relight" --help | sed -n '/^Commands:/,/^$/ s/^  \([a-z]*\) .*/\1/p' | while read -r command; do
    [ "$command" = help ] || "$relight" man "$command" | gzip -9n >"$usr/share/man/man1/relight-$command.1.gz"
done

completions() { # completions SHELL FILE
    mkdir -p "$(dirname "$usr/share/$2")"
    "$relight" completions "$1" >"$usr/share/$2"
}
completions bash bash-completion/completions/relight
completions zsh zsh/vendor-completions/_relight
completions fish fish/vendor_completions.d/relight.fish

for size in 16 24 32 48 64 128 256 512; do
    install -D -m 644 "icons/relight-$size.png" "$usr/share/icons/hicolor/${size}x$size/apps/relight.png"
done
install -D -m 644 icons/relight.svg "$usr/share/icons/hicolor/scalable/apps/relight.svg"

# The bundler, of the version that the window's library has. Not in the page's lock: that page needs none of it.
bundler=$target/bundler/node_modules/.bin/tauri
if ! "$bundler" --version 2>/dev/null | grep -q 2.12.5; then
    npm install --prefix "$target/bundler" --loglevel=error --no-audit --no-fund --ignore-scripts @tauri-apps/cli@2.12.5
fi
rm -rf "$target"/release/bundle/deb "$target"/release/bundle/rpm
"$bundler" build --bundles deb,rpm
cp "$target"/release/bundle/deb/*.deb "$target"/release/bundle/rpm/*.rpm "$packages"
ls -l "$packages"/*.deb "$packages"/*.rpm
