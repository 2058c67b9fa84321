# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# Minimal Debian systems in a folder, for ./dev package --check and ./dev test-matrix. Sourced by ./dev.
# They use the mirror, proxies, certificates and npm settings of this machine, at run time only.

# The URI of an archive ("debian", "debian-security") as apt uses it here, else Debian's public one.
archive() {
    local uri
    # shellcheck disable=SC2016 # apt's own variable
    uri=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
        grep -m1 -E "/$1/?\$") || uri=http://deb.debian.org/$1
    printf '%s\n' "${uri%/}"
}

# make_root DIR RELEASE : a fresh minimal system with nothing but apt.
make_root() {
    local root=$1 release=$2
    say "making a minimal Debian ($release) in $root"
    rm -rf "$root"
    mkdir -p "$root"
    debootstrap --variant=minbase "$release" "$root" "$(archive debian)" >"$root.log" 2>&1 ||
        die "debootstrap failed; see $root.log"
    cat >"$root/etc/apt/sources.list" <<END
deb $(archive debian) $release main
deb $(archive debian) $release-updates main
deb $(archive debian-security) $release-security main
END
    apt-config dump | grep -E '^Acquire::(http|https|Check-|Retries)' >"$root/etc/apt/apt.conf.d/90host" || true
}

# The names and certificates of this machine's network, refreshed at every use.
lend_network() {
    local root=$1
    cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
    if [ -f /etc/ssl/certs/ca-certificates.crt ]; then
        cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/host-certificates.crt"
    fi
}

# in_root DIR COMMAND… : runs it in there as root. It has mounts and processes of its own, which end with
# it, however it ends.
in_root() {
    local root=$1
    shift
    lend_network "$root"
    local environment=(HOME=/root TERM="${TERM:-dumb}" LC_ALL=C.UTF-8 CI="${CI:-}"
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)
    if [ -f "$root/etc/host-certificates.crt" ]; then
        environment+=(NODE_EXTRA_CA_CERTS=/etc/host-certificates.crt
            npm_config_cafile=/etc/host-certificates.crt)
    fi
    local name
    for name in npm_config_registry http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
        [ -z "${!name:-}" ] || environment+=("$name=${!name}")
    done
    # The user's npm settings may hold tokens: lent for the run, never copied.
    local npmrc=/dev/null
    [ ! -f ~/.npmrc ] || npmrc=~/.npmrc
    touch "$root/root/.npmrc"
    # shellcheck disable=SC2016 # expanded in the inner shell
    unshare --mount --pid --fork --kill-child bash -euc '
        root=$1 npmrc=$2
        shift 2
        mount -t proc proc "$root/proc"
        mount --bind "$npmrc" "$root/root/.npmrc"
        exec chroot "$root" env -i "$@"' - "$root" "$npmrc" "${environment[@]}" "$@"
}
