# shellcheck shell=bash
# shellcheck disable=SC2034 # used by who sources it
# A display of its own for programs under wine, which end with the script. Sourced after env.sh.
display=$(mktemp -d)
Xvfb -displayfd 3 -screen 0 800x600x24 -nolisten tcp 3>"$display/number" >/dev/null 2>&1 &
xvfb=$!
end_display() {
    /usr/lib/wine/wineserver64 -k 2>/dev/null || true
    kill "$xvfb" 2>/dev/null || true
    rm -rf "$display"
}
trap end_display EXIT
until [ -s "$display/number" ]; do kill -0 "$xvfb" || exit 1; sleep 0.05; done
unset WAYLAND_DISPLAY
DISPLAY=:$(cat "$display/number")
export DISPLAY
# Nothing of it comes to the person's own menu, and nothing goes out.
export WINEDLLOVERRIDES="$WINEDLLOVERRIDES;winemenubuilder.exe=d" HTTPS_PROXY=http://127.0.0.1:9
wine=/usr/lib/wine/wine64
person=$WINEPREFIX/drive_c/users/$(id -un)

broken=0
check() { # check WHAT COMMAND...
    if "${@:2}"; then echo "ok: $1"; else
        echo "NOT OK: $1" >&2
        broken=1
    fi
}
# within SECONDS COMMAND...: waits until it succeeds.
within() {
    local tries=$(($1 * 5))
    while [ $tries -gt 0 ]; do
        "${@:2}" && return
        tries=$((tries - 1))
        sleep 0.2
    done
    return 1
}
# Invoked by check and within.
# shellcheck disable=SC2317
absent() { ! [ -e "$1" ]; }
