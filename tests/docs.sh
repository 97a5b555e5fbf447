#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# docs.sh BUILD-DIR - are the documents in the tree what the programs write?
#
# (`make docs` writes them anew.)
set -u
top=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# shellcheck source=tests/lib.sh
. "$top/tests/lib.sh"

# document PROGRAM KIND FILE
document() {
	"$1" --describe="$2" >"$scratch/new" 2>&1
	if diff -u "$top/$3" "$scratch/new" >"$scratch/diff" 2>&1; then
		ok "$3"
	else
		head -n 20 "$scratch/diff"
		not_ok "$3" 'differs from the option table; run make docs'
	fi
}

# manual FILE - mandoc finds nothing to say
manual() {
	if ! command -v mandoc >/dev/null; then
		not_ok "mandoc $1" 'mandoc is not installed'
		return
	fi
	mandoc -T lint -W warning "$top/$1" >"$scratch/lint" 2>&1
	if [ -s "$scratch/lint" ]; then
		cat "$scratch/lint"
		not_ok "mandoc $1" 'warnings as above'
	else
		ok "mandoc $1"
	fi
}

main() {
	[ $# -eq 1 ] || die 'usage: docs.sh BUILD-DIR'
	begin docs
	for source in "$top"/plugins/check_*.c; do
		name=$(basename "$source" .c)
		program=$1/plugins/$name
		[ -x "$program" ] || die "$program: not there"
		document "$program" man "plugins/$name.1"
		document "$program" bash "contrib/completion/bash/$name"
		document "$program" zsh "contrib/completion/zsh/_$name"
		document "$program" icinga2 "contrib/icinga2/$name.conf"
		document "$program" nagios "contrib/nagios/$name.cfg"
		document "$program" fish "contrib/completion/fish/$name.fish"
		manual "plugins/$name.1"
	done
	tally
}

main "$@"
