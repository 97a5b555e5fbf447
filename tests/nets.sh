# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# nets.sh - networks of our own; to be sourced after lib.sh
#
# All of it lives in private namespaces (network, mounts, processes) and ends
# with them.

# own_nets SCRIPT ARGUMENT... - run it again inside of them, with our scratch folder in $MPM_SCRATCH; as root of a user namespace where we are not root, with our own number in $MPM_ORIGIN
own_nets() {
	own_nets_user=
	if [ "$(id -u)" -ne 0 ]; then
		MPM_ORIGIN=$(id -u)
		export MPM_ORIGIN
		own_nets_user='--user --map-root-user'
	fi
	# shellcheck disable=SC2086 # a list or nothing
	MPM_SCRATCH=${scratch:?} setsid unshare $own_nets_user --net --mount \
	    --pid --fork --kill-child --mount-proc /bin/sh "$@" &
	running=$!
	wait "$running"
}

# own_run - first of all inside: names of networks are for us alone, signals end us
own_run() {
	trap 'exit 143' TERM
	trap 'exit 130' INT
	mount -t tmpfs tmpfs /run
	mkdir /run/netns
}

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

# new_net NAME - with loopback, ICMP errors as many as there are, and addresses that are good at once
new_net() {
	ip netns add "$1"
	ip -n "$1" link set lo up
	knob "$1" ipv4/icmp_ratelimit 0
	knob "$1" ipv6/icmp/ratelimit 0
	knob "$1" ipv6/conf/default/accept_dad 0
}
