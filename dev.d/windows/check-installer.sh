#!/usr/bin/env bash
# check-installer.sh: installs, runs, updates and removes target/windows/Relight-setup.exe under wine, and looks at what is
# left. It writes into wine's own folder in target/windows alone.
set -euo pipefail
cd "$(dirname "$0")/../.."
. dev.d/windows/env.sh
. dev.d/windows/display.sh
# A name with a blank, as people have them.
folder='C:\my programs\Relight'
installed="$WINEPREFIX/drive_c/my programs/Relight"
data=$person/AppData/Roaming/relight
environment='HKCU\Environment'
run='HKCU\Software\Microsoft\Windows\CurrentVersion\Run'
uninstall='HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Relight'

windows_path() { "$wine" reg query "$environment" /v Path 2>/dev/null | tr -d '\r' | sed -n 's/^ *Path *REG_EXPAND_SZ *//p'; }
value() { "$wine" reg query "$1" /v "$2" 2>/dev/null | tr -d '\r' | sed -n "s/^ *$2 *REG_[A-Z]* *//p"; }
aws_files() { (cd "$person/.aws" && find . -printf '%p %T@ %s\n' | sort && cat config sso/cache/token.json); }
settle() { /usr/lib/wine/wineserver64 -w; }

remove() { # remove SWITCH...: its uninstaller goes on in a copy of itself.
    timeout 120 "$wine" "$installed/uninstall.exe" /S "$@"
    settle
}
# By cmd, because the folder must stand without quotes.
setup=Z:${windows//\//\\}\\Relight-setup.exe
install() { timeout 300 "$wine" cmd /c "$setup /S $* /D=$folder"; }

rm -rf "$installed" "$data" "$person/.aws"
mkdir -p "$person/.aws/sso/cache"
printf '[profile dev]\r\nregion = eu-west-1\r\n' >"$person/.aws/config"
echo '{"accessToken": "DUMMY"}' >"$person/.aws/sso/cache/token.json"
before_aws=$(aws_files)
# Longer than an installer's script reads, and with a name that must not be expanded.
long="%USERPROFILE%\\bin$(printf ';C:\\tools\\number-%03d' $(seq 120))"
"$wine" reg add "$environment" /v Path /t REG_EXPAND_SZ /d "$long" /f >/dev/null
"$wine" reg delete "$run" /v Relight /f >/dev/null 2>&1 || true

install
check "the programs are there" test -f "$installed/relight.exe" -a -f "$installed/relight-tray.exe" -a -f "$installed/relight-window.exe"
check "the start menu has it" test -f "$person/AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Relight.lnk"
check "Path has it, and all that it had (${#long} characters)" test "$(windows_path)" = "$long;$folder"
check "it reads the person's files" grep -q '"dev"' <<<"$("$wine" "$installed/relight.exe" status --json 2>/dev/null)"
check "it does not start at login" test -z "$(value "$run" Relight)"
check "Windows knows how to remove it" test "$(value "$uninstall" UninstallString)" = "\"$folder\\uninstall.exe\""

timeout 120 "$wine" "$installed/relight-tray.exe" >/dev/null 2>&1 &
tray=$!
check "the installed tray starts" within 30 test -e "$data/locks/tray.lock"
install /STARTATLOGIN
check "installed again, it ends the tray that runs" wait "$tray"
check "installed again, it starts at login" test "$(value "$run" Relight)" = "\"$folder\\relight-tray.exe\""
check "and is once in Path" test "$(windows_path)" = "$long;$folder"
check "its settings say so" grep -q '^start_at_login = true' "$data/settings.toml"

remove
check "removed, no program is left" absent "$installed"
check "nor a shortcut" absent "$person/AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Relight.lnk"
check "nor a start at login" test -z "$(value "$run" Relight)"
check "nor a trace in Path" test "$(windows_path)" = "$long"
check "nor the entry to remove it" test -z "$(value "$uninstall" UninstallString)"
check "its own data stays where nobody says otherwise" test -f "$data/settings.toml"

settle
# wine gives its programs no variable of more than 1,000 characters.
"$wine" reg delete "$environment" /v Path /f >/dev/null
install
check "without any Path of one's own, it is the first in it" test "$(windows_path)" = "$folder"
settle
check "a terminal finds it" grep -q '^relight 0' <<<"$("$wine" cmd /c 'relight --version' 2>/dev/null)"
install /NOPATH
check "not in Path where that is not wanted" test -z "$(windows_path)"
settle
echo "a person's own" >"$installed/notes.txt"
remove /FORGET
check "its own data is gone where that is wanted" absent "$data"
check "what a person put beside the programs stays" test "$(ls "$installed")" = notes.txt
check "the AWS files are as they were, every byte and time" test "$(aws_files)" = "$before_aws"

rm -rf "$WINEPREFIX/drive_c/my programs" "$person/.aws"
"$wine" reg delete "$environment" /v Path /f >/dev/null 2>&1 || true
settle
exit $broken
