#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# planted.sh BUILD-DIR - do the guards bark?
#
# Plants one violation after the other in a copy of the tree and demands that
# the script in charge fails and names it.
set -u
top=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# shellcheck source=tests/lib.sh
. "$top/tests/lib.sh"

# append FILE LINE... - to a file of the copy
append() {
	append_to=$copy/$1
	shift
	printf '%s\n' "$@" >>"$append_to"
}

# barks NAME WORDS SCRIPT... - it fails, and says these words
barks() {
	barks_name=$1
	barks_words=$2
	shift 2
	if "$@" >"$scratch/said" 2>&1; then
		not_ok "$barks_name" 'the script is content'
	elif grep -q -F -- "$barks_words" "$scratch/said"; then
		ok "$barks_name"
	else
		not_ok "$barks_name" "it does not say: $barks_words"
		sed -n -e 's/^/    /' -e 1,5p "$scratch/said"
	fi
}

# content NAME SCRIPT... - the copy alone is no violation
content() {
	content_name=$1
	shift
	assert "$content_name, nothing planted" "$@"
}

# restore FILE - the copy of it as it was
restore() {
	cp -p "$top/$1" "$copy/$1"
}

layers() {
	file=common/$1
	append "$file" "#include \"$2\""
	barks "layers: $1 includes $2" "$file:" "$copy/tests/layers.sh"
	restore "$file"
}

# impure NAME CODE SYMBOL [LIBRARY] - an object of it, the pure one, that does this
impure() {
	mkdir -p "$scratch/build/.libs"
	cp "$build"/lib*.a "$scratch/build/"
	cp "$build/.libs/tls.so" "$scratch/build/.libs/"
	cp "$top/common/base/base64.c" "$scratch/planted.c"
	printf '%s\n' "$2" >>"$scratch/planted.c"
	cc -std=gnu11 -w -O2 -I"$top/common" -I"$build" -c -o \
	    "$scratch/planted.o" "$scratch/planted.c" || die 'cc fails'
	ar q "$scratch/build/${4:-libpure.a}" "$scratch/planted.o" 2>/dev/null
	barks "purity: $1" "planted.o: needs $3" "$copy/tests/purity.sh" \
	    "$scratch/build"
}

style() {
	barks "style: $1" "$2" "$copy/tests/style.sh"
	restore common/base/base64.c
}

styles() {
	file=common/base/base64.c
	{
		printf '%s\n' 'int' 'planted(int a)' '{'
		awk 'BEGIN { for (i = 0; i < 40; i++) print "\ta++;" }'
		printf '%s\n' '	return a;' '}'
	} >>"$copy/$file"
	style 'a function of 41 lines' "$file:"
	append "$file" '/* */ // planted'
	style 'a // comment' 'a // comment'
	append "$file" 'int planted(char *a) { return strcpy(a, "b") != 0; }'
	style 'strcpy()' 'strcpy() is never called'
	append "$file" 'int planted; '
	style 'a blank at the end of a line' 'blanks at the end'
	append "$file" '        int planted;'
	style 'spaces for a tab' 'spaces where a tab belongs'
	awk 'BEGIN { for (i = 0; i < 401; i++) print "" }' >>"$copy/$file"
	style 'a file of more than 400 lines' "$file:1: "
	sed -i 1d "$copy/$file"
	style 'no licence' "$file: no SPDX-License-Identifier"
}

documents() {
	for file in plugins/check_imap_login.1 \
	    contrib/completion/bash/check_imap_login; do
		append "$file" 'planted'
		barks "docs: $file" "$file" "$copy/tests/docs.sh" "$build"
		restore "$file"
	done
}

main() {
	[ $# -eq 1 ] || die 'usage: planted.sh BUILD-DIR'
	build=$1
	begin planted
	copy=$scratch/tree
	copy_sources "$copy" || die 'cannot copy the tree'
	content layers "$copy/tests/layers.sh"
	layers base/buf.c report/cause.h
	layers reply/imap_reply.c report/result.h
	layers judge/icmp.c dialog/session.h
	layers dialog/race.c world/loop.h
	layers module/sasl_gsasl.c dialog/session.h
	layers module/tls_openssl.c world/drive.h
	layers world/conn_open.c module/module.h
	content purity "$copy/tests/purity.sh" "$build"
	impure puts 'void planted(void) { puts("x"); }' puts
	impure time 'long planted(void) { return time(0); }' time
	impure exit 'void planted(void) { exit(1); }' exit
	impure 'a variable of the environment' \
	    'char *planted(void) { char *getenv(const char *); return getenv("A"); }' \
	    getenv
	impure 'OpenSSL in the world' \
	    'void planted(void) { void ERR_clear_error(void); ERR_clear_error(); }' \
	    ERR_clear_error libworld.a
	impure 'the TLS engine by name' \
	    'void planted(void) { void tls_free(void *); tls_free(0); }' \
	    tls_free libworld.a
	content style "$copy/tests/style.sh"
	styles
	documents
	tally
}

main "$@"
