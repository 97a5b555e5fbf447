# SPDX-License-Identifier: GPL-3.0-or-later
#
# tables.awk - the rows of cause_list.h and metric_list.h
#
#	awk -v want=causes -f tables.awk causes.tsv >cause_list.h
#	awk -v want=metrics -f tables.awk metrics.tsv >metric_list.h
#
# Plain POSIX awk.  A row that is not as it should be ends the build: a cause
# or a label is API, so a slip of the keyboard must not become one.

BEGIN {
	FS = "\t"
	if (want != "causes" && want != "metrics")
		bad("want must be causes or metrics")
}

function bad(why)
{
	printf "%s:%d: %s\n", FILENAME, FNR, why >"/dev/stderr"
	failed = 1
	exit 1
}

function quoted(s)
{
	gsub(/\\/, "\\\\&", s)
	gsub(/"/, "\\\\&", s)
	return "\"" s "\""
}

function identifier(s)
{
	s = toupper(s)
	gsub(/[.-]/, "_", s)
	return s
}

# two names may differ and still make the same C identifier
function unique(name)
{
	if (name !~ /^[a-z][a-z0-9_.-]*$/)
		bad("not a name: " name)
	if (identifier(name) in seen)
		bad("twice: " name)
	seen[identifier(name)] = FNR
}

function cause()
{
	if (NF != 6)
		bad("6 columns wanted, " NF " found")
	unique($1)
	if ($2 !~ /^(OK|WARNING|CRITICAL|UNKNOWN)$/)
		bad("no state: " $2)
	if ($3 !~ /^[a-z]+$/)
		bad("no party: " $3)
	if ($4 !~ /^(-|[A-Z](,[A-Z])*)$/)
		bad("no family: " $4)
	if ($5 == "" || $6 == "")
		bad("an empty text")
	rows[++n] = "CAUSE(" identifier($1) ", " quoted($1) ", " $2 ", " \
	    quoted($3) ", " quoted($4) ",\n    " quoted($5) ",\n    " \
	    quoted($6) ")"
}

function metric()
{
	if (NF != 5)
		bad("5 columns wanted, " NF " found")
	unique($1)
	if ($2 !~ /^(s|B|%)?$/)
		bad("no unit: " $2)
	if ($3 !~ /^(falling)?$/)
		bad("falling or nothing: " $3)
	if ($4 == "" || $5 == "")
		bad("an empty text")
	rows[++n] = "METRIC(" identifier($1) ", " quoted($1) ", " quoted($2) \
	    ", " ($3 == "" ? "false" : "true") ",\n    " quoted($4) ")"
}

/^#/			{ next }
want == "causes"	{ cause() }
want == "metrics"	{ metric() }

END {
	if (failed)
		exit 1
	if (n == 0)
		bad("no rows")
	print "/* SPDX-License-Identifier: GPL-3.0-or-later */"
	print "/* made by tables.awk from " want ".tsv: change that instead */"
	for (i = 1; i <= n; i++)
		print rows[i]
}
