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
	    ! -name '*~' -print && find .ci -type f) | sort -u
}

# in_text COMMAND... - with the names of all sources that are text
in_text() {
	(cd "$top" && LC_ALL=C xargs -d '\n' grep -l -I . <"$scratch/sources" |
	    LC_ALL=C xargs -d '\n' "$@")
}

without_licence() {
	# shellcheck disable=SC2016 # for awk
	in_text awk 'function told() {
		if (file != "" && !licence)
			print file ": no SPDX-License-Identifier near its top"
		file = FILENAME
		licence = 0
	}
	FNR == 1 { told() }
	FNR <= 5 && /SPDX-License-Identifier: GPL-3.0-or-later/ { licence = 1 }
	END { told() }'
}

trailing_blanks() {
	in_text grep -n '[ 	]$' /dev/null |
	    sed -e 's|^\([^:]*:[0-9]*\):.*|\1: blanks at the end|'
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
	sources >"$scratch/sources"
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
