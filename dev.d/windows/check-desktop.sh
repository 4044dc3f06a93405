#!/usr/bin/env bash
# check-desktop.sh: starts the tray and the window under wine, on a display of its own, without WebView2, which wine has
# not. Of what installer.sh made. Wine 8 gives an icon no clicks and shows no toasts: those are not seen here.
set -euo pipefail
cd "$(dirname "$0")/../.."
. dev.d/windows/env.sh
. dev.d/windows/display.sh
programs=$windows/programs
data=$person/AppData/Roaming/relight
themes='HKCU\Software\Microsoft\Windows\CurrentVersion\Themes\Personalize'
what_to_install='The window needs Microsoft Edge WebView2, which is not installed. Install '

rm -rf "$data" "$person/.aws"
mkdir -p "$person/.aws"
printf '[sso-session corp]\r\nsso_start_url = https://corp.awsapps.com/start\r\nsso_region = eu-west-1\r\n' >"$person/.aws/config"

# Invoked by check.
# shellcheck disable=SC2317
shows() { # shows COLOUR: the icon's, on the panel that wine makes for it.
    import -silent -window root "$display/screen.png" && convert "$display/screen.png" -unique-colors txt: | grep -qi "$1"
}
# shellcheck disable=SC2317
logged() { # logged PROGRAM WORDS
    grep -q " $1.*$2" "$data/log/relight.log" 2>/dev/null
}

code=0
said=$(timeout 60 "$wine" "$programs/relight-window.exe" 2>&1 >/dev/null) || code=$?
check "the window says what to install" grep -q "^$what_to_install" <<<"$said"
check "and ends with 3" test $code = 3

"$wine" reg add "$themes" /v SystemUsesLightTheme /t REG_DWORD /d 0 /f >/dev/null
timeout 120 "$wine" "$programs/relight-tray.exe" --window >/dev/null 2>&1 &
tray=$!
check "the tray shows its icon on a dark taskbar" within 30 shows 8C877E
check "it says what to install when it cannot open the window" within 30 logged relight_tray "$what_to_install"
code=0
timeout 60 "$wine" "$programs/relight-tray.exe" >/dev/null 2>&1 || code=$?
check "a second start tries to open the window, and ends" test $code = 3
check "the tray lives on" kill -0 "$tray"
"$wine" reg query 'HKCU\Software\Classes\AppUserModelId\dev.relight.Relight' /v DisplayName >"$display/name" || true
check "its toasts have a name" grep -q Relight "$display/name"
/usr/lib/wine/wineserver64 -k
wait "$tray" || true

"$wine" reg add "$themes" /v SystemUsesLightTheme /t REG_DWORD /d 1 /f >/dev/null
timeout 120 "$wine" "$programs/relight-tray.exe" >/dev/null 2>&1 &
tray=$!
check "after a hard end it starts again, with darker colours on a light taskbar" within 30 shows 6F6A62
/usr/lib/wine/wineserver64 -k
wait "$tray" || true

rm -rf "$data" "$person/.aws"
exit $broken
