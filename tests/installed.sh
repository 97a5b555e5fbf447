# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2034,SC2154 # variables of lib.sh, ownroot.sh and the suites
#
# installed.sh - the packages, installed in a root of its own, and a mail server
# to watch; to be sourced after lib.sh, dovecot.sh and ownroot.sh
#
# A suite installs with the network of this host, and then runs itself again in
# one that has nothing but loopback, where the usual ports are free.

host=mail.example.test

# installed_trees DEBS - inside: the packages and the tree, in /srv of the root
installed_trees() {
	mkdir -p "$root/srv/debs"
	for tree_deb in "$1"/*.deb; do
		case $tree_deb in
		*-dbgsym_*) ;;
		*) cp "$tree_deb" "$root/srv/debs/" ;;
		esac
	done
	copy_sources "$root/srv/tree"
}

# installed_offline SCRIPT ARGUMENT... - inside: run it again, with no network
installed_offline() {
	MPM_OFFLINE=$root
	MPM_SCRATCH=$scratch
	export MPM_OFFLINE MPM_SCRATCH
	logged "$scratch/offline.log" unshare --net "$@"
	cat "$scratch/offline.log"
	[ "$logged_code" -eq 0 ] || grep -q '^not ok' "$scratch/offline.log" ||
	    not_ok "${1##*/}" "exit code $logged_code without network"
	count_lines "$scratch/offline.log"
}

# installed_begin - there: what the first of these processes knew
installed_begin() {
	root=$MPM_OFFLINE
	scratch=$MPM_SCRATCH
	trap clean_started EXIT
	trap 'exit 143' TERM
	ip link set lo up
	sysctl -q -w net.ipv4.ip_unprivileged_port_start=0
	# the system of this root trusts who signed for the mail server
	pki=$scratch/pki
	"$tests/pki.sh" "$pki" >"$scratch/pki.log" 2>&1 ||
	    die "no certificates: $(cat "$scratch/pki.log")"
	cp "$pki/root.pem" \
	    "$root/usr/local/share/ca-certificates/mail-test.crt"
	chmod 0644 "$root/usr/local/share/ca-certificates/mail-test.crt"
	chroot "$root" update-ca-certificates >"$scratch/ca.log" 2>&1 ||
	    die "no certificates: $(cat "$scratch/ca.log")"
	printf '127.0.0.1 localhost %s\n' "$host" >"$root/etc/hosts"
}

# clean_started - the folder is another process's
clean_started() {
	for clean_id in $running; do
		stop "$clean_id"
	done
}

# mail_server - a Dovecot of this host, whose root that is not; its id is $dovecot
mail_server() {
	box=$scratch/dovecot
	dovecot_make "$box" 127.0.0.1 143 993 yes 110 995
	dovecot_cert "$box" "$pki" good
	dovecot_account "$box" alice first-secret-41
	dovecot_messages "$box" alice 3
	dovecot_start "$box"
	dovecot=$started
	# where README and the examples keep it, readable for the scheduler
	printf 'first-secret-41' >"$root/etc/monitoring-plugins-mail/alice"
	chroot "$root" chown nagios /etc/monitoring-plugins-mail/alice
	chmod 0600 "$root/etc/monitoring-plugins-mail/alice"
}

# example NAME - an example of the package, for our mail server
example() {
	sed "s/mail\.example\.org/$host/" \
	    "$root/usr/share/doc/monitoring-plugins-mail/examples/$1"
}
