# shellcheck shell=bash
# What the machine must have. Sourced by ./dev.

# The lists are used by ./dev.
# shellcheck disable=SC2034
{
# To build the programs.
to_build=(build-essential pkg-config mold libwebkit2gtk-4.1-dev librsvg2-dev)
# To show them where there is no display.
to_show=(xvfb openbox xfce4-panel xfce4-notifyd dbus-daemon imagemagick)
# To test them: a driven desktop, web view and browser, and real clients.
to_test=(xdotool wmctrl x11-utils xclip webkit2gtk-driver chromium python3 python3-venv shellcheck awscli)
# To build for Windows, and to run that.
to_build_for_windows=(rustc-web cargo-web rust-web-src gcc-mingw-w64-x86-64-posix g++-mingw-w64-x86-64-posix wine wine64)
}

# mold links several times faster; without it everything works too.
use_mold() {
    if command -v mold >/dev/null; then
        export CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUSTFLAGS="-C link-arg=-fuse-ld=mold"
    fi
}

stop() {
    echo "$1" >&2
    exit 2
}

need_rust() {
    [ "$(uname -s)" = Linux ] || stop "This runs on Linux so far. On $(uname -s), 'cargo build --release --bin relight' makes the command line."
    command -v cargo >/dev/null || stop "Rust is missing. Install 1.95 or later from https://rustup.rs, then try again."
    at_least "$(rustc --version | cut -d' ' -f2)" 1.95 || stop "Rust $(rustc --version | cut -d' ' -f2) is too old: 1.95 or later is needed ('rustup update')."
    use_mold
}

need_node() {
    command -v node >/dev/null || stop "Node.js is missing. Install 20.19 or later from https://nodejs.org or your distribution, then try again."
    command -v npm >/dev/null || stop "npm is missing. Install it beside Node.js, then try again."
    at_least "$(node --version | tr -d v)" 20.19 || stop "Node.js $(node --version) is too old: 20.19 or later is needed."
}

# at_least VERSION LEAST
at_least() {
    [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n1)" = "$2" ]
}

# need_packages PACKAGE...
need_packages() {
    local missing=() package
    command -v dpkg-query >/dev/null || stop "This is not Debian or a relative of it. Install what these packages hold, then run 'cargo' yourself: $*"
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    local sudo=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || stop "These packages are missing, and neither root nor sudo is here to install them: ${missing[*]}"
        sudo=(sudo)
    fi
    echo "Installing ${missing[*]}"
    "${sudo[@]}" apt-get update -qq
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    use_mold
}

# The window's page, built anew when something of it changed.
need_page() {
    if ! cmp -s ui/package-lock.json ui/node_modules/installed.json; then
        (cd ui && npm ci --loglevel=error --no-audit --no-fund --ignore-scripts)
        cp ui/package-lock.json ui/node_modules/installed.json
    fi
    if [ ! -e ui/dist/index.html ] || [ -n "$(find ui -path ui/node_modules -prune -o -path ui/dist -prune -o -path ui/tests -prune -o -type f -newer ui/dist/index.html -print -quit)" ]; then
        (cd ui && npm run build --silent)
    fi
}

# boto3, the AWS CLI v1 and the SDK for JavaScript, of pinned versions, for the tests alone.
need_clients() {
    local clients=tests/clients
    if ! cmp -s "$clients/requirements.txt" "$clients/.venv/installed.txt"; then
        /usr/bin/python3 -m venv "$clients/.venv"
        "$clients/.venv/bin/pip" install --quiet --require-hashes -r "$clients/requirements.txt"
        cp "$clients/requirements.txt" "$clients/.venv/installed.txt"
    fi
    if ! cmp -s "$clients/package-lock.json" "$clients/node_modules/installed.json"; then
        (cd "$clients" && npm ci --loglevel=error --no-audit --no-fund --ignore-scripts)
        cp "$clients/package-lock.json" "$clients/node_modules/installed.json"
    fi
}
