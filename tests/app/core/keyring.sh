#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# keyring.sh STATE PROGRAM [ARGUMENT…]: runs PROGRAM in a session of its own, with a home of its own, whose
# keyring is
#   unlocked   a keyring of gnome-keyring, empty and open
#   locked     one that holds the secret "kept before" under the key "kept", and is closed; it is to hold
#              that afterwards too
#   empty      gnome-keyring, which has no keyring to save into
#   absent     no such service on the bus
#   bus-less   no bus either
# Nobody is there to answer a window: the session has no display.
set -eu

die() { echo "keyring.sh: $*" >&2; exit 1; }

# unlock: starts the service and opens its login keyring, which it makes if there is none.
unlock() { printf 'the password' | gnome-keyring-daemon --unlock --components=secrets >/dev/null; }

if [ "$1" = inside ]; then
    state=$2
    shift 2
    case $state in
    unlocked) unlock ;;
    fill)
        unlock
        printf 'kept before' | secret-tool store --label=kept user kept server Syncscope type plaintext
        exit
        ;;
    verify)
        unlock
        [ "$(secret-tool lookup user kept server Syncscope)" = 'kept before' ] || die "the locked secret has changed"
        exit
        ;;
    esac
    "$@"
    exit
fi

state=$1
shift
for tool in dbus-run-session gnome-keyring-daemon secret-tool; do
    command -v $tool >/dev/null || die "$tool is not installed (packages dbus, gnome-keyring, libsecret-tools)"
done
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
trap 'exit 1' INT TERM HUP
mkdir -m 700 "$home/run" "$home/run-before" "$home/run-after"
unset DBUS_SESSION_BUS_ADDRESS DISPLAY WAYLAND_DISPLAY XDG_CURRENT_DESKTOP KDE_FULL_SESSION DESKTOP_SESSION \
    GNOME_KEYRING_CONTROL SSH_AUTH_SOCK XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME
export HOME="$home" XDG_RUNTIME_DIR="$home/run"

# A bus that knows no service it could start.
cat >"$home/bus.conf" <<END
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=$home/run</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
END

case $state in
unlocked | empty) dbus-run-session -- "$0" inside "$state" "$@" ;;
locked)
    # Each has a folder of its own: a service looks there for the one before, which may still be ending.
    XDG_RUNTIME_DIR="$home/run-before" dbus-run-session -- "$0" inside fill
    dbus-run-session -- "$0" inside locked "$@"
    XDG_RUNTIME_DIR="$home/run-after" dbus-run-session -- "$0" inside verify
    ;;
absent) dbus-run-session --config-file="$home/bus.conf" -- "$0" inside absent "$@" ;;
bus-less) "$@" ;;
*) die "there is no state $state" ;;
esac
