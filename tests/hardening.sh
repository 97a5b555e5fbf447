#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# hardening.sh PROGRAM... - were the hardening flags of the build really used?
set -u
top=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# shellcheck source=tests/lib.sh
. "$top/tests/lib.sh"

# has WHAT PROGRAM PATTERN READELF-OPTION - a line of readelf's says so
has() {
	if LC_ALL=C readelf -W "$4" "$2" 2>/dev/null | grep -Eq "$3"; then
		ok "$1: $(basename "$2")"
	else
		not_ok "$1: $(basename "$2")" "readelf $4 shows no $3"
	fi
}

main() {
	[ $# -ge 1 ] || die 'usage: hardening.sh PROGRAM...'
	begin hardening
	for program; do
		case $program in
		*.so) ;;
		*) has 'position independent' "$program" 'Type: *DYN.*(PIE|Position)' -h ;;
		esac
		has 'read-only relocations' "$program" 'GNU_RELRO' -l
		has 'bound at the start' "$program" '\((BIND_NOW|FLAGS_1)\).*(NOW|$)' -d
		has 'stack not executable' "$program" 'GNU_STACK .* RW +0' -l
		has 'stack protector' "$program" '__stack_chk_fail' --dyn-syms
		has 'fortified' "$program" '__(memcpy|vsnprintf|read|snprintf)_chk' --dyn-syms
	done
	tally
}

main "$@"
