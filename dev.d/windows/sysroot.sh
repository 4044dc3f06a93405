#!/usr/bin/env bash
# sysroot.sh FOLDER: builds Rust's standard library for Windows from Debian's sources into FOLDER, for --sysroot=FOLDER.
set -euo pipefail
target=x86_64-pc-windows-gnu
libraries=$1/lib/rustlib/$target/lib
made=$1/made-by
compiler=$(/usr/bin/rustc --version)
if [ "$(cat "$made" 2>/dev/null)" = "$compiler" ]; then exit; fi

echo "Building the standard library for Windows with $compiler"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# What was built with another one fits no more.
rm -rf "$1" "${CARGO_TARGET_DIR:?}/$target"
mkdir -p "$work/src" "$libraries"
cat >"$work/Cargo.toml" <<'TOML'
[package]
name = "seed"
version = "0.0.0"
edition = "2021"
[lib]
[workspace]
[profile.release]
debug = false
TOML
touch "$work/src/lib.rs"
# Debian's stable compiler builds its own standard library only when it is told that it may.
cd "$work"
env -u RUSTUP_TOOLCHAIN -u CARGO_BUILD_TARGET -u RUSTFLAGS -u CARGO_TARGET_DIR PATH="/usr/bin:$PATH" RUSTC=/usr/bin/rustc \
    RUSTC_BOOTSTRAP=1 /usr/bin/cargo build --quiet --release --target $target --target-dir "$work/target" \
    -Zbuild-std=std,panic_unwind,panic_abort,proc_macro,test
cp target/$target/release/deps/*.rlib "$libraries"
rm "$libraries"/libseed-*.rlib
echo "$compiler" >"$made"
