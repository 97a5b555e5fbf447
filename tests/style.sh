#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# style.sh - the rules of form that a program can check
set -u
top=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# shellcheck source=tests/lib.sh
. "$top/tests/lib.sh"

# all sources, whatever they are written in; not what is made from them, nor data
sources() {
	(cd "$top" && find .ci common contrib plugins tests configure.ac \
	    Makefile.am debian/rules debian/tests/checks -type f ! -path '*/corpus/*' ! -path '*/seeds/*' \
	    ! -path '*/.*/*' ! -path 'contrib/completion/*' ! -name '*.[oa1]' \
	    ! -name '*.lo' ! -name '*.la' ! -name '*.tsv' ! -name '*.json' \
	    ! -name '*.pyc' ! -name '*.log' ! -name '*.trs' \
	    ! -name '*~' -print; cd "$top" && find .ci -type f) | sort -u |
	    while read -r file; do
		    # text only
		    LC_ALL=C grep -q -I . "$top/$file" && echo "$file"
	    done
}

without_licence() {
	sources | while read -r file; do
		head -n 5 "$top/$file" |
		    grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' ||
		    echo "$file: no SPDX-License-Identifier near its top"
	done
}

trailing_blanks() {
	sources | while read -r file; do
		grep -n '[ 	]$' "$top/$file" |
		    sed -e "s|^\([0-9]*\):.*|$file:\1: blanks at the end|"
	done
}

c_sources() {
	(cd "$top" && find common plugins tests -name '*.[ch]' | sort)
}

# report NAME - what stands in the file of that name is what is wrong
report() {
	if [ -s "$scratch/$1" ]; then
		cat "$scratch/$1"
		not_ok "style: $1" "$(wc -l <"$scratch/$1") places"
	else
		ok "style: $1"
	fi
}

main() {
	begin style
	[ "$(c_sources | wc -l)" -gt 10 ] || die 'no sources to look at'
	without_licence >"$scratch/licence"
	trailing_blanks >"$scratch/blanks"
	c_sources | (cd "$top" && xargs "$python" tests/c_style.py) \
	    >"$scratch/C" 2>&1
	for name in licence blanks C; do
		report "$name"
	done
	tally
}

main
