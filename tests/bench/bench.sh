# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2034,SC2154 # variables of lib.sh and of the benches
#
# bench.sh - what the benches share; to be sourced after lib.sh and dovecot.sh
#
# A bench calls bench_begin, starts its server, and hands its rows to
# bench_table.

peers=/usr/lib/nagios/plugins
roots=/etc/ssl/certs/ca-certificates.crt

# bench_begin PROGRAM [RUNS] - scratch folder, certificates, secret, a bundle of many CAs, the small programs
bench_begin() {
	[ $# -eq 1 ] || [ $# -eq 2 ] || die "usage: bench/${0##*/} PROGRAM [RUNS]"
	program=$1
	runs=${2:-60}
	unset SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE
	# a server and its certificates, and who to be compared with
	for set in test bench; do
		"$top/contrib/install-deps" "$set"
	done
	begin bench
	bench_pki
	cat "$roots" "$pki/root.pem" >"$scratch/bundle.pem"
	ncas=$(grep -c BEGIN "$scratch/bundle.pem")
	secret_file secret
	for name in floor once; do
		libs=
		[ "$name" = once ] || libs='-lssl -lcrypto'
		# shellcheck disable=SC2086 # a list
		cc -O2 -o "$scratch/$name" "$tests/bench/$name.c" $libs
	done
}

bench_pki() {
	pki=$scratch/pki
	"$tests/pki.sh" "$pki" >"$scratch/pki.log" 2>&1 || die 'no certificates'
}

# bench_server PORT TLS-PORT [POP3-PORT POP3-TLS-PORT] - a Dovecot with one account and three messages; more settings stand in $scratch/extra.conf, if any
bench_server() {
	dovecot_make "$scratch/server" 127.0.0.1 "$1" "$2" yes ${3:+"$3" "$4"}
	[ ! -e "$scratch/extra.conf" ] ||
	    cat "$scratch/extra.conf" >>"$scratch/server/more.conf"
	dovecot_cert "$scratch/server" "$pki" good
	dovecot_account "$scratch/server" bob secret
	dovecot_messages "$scratch/server" bob 3
	echo 'mail_max_userip_connections = 50' >>"$scratch/server/more.conf"
	dovecot_start "$scratch/server"
}

# ours ARGUMENT... - our command
ours() {
	printf '%s -H mail.example.test --address=127.0.0.1 -p {port} -u bob --password-file=%s --state-dir=%s %s\n' \
	    "$program" "$secret" "$scratch/state" "$*"
}

# bench_table PEER PORT - measure the rows on standard input and put the table into the document
bench_table() {
	cat >"$scratch/rows"
	{
		machine "$1"
		echo
		"$python" "$tests/bench/measure.py" "$scratch/once" \
		    "$scratch" "$runs" "$2" "$scratch/rows"
	} >"$scratch/table"
	cat "$scratch/table"
	put "$tests/bench/RESULTS.md" "${0##*/}"
}

# host_line - the machine that figures belong to, the beginning of a line
host_line() {
	printf '%s, %s x %s, kernel %s, ' \
	    "$(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release)" \
	    "$(nproc)" \
	    "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" \
	    "$(uname -r | sed -e 's/-.*//')"
}

dovecot_version() {
	dovecot --version | cut -d ' ' -f 1
}

# peer_version PEER - of monitoring-plugins
peer_version() {
	"$1" -V | sed -n 's/.*(\(monitoring-plugins .*\)).*/\1/p'
}

# machine PEER - what the figures belong to
machine() {
	host_line
	printf '%s, Dovecot %s, %s, curl %s; medians of %s runs\n' \
	    "$(openssl version | cut -d ' ' -f 1,2)" \
	    "$(dovecot_version)" "$(peer_version "$1")" \
	    "$(curl -V | sed -n '1s/^curl \([^ ]*\).*/\1/p')" "$runs"
}

# put FILE NAME - the table between the marks of that name in a document
put() {
	"$python" - "$1" "$scratch/table" "$2" <<'END'
import re
import sys
with open(sys.argv[2], encoding="utf-8") as table:
    new = "<!-- %s -->\n%s<!-- end of %s -->" % (
        sys.argv[3], table.read(), sys.argv[3])
with open(sys.argv[1], encoding="utf-8") as page:
    text = page.read()
text = re.sub("(?s)<!-- %s -->.*?<!-- end of %s -->" % (
    (sys.argv[3],) * 2), lambda _: new, text)
with open(sys.argv[1], "w", encoding="utf-8") as page:
    page.write(text)
END
}
