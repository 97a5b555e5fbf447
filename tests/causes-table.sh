#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# causes-table.sh MAN - the table of causes in README: those that the manual
# page names under DIAGNOSTICS, as causes.tsv tells them
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
man=$1

echo '| cause | state | who acts | what was seen | what to do |'
echo '|---|---|---|---|---|'
awk -F'\t' '
	FNR == NR { page = page $0 "\n"; next }
	/^#/ { next }
	{ slug = $1; gsub(/-/, "\\-", slug) }
	index(page, slug) || index(page, $1) {
		printf "| `%s` | %s | %s | %s | %s |\n", $1, $2, $3, $5, $6
	}
' "$man" "$top/common/report/causes.tsv"
