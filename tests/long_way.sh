# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# long_way.sh - networks with three routers, filters on all of them, and
# servers at the end; to be sourced after lib.sh, nets.sh and dovecot.sh
#
#	client 1.1 -- 1.2 router1 2.1 -- 2.2 router2 3.1 -- 3.2 router3 4.1
#	    -- 4.2 and more, server
#
# N.H is 10.78.N.H and fd78:N::H.  At 4.2 is a Dovecot, 4.3 and 4.4 have what
# belongs elsewhere, and the others are 4.2 in the shadow of a filter.
# shellcheck disable=SC2034,SC2154 # names shared with those three

net4=10.78
net6=fd78

# What a filter does: number, IP version, rule, cause and verdict of a router's
filters() {
	cat <<'END'
01	46	drop	connect.filtered	filtered
02	46	reject with tcp reset	connect.refused	refused
11	4	reject with icmp type net-unreachable	connect.unreachable	unreachable
12	4	reject with icmp type host-unreachable	connect.unreachable	unreachable
13	4	reject with icmp type prot-unreachable	connect.rejected	rejected
14	4	reject with icmp type port-unreachable	connect.rejected	rejected
15	4	reject with icmp type net-prohibited	connect.rejected	rejected
16	4	reject with icmp type host-prohibited	connect.rejected	rejected
17	4	reject with icmp type admin-prohibited	connect.rejected	rejected
21	6	reject with icmpv6 type no-route	connect.unreachable	unreachable
22	6	reject with icmpv6 type addr-unreachable	connect.unreachable	unreachable
23	6	reject with icmpv6 type admin-prohibited	connect.rejected	rejected
24	6	reject with icmpv6 type port-unreachable	connect.rejected	rejected
25	6	reject with icmpv6 type policy-fail	connect.rejected	rejected
26	6	reject with icmpv6 type reject-route	connect.rejected	rejected
END
}

# Where a filter stands: network, its hook, what its ports begin with, and the
# address that it answers from.  The server is 4.2.
places() {
	cat <<'END'
router1	forward	21	@1.2
router2	forward	22	@2.2
router3	forward	23	@3.2
server	input	24	@4.2
client	output	25	@1.1
END
}

# What router2 does to the further addresses of the server
shadows() {
	cat <<'END'
5	tcp dport 25 drop
6	tcp dport 25 reject with icmpx type admin-prohibited
7	tcp dport 993 drop
8	drop
9	meta l4proto tcp reject with tcp reset
10	reject with icmpx type admin-prohibited
11	drop
END
}

# What the name server knows
names() {
	while read -r name hosts; do
		for host in $hosts; do
			echo "$name.example.test $host"
		done
	done <<'END'
mail 10.78.4.2 fd78:4::2
dropped6 10.78.4.2 fd78:4::8
refused6 10.78.4.2 fd78:4::9
rejected6 10.78.4.2 fd78:4::10
unreachable6 10.78.4.2 fd78:21::1
dropped4 10.78.4.8 fd78:4::2
half4 10.78.4.2 10.78.4.8
half6 10.78.4.2 fd78:4::2 fd78:4::8
blocked993 10.78.4.2 10.78.4.7
dead 10.78.4.8 fd78:4::8
END
	seq -f 'n%g.example.test 10.78.4.2' 200
}

# --- the networks ---

# link NET DEVICE NET DEVICE NUMBER - the first is NUMBER.1, the other NUMBER.2
link() {
	ip link add "$2" netns "$1" type veth peer name "$4" netns "$3"
	address "$1" "$2" "$5" 1
	address "$3" "$4" "$5" 2
}

wires() {
	net_new client router1 router2 router3 server
	link client c0 router1 a1 1
	link router1 b1 router2 a2 2
	link router2 b2 router3 a3 3
	link router3 b3 server s0 4
	for number in 3 4 5 6 7 8 9 10; do
		address server s0 4 "$number"
	done
	routes_packets router1 router2 router3
	knob server ipv4/ip_unprivileged_port_start 0
}

# default_route NET HOST
default_route() {
	ip -n "$1" route add default via "10.78.$2"
	ip -n "$1" -6 route add default via "fd78:${2%.*}::${2#*.}"
}

routes() {
	default_route client 1.2
	default_route server 4.1
	for number in 3 4 21 22 23 24 25 26; do
		route router1 "$number" 2.2
	done
	route router2 1 2.1
	route router2 4 3.2
	route router3 1 3.1
	route router3 2 3.1
	no_route client 11 prohibit
	no_route client 12 blackhole
	no_route client 13 unreachable
	route client 14 1.99
	route client 15 1.98
	no_route router2 22 prohibit
	no_route router2 23 blackhole
	no_route router2 24 unreachable
	route router2 25 3.99
	route router2 26 2.1
}

# rules_of PORTS - those of all filters, at the ports that begin so
rules_of() {
	filters | while IFS='	' read -r number version does _; do
		case $version in
		4) echo "meta nfproto ipv4 tcp dport $1$number $does" ;;
		6) echo "meta nfproto ipv6 tcp dport $1$number $does" ;;
		*) echo "tcp dport $1$number $does" ;;
		esac
	done
}

# short_lives PORT - packets to it are not to get further than the next router
short_lives() {
	echo "meta nfproto ipv4 tcp dport $1 ip ttl set 1"
	echo "meta nfproto ipv6 tcp dport $1 ip6 hoplimit set 1"
}

# losses PORT - every other request for a connection, counted for each family
losses() {
	for version in 4 6; do
		echo "meta nfproto ipv$version tcp dport $1" \
		    'tcp flags & (syn | ack) == syn numgen inc mod 2 0 drop'
	done
}

# rules NET HOOK PORTS - the packet filter of that network
rules() {
	printf '%s\n' 'table inet faults {' 'chain faults {' \
	    "type filter hook $2 priority 0"
	rules_of "$3"
	case $1 in
	client) short_lives 2601 ;;
	router1) short_lives 2602 ;;
	router2)
		short_lives 2603
		losses 2701
		losses 2702
		losses_behind 2703 4
		losses_behind 2703 6
		losses_behind 2704 6
		shadows | while IFS='	' read -r number does; do
			echo "ip daddr 10.78.4.$number $does"
			echo "ip6 daddr fd78:4::$number $does"
		done
		;;
	esac
	printf '%s\n' '}' '}'
}

firewalls() {
	places >"$scratch/places"
	while IFS='	' read -r net hook ports _; do
		rules "$net" "$hook" "$ports" | in_net "$net" nft -f - ||
		    die "nft fails: $net"
	done <"$scratch/places"
}

# --- the servers ---

# further listeners of Dovecot: TLS and clear text exchanged at 4.4, LMTP
more_listeners() {
	cat <<'END'
protocols = $protocols lmtp
service lmtp {
  chroot =
  inet_listener lmtp {
    address = 10.78.4.2 fd78:4::2
    port = 24
  }
  inet_listener exchanged {
    address = 10.78.4.4 fd78:4::4
    port = 25
  }
}
service imap-login {
  inet_listener exchanged {
    address = 10.78.4.4 fd78:4::4
    port = 143
    ssl = yes
  }
  inet_listener exchanged_tls {
    address = 10.78.4.4 fd78:4::4
    port = 993
    ssl = no
  }
}
service pop3-login {
  inet_listener exchanged {
    address = 10.78.4.4 fd78:4::4
    port = 587
  }
}
END
}

mail_server() {
	mail=$scratch/mail
	dovecot_make "$mail" '10.78.4.2, fd78:4::2, 10.78.4.5, fd78:4::5, 10.78.4.6, fd78:4::6, 10.78.4.7, fd78:4::7' \
	    143 993 yes 110 995
	long_chain
	dovecot_cert "$mail" "$pki" long
	{
		dovecot_submission 587 465 10025
		more_listeners
	} >>"$mail/more.conf"
	dovecot_within='nsenter --net=/run/netns/server'
	dovecot_start "$mail"
}

servers() {
	mail_server
	names >"$scratch/names"
	name_server server
	for host in 10.78.4.3 fd78:4::3; do
		listener_in server reset "$host" 110
		listener_in server ssh "$host" 143
		listener_in server imap "$host" 993
		listener_in server silent "$host" 995
		listener_in server silent "$host" 25
		listener_in server closed "$host" 465
		listener_in server closed "$host" 587
	done
	listener_in client imap 0.0.0.0 2901
	listener_in server full :: 2801
	listener_in server ssh :: 2701
	listener_in server ssh :: 2702
	listener_in server ssh :: 2703
	listener_in server ssh :: 2704
}

# all_is_up - links need a moment before multicast goes through them
all_is_up() {
	for host in 10.78.4.2 fd78:4::2; do
		in_net client "$python" "$tests/port.py" wait "$host" 143 10 ||
		    die 'the networks do not come up'
	done
}

# long_way - all of it; nets_begin comes before
long_way() {
	wires
	routes
	firewalls
	seq -f '10.78.4.2 h%g.example.test' 200 >"$scratch/hosts"
	name_files 10.78.4.2
	servers
	all_is_up
}
