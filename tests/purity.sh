#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# purity.sh BUILD-DIR - does the pure library keep out of the world?
#
# Whatever the objects of BUILD-DIR/libpure.a need is either defined in it, or in
# the list here: nothing that opens, asks for the time, waits, prints or exits.
# The build must be one without sanitizers.
set -u
top=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# shellcheck source=tests/lib.sh
. "$top/tests/lib.sh"

allowed() {
	cat <<'END'
abs
bsearch
calloc
explicit_bzero
free
inet_ntop
inet_pton
malloc
memchr
memcmp
memcpy
memmem
memmove
memrchr
memset
qsort
realloc
snprintf
strchr
strcmp
strcspn
strdup
strlen
strncasecmp
strcasecmp
strncmp
strndup
strnlen
strpbrk
strrchr
strspn
strstr
strtod
vsnprintf
END
	# the same, as the compiler calls them when it hardens
	cat <<'END'
__explicit_bzero_chk
__memcpy_chk
__memmove_chk
__memset_chk
__snprintf_chk
__vsnprintf_chk
__stack_chk_fail
rawmemchr
END
	# tables of <ctype.h> in the C locale, tables of position independent code
	cat <<'END'
_GLOBAL_OFFSET_TABLE_
END
}

# object, symbol
needed() {
	nm -A -u "$1" | sed -n 's/.*:\([^:]*\.o\):.* [Uuwv] \(.*\)$/\1 \2/p'
}

defined() {
	nm "$1" | sed -n 's/^[0-9a-f]* [A-TV-Z] //p'
}

main() {
	[ $# -eq 1 ] || die 'usage: purity.sh BUILD-DIR'
	library=$1/libpure.a
	[ -s "$library" ] || die "$library: not there"
	begin purity
	{ allowed; defined "$library"; } >"$scratch/known"
	needed "$library" >"$scratch/needed"
	found=$(awk 'NR == FNR { known[$1]; next }
	    !($2 in known) { print $1 ": needs " $2 }' "$scratch/known" \
	    "$scratch/needed" | sort -u)
	if [ -n "$found" ]; then
		printf '%s\n' "$found"
		not_ok purity 'symbols as above'
	elif [ ! -s "$scratch/needed" ]; then
		not_ok purity 'there are no symbols to look at'
	else
		ok purity
	fi
	tally
}

main "$@"
