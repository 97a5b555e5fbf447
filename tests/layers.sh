#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# layers.sh - does every include point down?
#
# The folders of common/, from the ground up; a file may name its own layer and
# those below it.  Two exceptions: reply knows nothing but base, and what
# becomes a shared object knows nothing but base, module and its contract (the
# headers dialog/sasl.h, dialog/snmp.h and world/tls_engine.h).
set -u
top=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# shellcheck source=tests/lib.sh
. "$top/tests/lib.sh"

# every include of our own: file, line, what it names
includes() {
	(cd "$top" && find common plugins -name '*.[ch]' -exec \
	    awk '/^[ \t]*#[ \t]*include[ \t]*"/ {
		split($0, part, "\"")
		printf "%s\t%d\t%s\n", FILENAME, FNR, part[2]
	    }' {} +)
}

violations() {
	includes | awk -F '\t' '
	BEGIN {
		n = split("base report reply judge dialog world module plugin" \
		    " plugins", name, " ")
		for (i = 1; i <= n; i++)
			height[name[i]] = i
	}
	function complain(why) {
		printf "%s:%d: \"%s\": %s\n", $1, $2, $3, why
	}
	{
		split($1, path, "/")
		mine = path[1] == "common" ? path[2] : path[1]
		theirs = $3
		if (theirs == "config.h")
			next
		if (!sub("/.*", "", theirs) || !(theirs in height)) {
			complain("not the path of a layer")
			next
		}
		if (!(mine in height))
			complain("a file in no layer")
		else if (height[theirs] > height[mine])
			complain(mine " is below " theirs)
		else if (mine == "reply" && theirs !~ "^(base|reply)$")
			complain("reply knows nothing but base")
		else if (mine == "module" && $1 !~ "/module\\.[ch]$" &&
		    theirs !~ "^(base|module)$" &&
		    $3 !~ "^(dialog/sasl|dialog/snmp|world/tls_engine)[.]h$")
			complain("a module knows base, module and its contract")
	}'
}

# headers that a pure layer has no use for
foreign() {
	(cd "$top/common" && grep -n -E \
	    '^[ 	]*#[ 	]*include[ 	]*<(openssl|gsasl|net-snmp|idn2|curl|unistd|netdb|fcntl|pthread|signal|sys/epoll)[./]' \
	    -r base report reply judge dialog |
	    sed -e 's|^|common/|' -e 's|$|: not for a pure layer|')
}

found=$(violations; foreign)
if [ -n "$found" ]; then
	printf '%s\n' "$found"
	not_ok layers 'includes as above'
elif [ "$(includes | wc -l)" -lt 10 ]; then
	not_ok layers 'there are no includes to look at'
else
	ok layers
fi
tally
