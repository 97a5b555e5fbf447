# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2034,SC2154 # variables of lib.sh and the suites
#
# ownroot.sh - servers whose packages cannot be installed beside others; to be
# sourced after lib.sh
#
# They are installed in an overlay of / that is held in memory, with mounts and
# processes of its own: all of it is gone when the last process is.

# ownroot_possible - may we do that here?
ownroot_possible() {
	[ "$(id -u)" -eq 0 ] || {
		note 'a root of its own needs root'
		return 1
	}
	[ -e /etc/debian_version ] || {
		note 'no Debian: no packages to install in a root of its own'
		return 1
	}
	unshare --mount --pid --fork true 2>/dev/null || {
		note 'this kernel gives no namespaces of its own'
		return 1
	}
}

# ownroot SCRIPT ARGUMENT... - run it in there, where $MPM_OWNROOT is the folder for it, and count its lines
ownroot() {
	mkdir "$scratch/own"
	MPM_OWNROOT=$scratch/own
	export MPM_OWNROOT
	logged "$scratch/own.log" unshare --mount --propagation private \
	    --pid --fork --kill-child "$@"
	grep -v '^[0-9]* passed, [0-9]* failed$' "$scratch/own.log"
	count_lines "$scratch/own.log"
	[ "$logged_code" -eq 0 ] || [ "$failed" -gt 0 ] ||
	    not_ok "${1##*/}" "exit code $logged_code"
}

# ownroot_make - inside: make the root, $root, with what is installed here
ownroot_make() {
	mount -t tmpfs -o size=1500m,mode=0755 none "$MPM_OWNROOT"
	mkdir "$MPM_OWNROOT/upper" "$MPM_OWNROOT/work" "$MPM_OWNROOT/root"
	root=$MPM_OWNROOT/root
	mount -t overlay none -o "lowerdir=/,upperdir=$MPM_OWNROOT/upper" \
	    -o "workdir=$MPM_OWNROOT/work" "$root" || die 'no overlay'
	mount -t proc none /proc
	mount -t proc none "$root/proc"
	mount --rbind /dev "$root/dev"
}

# ownroot_install PACKAGE... - inside: make it, with these packages
ownroot_install() {
	ownroot_make
	printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
	chmod 0755 "$root/usr/sbin/policy-rc.d"
	ownroot_apt install "$@" ||
	    { ownroot_apt update && ownroot_apt install "$@"; } || {
		tail -n 20 "$MPM_OWNROOT/apt.log" >&2
		die "cannot install $*"
	}
}

ownroot_apt() {
	DEBIAN_FRONTEND=noninteractive chroot "$root" apt-get -q -y \
	    --no-install-recommends "$@" </dev/null \
	    >>"$MPM_OWNROOT/apt.log" 2>&1
}

# ownroot_begin - inside: what all these suites need
ownroot_begin() {
	pki=$scratch/pki
	"$tests/pki.sh" "$pki" >"$scratch/pki.log" 2>&1 ||
	    die "no certificates: $(cat "$scratch/pki.log")"
	secret_file secret
	bob=$secret
	secret_file wrong
	wrong=$secret
	check_given="-H mail.example.test -u bob --password-file=$bob
	    --backoff=0"
}

# for_quota - from here on the one that asks for quotas is asked
for_quota() {
	program=$(dirname "$program")/check_quota
}

# for_pop3 - from here on the sibling is asked
for_pop3() {
	program=$(dirname "$program")/check_pop3_login
}
