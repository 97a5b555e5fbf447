#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# coverage.sh BUILD - which lines of common/ have run in a build that was
# configured with --enable-coverage
#
# Whoever calls it has run the tests against that build before.  The least
# covered files come first; it fails below $COVERAGE_LEAST per cent (90).
set -u
top=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# shellcheck source=tests/lib.sh
. "$top/tests/lib.sh"

# summary LEAST - of what gcov writes; a line may stand there once for each object it is in
summary() {
	awk -v least="$1" '
	/^[ \t]*-:[ \t]*0:Source:/ {
		file = $0
		sub(/.*Source:/, "", file)
		sub(/.*\/common\//, "common/", file)
		next
	}
	file !~ /^common\/.*\.c$/ { next }
	{
		split($0, part, ":")
		count = part[1]
		gsub(/[ \t]/, "", count)
		line = file SUBSEP (part[2] + 0)
		if (count == "-" || part[2] + 0 == 0)
			next
		seen[line] = 1
		if (count !~ /^#|^=/)
			ran[line] = 1
	}
	END {
		for (line in seen) {
			split(line, part, SUBSEP)
			all[part[1]]++
			total++
			if (line in ran) {
				good[part[1]]++
				covered++
			}
		}
		for (file in all)
			printf "%5.1f %% of %4d lines %s\n", 100 * good[file] / all[file],
			    all[file], file | "sort -n"
		close("sort -n")
		if (total == 0)
			exit 1
		printf "%5.1f %% of %d lines of common/\n", 100 * covered / total, total
		exit 100 * covered / total < least
	}'
}

main() {
	[ -d "${1:-}" ] || die 'usage: coverage.sh BUILD'
	begin coverage
	build_dir=$(cd "$1" && pwd)
	least=${COVERAGE_LEAST:-90}
	find "$build_dir/common" -name '*.gcda' >"$scratch/counters"
	[ -s "$scratch/counters" ] || die "no counters in $build_dir"
	# one by one: objects of several libraries have the same name
	while read -r counters; do
		(cd "$build_dir" && gcov --stdout "$counters" 2>/dev/null)
	done <"$scratch/counters" >"$scratch/lines"
	if summary "$least" <"$scratch/lines"; then
		ok "coverage: at least $least % of the lines of common/"
	else
		not_ok 'coverage' "less than $least % of the lines of common/"
	fi
	tally
}

main "$@"
