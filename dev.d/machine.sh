# shellcheck shell=bash
# What the machine must have. Sourced by ./dev.

# To build, and to test on a private desktop with real clients.
packages=(
    build-essential pkg-config mold
    xvfb openbox xfce4-panel xfce4-notifyd dbus-daemon imagemagick xdotool x11-utils
    python3 python3-venv shellcheck awscli
)

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
    command -v node >/dev/null || stop "Node.js is missing. Install 20 or later from https://nodejs.org or your distribution, then try again."
    command -v npm >/dev/null || stop "npm is missing. Install it beside Node.js, then try again."
    at_least "$(node --version | tr -d v)" 20 || stop "Node.js $(node --version) is too old: 20 or later is needed."
}

# at_least VERSION LEAST
at_least() {
    [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n1)" = "$2" ]
}

need_packages() {
    local missing=() package
    command -v dpkg-query >/dev/null || stop "This is not Debian or a relative of it. Install what these packages hold, then run 'cargo' yourself: ${packages[*]}"
    for package in "${packages[@]}"; do
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

# boto3 and the SDK for JavaScript, of pinned versions, for the tests alone.
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
