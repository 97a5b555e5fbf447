# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# nets.sh - networks of our own, in private namespaces; to be sourced after
# lib.sh, with $net4 and $net6 set: net N is $net4.N.0/24 and $net6:N::/64
#
# A suite enters (nets_enter), and runs itself a second time inside, where it
# builds its networks below /run/netns; all of it ends with the first process
# there.  As root the check runs as nobody; without root all is done in a user
# namespace, and the check has no capability there.

# in_net NAME COMMAND...
in_net() {
	in_net_name=$1
	shift
	nsenter --net="/run/netns/$in_net_name" "$@"
}

# knob NAME FILE VALUE - a setting of that network, if the kernel has it
knob() {
	# shellcheck disable=SC2016 # for the inner shell
	in_net "$1" sh -c '[ ! -e "$1" ] || echo "$2" >"$1"' knob \
	    "/proc/sys/net/$2" "$3"
}

# net_new NAME... - empty ones
net_new() {
	for net in "$@"; do
		ip netns add "$net"
		ip -n "$net" link set lo up
		# no limit, and nothing that counts against what a router
		# says of its own routes, whose limit cannot be changed
		knob "$net" ipv4/icmp_ratemask 0
		knob "$net" ipv6/icmp/ratelimit 0
		knob "$net" ipv4/conf/all/send_redirects 0
		knob "$net" ipv4/conf/default/send_redirects 0
		# addresses are good at once, not after a search for twins
		knob "$net" ipv6/conf/default/accept_dad 0
	done
}

# routes_packets NAME... - these are routers
routes_packets() {
	for net in "$@"; do
		knob "$net" ipv4/ip_forward 1
		knob "$net" ipv6/conf/all/forwarding 1
	done
}

# address NET DEVICE NET-NUMBER HOST-NUMBER
address() {
	ip -n "$1" address add "${net4:?}.$3.$4/24" dev "$2"
	ip -n "$1" address add "${net6:?}:$3::$4/64" dev "$2" nodad
	ip -n "$1" link set "$2" up
	# a neighbour that does not answer is given up after 0.3 s, not 3 s
	knob "$1" "ipv4/neigh/$2/retrans_time_ms" 100
	knob "$1" "ipv6/neigh/$2/retrans_time_ms" 100
}

# route NET NUMBER HOST - to net NUMBER by way of this host, NET.HOST
route() {
	ip -n "$1" route add "$net4.$2.0/24" via "$net4.$3"
	ip -n "$1" -6 route add "$net6:$2::/64" \
	    via "$net6:${3%.*}::${3#*.}"
}

# no_route NET NUMBER KIND - prohibit, unreachable or blackhole
no_route() {
	ip -n "$1" route add "$3" "$net4.$2.0/24"
	ip -n "$1" -6 route add "$3" "$net6:$2::/64"
}

# resolver TEXT - what /etc/resolv.conf says
resolver() {
	printf '%s\n' "$1" >"${scratch:?}/resolv.conf"
}

# name_files SERVER - files that name resolution reads, for us alone
name_files() {
	resolver "nameserver $1"
	echo 'hosts: files dns' >"$scratch/nsswitch.conf"
	[ -e "$scratch/hosts" ] || : >"$scratch/hosts"
	echo '127.0.0.1 localhost' >>"$scratch/hosts"
	for file in resolv.conf nsswitch.conf hosts; do
		chmod 0644 "$scratch/$file"
		name_target=$(readlink -f "/etc/$file")
		# a link into /run, which is empty here
		mkdir -p "$(dirname "$name_target")"
		[ -e "$name_target" ] || : >"$name_target"
		mount --bind "$scratch/$file" "$name_target"
	done
}

# name_server NET - of the names in $scratch/names
name_server() {
	# shellcheck disable=SC2016 # for the inner shell
	start "$scratch/dns.log" nsenter --net="/run/netns/$1" sh -c \
	    'exec "$@" <"$0"' "$scratch/names" "${python:?}" \
	    "${tests:?}/dns_server.py" "$scratch/dns"
	poll 10 test -s "$scratch/dns" || die 'no name server'
}

# listener_in NET KIND HOST PORT - one of listener.py
listener_in() {
	listener_file=$scratch/$2.$3.$4
	start "$listener_file.log" nsenter --net="/run/netns/$1" "$python" \
	    "$tests/listener.py" "$2" "$3" "$4" "$listener_file"
	poll 10 test -s "$listener_file" || die "no $2 listener on $3"
}

# nets_begin - the first thing inside; needs dovecot.sh, sets $unprivileged
nets_begin() {
	trap 'exit 143' TERM
	trap 'exit 130' INT
	if [ -n "${MPM_ORIGIN:-}" ]; then
		unprivileged='setpriv --inh-caps=-all --bounding-set=-all
		    --no-new-privs'
		note 'without root: the check runs without capabilities, but not as another user'
	else
		# shellcheck disable=SC2034 # for the caller
		unprivileged="${dovecot_as:?} --inh-caps=-all --bounding-set=-all"
	fi
	mount -t tmpfs tmpfs /run
	mkdir /run/netns
}

# nets_enter SCRIPT ARGUMENT... - run it again, inside, with $MPM_SCRATCH set
nets_enter() {
	user_space=
	if [ "$(id -u)" -ne 0 ]; then
		MPM_ORIGIN=$(id -u)
		export MPM_ORIGIN
		user_space='--user --map-root-user'
	fi
	# shellcheck disable=SC2086 # a list or nothing
	MPM_SCRATCH=$scratch setsid unshare $user_space --net --mount --pid \
	    --fork --kill-child --mount-proc /bin/sh "$@" &
	running=$!
	wait "$running"
}
