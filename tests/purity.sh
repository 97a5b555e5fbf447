#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# purity.sh BUILD-DIR - does the pure library keep out of the world, and the
# world out of OpenSSL?
#
# Whatever the objects of BUILD-DIR/libpure.a need is either defined in it, or in
# the list here: nothing that opens, asks for the time, waits, prints or exits.
# What those of libworld.a need is neither in libtls.a nor in the libraries that
# it is made with, so that a check without TLS is linked with none of them.  The
# build must be one without sanitizers.
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

# exported MODULE - by the libraries of OpenSSL that the module loads
exported() {
	ldd "$1" | sed -n 's/.*lib\(ssl\|crypto\)[.].* => \(.*\) (.*/\2/p' |
	    while read -r library; do
		nm -D --defined-only "$library"
	    done | sed -n 's/^[0-9a-f]* [A-TV-Z] \([^@]*\).*/\1/p'
}

# judge NAME FOUND - what was found is wrong, in $scratch/needed
judge() {
	if [ -n "$2" ]; then
		printf '%s\n' "$2"
		not_ok "$1" 'symbols as above'
	elif [ ! -s "$scratch/needed" ]; then
		not_ok "$1" 'there are no symbols to look at'
	else
		ok "$1"
	fi
}

pure() {
	{ allowed; defined "$1/libpure.a"; } >"$scratch/known"
	needed "$1/libpure.a" >"$scratch/needed"
	judge purity "$(awk 'NR == FNR { known[$1]; next }
	    !($2 in known) { print $1 ": needs " $2 }' "$scratch/known" \
	    "$scratch/needed" | sort -u)"
}

# of_tls LIBRARY - its needs that only TLS can meet
of_tls() {
	needed "$1" >"$scratch/needed"
	awk 'NR == FNR { tls[$1]; next }
	    $2 in tls { print $1 ": needs " $2 }' "$scratch/tls" \
	    "$scratch/needed" | sort -u
}

without_tls() {
	exported "$1/.libs/tls.so" >"$scratch/tls"
	if [ -z "$(of_tls "$1/libtls.a")" ]; then
		not_ok 'the world without TLS' 'OpenSSL was not found'
		return
	fi
	defined "$1/libtls.a" >>"$scratch/tls"
	judge 'the world without TLS' "$(of_tls "$1/libworld.a")"
}

main() {
	[ $# -eq 1 ] || die 'usage: purity.sh BUILD-DIR'
	for file in libpure.a libtls.a libworld.a .libs/tls.so; do
		[ -s "$1/$file" ] || die "$1/$file: not there"
	done
	begin purity
	pure "$1"
	without_tls "$1"
	tally
}

main "$@"
