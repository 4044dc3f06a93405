#!/usr/bin/env bash
# private-desktop.sh PROGRAM: runs a tray program where there is no display: Xvfb, a session bus, a panel and a
# notification daemon of its own. Says where a picture of it lies; ends with the program or Ctrl-C.
set -euo pipefail
folder=$(mktemp -d)
children=()
end() {
    for child in "${children[@]}"; do kill "$child" 2>/dev/null || true; done
    wait 2>/dev/null || true
}
trap end EXIT
trap 'exit 130' INT TERM

export XDG_RUNTIME_DIR=$folder/runtime XDG_CONFIG_HOME=$folder/config NO_AT_BRIDGE=1 GTK_A11Y=none
mkdir -m 700 "$XDG_RUNTIME_DIR"
mkdir -p "$XDG_CONFIG_HOME/xfce4/xfconf/xfce-perchannel-xml"
cp tests/src/desktop/xfce4-panel.xml "$XDG_CONFIG_HOME/xfce4/xfconf/xfce-perchannel-xml/"

Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>"$folder/display" >/dev/null 2>&1 &
children+=($!)
until [ -s "$folder/display" ]; do kill -0 "${children[0]}" || exit 1; sleep 0.05; done
DISPLAY=:$(cat "$folder/display")
export DISPLAY

dbus-daemon --session --nofork --print-address=4 4>"$folder/bus" 2>/dev/null &
children+=($!)
until [ -s "$folder/bus" ]; do kill -0 "${children[1]}" || exit 1; sleep 0.05; done
DBUS_SESSION_BUS_ADDRESS=$(head -n1 "$folder/bus")
export DBUS_SESSION_BUS_ADDRESS

notifyd=$(sed -n 's/^Exec=//p' /usr/share/dbus-1/services/org.xfce.xfce4-notifyd.Notifications.service 2>/dev/null || true)
openbox >/dev/null 2>&1 & children+=($!)
xfce4-panel --disable-wm-check >/dev/null 2>&1 & children+=($!)
if [ -n "$notifyd" ]; then $notifyd >/dev/null 2>&1 & children+=($!); fi

"$@" &
program=$!
children+=("$program")
picture=$folder/relight.png
sleep 3
import -window root "$picture" || true
echo "A picture of the private display: $picture (DISPLAY=$DISPLAY)"
wait "$program"
