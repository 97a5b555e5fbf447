# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# ways.sh - cases of t/routers about the way to a server: where it ends
# (--path), whether it bears full-sized packets, and how it begins at this host
# (--reference, the gateway); to be sourced by it, whose networks and functions
# they need
#
# How a trace comes about is t/hops' and t/mtu's; here it is what the program
# makes of it.

# What begins the numbers of ports, filter, cause, what is said of the port (P,
# beside the open port 143), and the hops
stops() {
	cat <<'END'
21	drop	connect.port-blocked	packets to port P vanish behind @1.2 (hop 1); those to the open port 143 go on to @2.2 (hop 2) by the same path	@1.2/expired,None/silent
22	drop	connect.port-blocked	packets to port P vanish behind @2.2 (hop 2); those to the open port 143 go on to @3.2 (hop 3) by the same path	@1.2/expired,@2.2/expired,None/silent
23	drop	connect.port-blocked	packets to port P vanish behind the last router, @3.2 (hop 3): the server, or a filter right before it, drops them; those to the open port 143 reach the server (hop 4) by the same path	@1.2/expired,@2.2/expired,@3.2/expired,None/silent
24	drop	connect.port-blocked	packets to port P vanish behind the last router, @3.2 (hop 3): the server, or a filter right before it, drops them; those to the open port 143 reach the server (hop 4) by the same path	@1.2/expired,@2.2/expired,@3.2/expired,None/silent
25	drop	connect.port-blocked	packets to port P vanish before any router answers; those to the open port 143 go on to @1.2 (hop 1)	None/silent
21	reject	connect.rejected	@1.2 (hop 1) rejects port P (administratively prohibited); packets to the open port 143 go on to @2.2 (hop 2) by the same path	@1.2/expired,@1.2/rejected
22	reject	connect.rejected	@2.2 (hop 2) rejects port P (administratively prohibited); packets to the open port 143 go on to @3.2 (hop 3) by the same path	@1.2/expired,@2.2/expired,@2.2/rejected
23	reject	connect.rejected	@3.2 (hop 3) rejects port P (administratively prohibited); packets to the open port 143 reach the server (hop 4) by the same path	@1.2/expired,@2.2/expired,@3.2/expired,@3.2/rejected
24	reject	connect.rejected	the server itself, @4.2 (hop 4), rejects port P (administratively prohibited)	@1.2/expired,@2.2/expired,@3.2/expired,@4.2/rejected
21	reset	connect.refused	a reset for port P comes from hop 2 although the server is at hop 4: a filter behind @1.2 (hop 1) forged it	@1.2/expired,@4.2/reset
22	reset	connect.refused	a reset for port P comes from hop 3 although the server is at hop 4: a filter behind @2.2 (hop 2) forged it	@1.2/expired,@2.2/expired,@4.2/reset
23	reset	connect.refused	a reset for port P has not come as far as the answers of the open port 143: @3.2 (hop 3), the last router, forged it	@1.2/expired,@2.2/expired,@3.2/expired,@4.2/reset
24	reset	connect.refused	a reset comes from hop 4, from as far away as the answers of the open port 143: the server refuses port P, or a filter right before it does	@1.2/expired,@2.2/expired,@3.2/expired,@4.2/reset
25	reset	connect.refused	a reset for port P comes from hop 1 although the server is at hop 4: this host or the first router forged it	@4.2/reset
END
}

# losses_behind PORT VERSION - of every three requests one is lost, for each of
# the two hops behind the router, and of others every other one
losses_behind() {
	case $2 in
	4) left='ip ttl' ;;
	6) left='ip6 hoplimit' ;;
	esac
	for lives in '1:3' '2:3' '> 30:2'; do
		echo "$left ${lives%:*} tcp dport $1 tcp flags &" \
		    "(syn | ack) == syn numgen inc mod ${lives#*:} 1 drop"
	done
}

# long_chain - the certificate of a server that sends more than one packet of them
long_chain() {
	: "${pki:?}"
	cat "$pki/wildcard.pem" "$pki/wildcard.pem" "$pki/wildcard.pem" \
	    >"$pki/long.pem"
	cp "$pki/wildcard.key" "$pki/long.key"
}

# words TEXT - as a pattern without blanks
words() {
	printf '%s\n' "$1" | tr ' ()' '...'
}

# the whole way to the server
whole_way='@1.2/expired,@2.2/expired,@3.2/expired,@4.2'

# stop_at VERSION PORTS FILTER CAUSE WORDS HOPS - where packets to one port stop, beside an open one
stop_at() {
	case $3/$1 in
	drop/*) stop_port=${2}01 ;;
	reset/*) stop_port=${2}02 ;;
	reject/4) stop_port=${2}17 ;;
	reject/6) stop_port=${2}23 ;;
	esac
	stop_words=$(words "$5" | sed -e "s/port[.]P/port.$stop_port/g")
	by "$1" "the way to a $3, $2" "$4" "finding.$4~;.$stop_words\$" \
	    "path.tcp/$stop_port.hops=$6" \
	    "path.tcp/143.hops=$whole_way/connected" \
	    "path.udp.hops=$whole_way/port-unreachable" -- -H @4.2 \
	    -p "143,$stop_port" --expect="open:$stop_port" --path \
	    --connect-timeout=0.4
}

# addresses_ways - of a name some of whose addresses are well
addresses_ways() {
	set -- --path --connect-timeout=0.4
	check 'the way to IPv6' connect.ipv6-down \
	    "finding.connect.ipv6-down~$(words \
	    'addresses: fd78:4::8; packets to port 110 vanish behind fd78:2::2 (hop 2); UDP packets vanish there, too')" \
	    -- -H dropped6.example.test "$@"
	check 'the way to the address that is dead' connect.address-down \
	    "finding.connect.address-down~$(words \
	    'not at 10.78.4.8; packets to port 110 vanish behind 10.78.2.2 (hop 2); UDP packets vanish there, too')" \
	    -- -H half4.example.test "$@"
	check 'the way to the port that is dead at one address' \
	    connect.address-down "finding.connect.address-down~$(words \
	    '; packets to port 993 vanish behind 10.78.2.2 (hop 2); those to the open port 110 go on to 10.78.3.2 (hop 3) by the same path')" \
	    -- -H blocked993.example.test --expect=open:993,open:143 "$@"
	check 'the way to the address with losses' connect.lossy \
	    "finding.connect.lossy~$(words \
	    '; packets to port 2704 are lost from hop 3 on: hop 3 fd78:3::2 lost 1 of 3, hop 4 fd78:4::2 lost 1 of 3')" \
	    -- -H mail.example.test -p 2704 --probe=connect --attempts=6 "$@"
}

# whole hosts, losses, and what is no fault
other_ways() {
	set -- --path --connect-timeout=0.4
	both 'the way to silence' connect.filtered "finding.connect.filtered~$(
	    words '; packets to port 993 vanish behind @2.2 (hop 2); UDP packets vanish there, too')" \
	    path.tcp/993.hops=@1.2/expired,@2.2/expired,None/silent \
	    path.udp.hops=@1.2/expired,@2.2/expired,None/silent \
	    -- -H @4.8 "$@"
	both 'the way to resets' connect.refused "finding.connect.refused~$(
	    words '; a reset for port 993 comes from hop 3 although the server is at hop 4: a filter behind @2.2 (hop 2) forged it')" \
	    path.tcp/993.hops=@1.2/expired,@2.2/expired,@4.9/reset \
	    -- -H @4.9 "$@"
	both 'the way to rejections' connect.rejected "finding.connect.rejected~$(
	    words '; @2.2 (hop 2) rejects port 993 (administratively prohibited)')" \
	    path.tcp/993.hops=@1.2/expired,@2.2/expired,@2.2/rejected \
	    -- -H @4.10 "$@"
	both 'the way to losses' connect.lossy "finding.connect.lossy~$(
	    words '; packets to port 2703 are lost from hop 3 on: hop 3 @3.2 lost 1 of 3, hop 4 @4.2 lost 1 of 3')" \
	    "path.tcp/2703.hops=$whole_way/connected" -- -H @4.2 -p 2703 \
	    --probe=connect --attempts=6 "$@"
	by 4 'the way to a dead neighbour of router3' connect.unreachable \
	    "finding.connect.unreachable~$(words \
	    '; @3.2 (hop 3) says of packets to port 993: host unreachable')" \
	    -- -H @4.99 -p 993 --path
	by 6 'the way to a dead neighbour of router3' connect.unreachable \
	    "finding.connect.unreachable~$(words \
	    '; @3.2 (hop 3) says of packets to port 993: address unreachable')" \
	    -- -H @4.99 -p 993 --path
	both 'the way to a server that is well' OK \
	    "path.tcp/143.hops=$whole_way/connected" \
	    "path.udp.hops=$whole_way/port-unreachable" \
	    path.tcp/143.outcome=done 'seconds<3' -- -H @4.2 -p 143,993 \
	    --path
	both 'nobody asks for the way' OK facts.paths=null -- -H @4.2
}

ways() {
	stops >"${scratch:?}/stops"
	while IFS='	' read -r ports filter cause says hops; do
		stop_at 4 "$ports" "$filter" "$cause" "$says" "$hops"
		stop_at 6 "$ports" "$filter" "$cause" "$says" "$hops"
	done <"$scratch/stops"
	other_ways
	addresses_ways
	both 'echo requests are not allowed' OK path.echo.outcome=forbidden \
	    path.echo.hops= -- -H @4.2 --path
}

# echoes - everybody may send some after it
echoes() {
	if [ -n "${MPM_ORIGIN:-}" ]; then
		knob client ipv4/ping_group_range '0 0'
	else
		knob client ipv4/ping_group_range '0 2147483647'
	fi
	both 'echo requests are allowed' OK path.echo.outcome=done \
	    "path.echo.hops=$whole_way/reply" -- -H @4.2 --path
	settle "${at_once:?}"
}

# --- full-sized packets ---

# hole ROUTER... - these alone do not say that a packet was too large
hole() {
	for net in router2 router3; do
		in_net "$net" nft 'table inet hole; delete table inet hole'
	done
	for net in "$@"; do
		in_net "$net" nft -f - <<'END' || die "nft fails: $net"
table inet hole {
chain hole {
type filter hook output priority 0
icmp type destination-unreachable icmp code 4 drop
icmpv6 type packet-too-big drop
}
}
END
	done
	# what the ends have learnt of the way
	for net in client server; do
		ip -n "$net" route flush cache
		ip -n "$net" -6 route flush cache
	done
}

# narrow_link - between router2 and router3, with every word of it lost, and not
narrow_link() {
	ip -n router2 link set b2 mtu 1280
	ip -n router3 link set a3 mtu 1280
	hole
	both 'a narrow link' OK finding.connect.mtu=null -- -H @4.2 \
	    --expect=open:993,open:143 --path
	settle "$at_once"
	hole router2
	both 'full-sized packets vanish on the way there' connect.mtu \
	    'finding.connect.mtu~@4.2:143|:143.while.small' \
	    'finding.connect.mtu~vanish.on.the.way.to' -- -H @4.2 -p 143 \
	    --path
	settle "$at_once"
	hole router3
	both 'full-sized packets vanish on the way back' connect.mtu \
	    'finding.connect.mtu~vanish.on.the.way.from' \
	    because.tls.timeout=connect.mtu port.993.verdict=open \
	    port.993.protocol=silent -- -H @4.2 --expect=open:993,open:143 \
	    --path
	settle "$at_once"
	hole router2 router3
	both 'full-sized packets vanish both ways' connect.mtu \
	    because.tls.timeout=connect.mtu \
	    "finding.tls.timeout~$(words \
	    'does not come to TLS within 5.3 seconds')" \
	    'seconds<9.5' -- -H @4.2 -p 993 --path
	both 'and nobody looks' tls.timeout finding.connect.mtu=null -- \
	    -H @4.2 --expect=open:993,open:143 -t 3
	settle "$at_once"
	hole
	ip -n router2 link set b2 mtu 1500
	ip -n router3 link set a3 mtu 1500
}

# --- the beginning of the way ---

# references - for servers behind router2 that are dead
references() {
	set -- --connect-timeout=0.4
	both 'another server answers' connect.filtered \
	    "finding.connect.filtered~$(words \
	    '; the uplink of this host is clear: ')" \
	    finding.connect.filtered~4.*2.*:993.answers -- -H @4.8 \
	    --reference='[@4.2]:993' "$@"
	both 'another server refuses' connect.filtered \
	    finding.connect.filtered~uplink.of.this.host.is.clear -- \
	    -H @4.8 --reference='[@4.2]:3999' "$@"
	both 'another server does not answer' connect.no-network \
	    "finding.connect.no-network~$(words \
	    'cannot be reached, and neither can .*23.*1.*:993: the network of this host is down; the gateway @1.2 of this host is there; the resolver 10.78.4.2 answers')" \
	    because.connect.filtered=connect.no-network -- -H @4.8 \
	    --reference='[@23.1]:993' "$@"
	both 'one of two other servers answers' connect.filtered \
	    finding.connect.no-network=null \
	    finding.connect.filtered~uplink.of.this.host.is.clear -- \
	    -H @4.8 --reference='[@23.1]:993' --reference='[@4.2]:993' "$@"
	both 'none of two other servers answers' connect.no-network \
	    finding.connect.no-network~neither.can.*23.*:993,.*4.*7.*:993 -- \
	    -H @4.8 --reference='[@23.1]:993' --reference='[@4.7]:993' "$@"
	both 'nobody asks other servers' OK 'seconds<2' -- -H @4.2 \
	    --reference='[@23.1]:993' "$@"
}

# patient_neighbours - the kernel has not given up a dead one before the check does
patient_neighbours() {
	for family in 4 6; do
		knob client "ipv$family/neigh/c0/retrans_time_ms" 1000
	done
	set -- -p 993 --connect-timeout=1
	by 4 'the gateway is silent' connect.no-network \
	    port.993.verdict=unreachable "finding.connect.no-network~$(words \
	    'the gateway @1.98 of this host does not answer (no ARP reply on c0)')" \
	    -- -H @15.1 "$@"
	by 6 'the gateway is silent' connect.no-network \
	    port.993.verdict=unreachable "finding.connect.no-network~$(words \
	    'the gateway @1.98 of this host does not answer (no answer to neighbour discovery on c0)')" \
	    -- -H @15.1 "$@"
	by 4 'a neighbour is silent' connect.unreachable \
	    port.993.verdict=unreachable "finding.connect.unreachable~$(words \
	    '@1.97 does not answer on the local network (no ARP reply on c0)')" \
	    -- -H @1.97 "$@"
	by 6 'a neighbour is silent' connect.unreachable \
	    port.993.verdict=unreachable "finding.connect.unreachable~$(words \
	    '@1.97 does not answer on the local network (no answer to neighbour discovery on c0)')" \
	    -- -H @1.97 "$@"
	both 'the way to a silent neighbour' connect.unreachable \
	    'finding.connect.unreachable~does.not.answer.on.the.local' -- \
	    -H @1.96 --path "$@"
	settle "$at_once"
	for family in 4 6; do
		knob client "ipv$family/neigh/c0/retrans_time_ms" 100
	done
}
