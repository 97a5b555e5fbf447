# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# bench.sh - what a login check costs beside others; to be sourced
#
# The script that sources it defines rows (of measure.py) and port, and sets
# $peer; $server_more may be a function for what else the server needs.  To be
# run by hand: it needs some minutes, and a machine with little else to do.
# shellcheck source=tests/lib.sh
. "${top:?}/tests/lib.sh"
# shellcheck source=tests/dovecot.sh
. "$top/tests/dovecot.sh"

roots=/etc/ssl/certs/ca-certificates.crt

# server IMAP-PORT IMAPS-PORT POP3-PORT POP3S-PORT
server() {
	dovecot_make "$scratch/server" 127.0.0.1 "$1" "$2" yes "$3" "$4"
	dovecot_cert "$scratch/server" "$pki" good
	dovecot_account "$scratch/server" bob secret
	dovecot_messages "$scratch/server" bob 3
	echo 'mail_max_userip_connections = 50' >>"$scratch/server/more.conf"
	[ -z "${server_more:-}" ] || "$server_more"
	dovecot_start "$scratch/server"
}

programs() {
	for name in floor once; do
		libs=
		[ "$name" = once ] || libs='-lssl -lcrypto'
		# shellcheck disable=SC2086 # a list
		cc -O2 -o "$scratch/$name" "$tests/bench/$name.c" $libs
	done
}

# ours TRUST... - our command
ours() {
	printf '%s -H mail.example.test --address=127.0.0.1 -p {port} -u bob --password-file=%s --state-dir=%s %s\n' \
	    "$program" "$secret" "$scratch/state" "$*"
}

# machine - what the figures belong to
machine() {
	printf '%s, %s x %s, kernel %s, ' \
	    "$(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release)" \
	    "$(nproc)" \
	    "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" \
	    "$(uname -r | sed -e 's/-.*//')"
	printf '%s, Dovecot %s, monitoring-plugins %s, curl %s; medians of %s runs\n' \
	    "$(openssl version | cut -d ' ' -f 1,2)" \
	    "$(dovecot --version | cut -d ' ' -f 1)" \
	    "$("$peer" -V | sed -n 's/.*(monitoring-plugins \(.*\)).*/\1/p')" \
	    "$(curl -V | sed -n '1s/^curl \([^ ]*\).*/\1/p')" "$runs"
}

# put FILE NAME - the table between the marks of that name in a document
put() {
	"$python" - "$1" "$scratch/table" "$2" <<'END'
import re
import sys
with open(sys.argv[2], encoding="utf-8") as table:
    new = "<!-- %s -->\n%s<!-- end -->" % (sys.argv[3], table.read())
with open(sys.argv[1], encoding="utf-8") as page:
    text = page.read()
text = re.sub(r"(?s)<!-- %s -->.*?<!-- end -->" % sys.argv[3],
              lambda _: new, text)
with open(sys.argv[1], "w", encoding="utf-8") as page:
    page.write(text)
END
}

# bench NAME PROGRAM [RUNS] - measure, print, and put it into bench/RESULTS.md
bench() {
	bench_name=$1
	shift
	[ $# -eq 1 ] || [ $# -eq 2 ] ||
	    die "usage: bench/$bench_name PROGRAM [RUNS]"
	program=$1
	runs=${2:-60}
	unset SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE
	# a server and its certificates, and who to be compared with
	for set in test bench; do
		"$top/contrib/install-deps" "$set"
	done
	begin bench
	pki=$scratch/pki
	"$tests/pki.sh" "$pki" >"$scratch/pki.log" 2>&1 || die 'no certificates'
	cat "$roots" "$pki/root.pem" >"$scratch/bundle.pem"
	ncas=$(grep -c BEGIN "$scratch/bundle.pem")
	secret_file secret
	# shellcheck disable=SC2046 # numbers
	set -- $(free_ports 4)
	imaps_port=$2 pop3s_port=$4
	server "$@"
	programs
	rows >"$scratch/rows"
	{
		machine
		echo
		"$python" "$tests/bench/measure.py" "$scratch/once" \
		    "$scratch" "$runs" "$(port)" "$scratch/rows"
	} >"$scratch/table"
	cat "$scratch/table"
	put "$tests/bench/RESULTS.md" "$bench_name"
}
