#!/usr/bin/env bash
# Fuzzes what reads other people's files: dev.d/fuzz.sh TARGET_FOLDER SECONDS [NAME...]
# Finds are kept in TARGET_FOLDER/fuzz/finds; what was learned, in TARGET_FOLDER/fuzz/corpus, for the next run.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p "$1/fuzz"
folder=$(realpath "$1/fuzz")
seconds=$2
shift 2
here=$PWD/crates/core/fuzz
[ $# -gt 0 ] || set -- files tokens dates jwts keys errors
cargo fuzz --version >/dev/null 2>&1 || cargo install --quiet --locked cargo-fuzz

# The instrumentation is a nightly flag; without a sanitizer the stable compiler has all that it needs.
fuzz() { (cd crates/core && RUSTC_BOOTSTRAP=1 cargo fuzz "$@"); }
fuzz build --sanitizer none --target-dir "$folder/target" >"$folder/build.log" 2>&1 || { cat "$folder/build.log" >&2; exit 1; }
for name in "$@"; do
    mkdir -p "$folder/corpus/$name" "$folder/finds/$name"
    options=(-max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="$folder/finds/$name/")
    [ -e "$here/$name.dict" ] && options+=(-dict="$here/$name.dict")
    log=$folder/$name.log
    if ! fuzz run --sanitizer none --target-dir "$folder/target" "$name" "$folder/corpus/$name" "$here/seeds/$name" -- "${options[@]}" >"$log" 2>&1; then
        tail -n 30 "$log" >&2
        echo "A find of the fuzzer in '$name'. The whole log: $log" >&2
        exit 1
    fi
    echo "fuzz $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") executions in $seconds s, no finds"
done
