# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# lib.sh - what the test scripts share; to be sourced, with $top set to the
# root of the tree
#
# A script calls begin first: it gets a scratch folder of its own, $scratch,
# and whatever it started or made is gone when it ends, also by a signal.

PATH=$PATH:/usr/sbin:/sbin
export PATH
tests=${top:?}/tests
python=/usr/bin/python3
[ -x "$python" ] || python=python3
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE

passed=0
failed=0
running=	# ids of what was started; each leads a process group
scratch=

# begin NAME
begin() {
	scratch=$(mktemp -d "${TMPDIR:-/tmp}/mpm-$1.XXXXXX") || exit 1
	# a server that runs as somebody else has to get through
	chmod 0711 "$scratch"
	trap clean_up EXIT
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 143' TERM
}

clean_up() {
	trap '' HUP INT TERM
	for pid in $running; do
		kill -s TERM -- "-$pid" "$pid" 2>/dev/null || :
	done
	for pid in $running; do
		stop "$pid"
	done
	[ -n "$scratch" ] || return 0
	rm -rf "$scratch" 2>/dev/null && return 0
	# what was killed just now may still have written a file, and tests lock
	# folders
	sleep 0.2
	chmod -R u+rwX "$scratch" 2>/dev/null || :
	rm -rf "$scratch"
}

ok() {
	passed=$((passed + 1))
	printf 'ok %s\n' "$1"
}

# not_ok NAME WHY
not_ok() {
	failed=$((failed + 1))
	printf 'not ok %s: %s\n' "$1" "$2"
}

note() {
	printf 'note: %s\n' "$*"
}

die() {
	printf '%s: %s\n' "${0##*/}" "$*" >&2
	exit 1
}

# assert NAME COMMAND... - the command succeeds
assert() {
	assert_name=$1
	shift
	if assert_why=$("$@" 2>&1); then
		ok "$assert_name"
	else
		not_ok "$assert_name" "$(printf '%s' "${assert_why:-$* failed}" |
		    tr '\n' ';')"
	fi
}

# count_lines FILE - add up the `ok` and `not ok` lines that another program wrote
count_lines() {
	passed=$((passed + $(grep -c '^ok ' "$1" || :)))
	failed=$((failed + $(grep -c '^not ok ' "$1" || :)))
}

# tally - the last line of a suite, and its exit code
tally() {
	printf '%d passed, %d failed\n' "$passed" "$failed"
	[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

# start LOG COMMAND... - in the background, as leader of a group; its id is $started
start() {
	start_log=$1
	shift
	setsid "$@" </dev/null >>"$start_log" 2>&1 &
	started=$!
	running="$running $started"
}

# stop ID - end what start began, and its children
stop() {
	rest=
	for pid in $running; do
		[ "$pid" = "$1" ] || rest="$rest $pid"
	done
	running=$rest
	kill -s TERM -- "-$1" "$1" 2>/dev/null || :
	kill -s CONT -- "-$1" 2>/dev/null || :
	poll 10 ended "$1" || :
	# also what the leader has left behind
	kill -s KILL -- "-$1" 2>/dev/null || :
	wait "$1" 2>/dev/null || :
}

# ended ID - it is gone, or waits only for its parent to look
ended() {
	case $(sed -e 's/.*) //' -e 's/ .*//' "/proc/$1/stat" 2>/dev/null) in
	'' | Z) return 0 ;;
	*) return 1 ;;
	esac
}

# poll SECONDS COMMAND... - until it succeeds, 1 if it never does
poll() {
	tries=$(($1 * 50))
	shift
	until "$@"; do
		tries=$((tries - 1))
		[ "$tries" -gt 0 ] || return 1
		sleep 0.02
	done
}

# free_ports N - numbers of ports that nobody listens on, in one line
free_ports() {
	"$python" "$tests/port.py" free "$1"
}

# wait_port HOST PORT
wait_port() {
	"$python" "$tests/port.py" wait "$1" "$2" 10
}

# listener KIND HOST [PORT] - a small server (see listener.py); sets $port and $started
listener() {
	listener_file=$scratch/listener.$(($(find "$scratch" -maxdepth 1 \
	    -name 'listener.*' | wc -l) + 1))
	start "$listener_file.log" "$python" "$tests/listener.py" "$1" "$2" \
	    "${3:-0}" "$listener_file"
	poll 10 test -s "$listener_file" || die "no $1 listener on $2"
	# shellcheck disable=SC2034 # for the caller
	port=$(cat "$listener_file")
}

# logged LOG COMMAND... - run it with its output in the file; a signal to us ends it too
logged() {
	start "$@"
	logged_pid=$started
	logged_code=0
	wait "$logged_pid" || logged_code=$?
	stop "$logged_pid"
	return "$logged_code"
}

# copy_sources DIR - the tree without what a build or git left in it
copy_sources() {
	mkdir -p "$1" && (cd "$top" && tar -cf - --exclude=./.git \
	    --exclude='*.o' --exclude='*.lo' --exclude='*.a' --exclude='*.la' \
	    --exclude='*.so' --exclude='*.log' --exclude='*.trs' \
	    --exclude=.libs --exclude=.deps --exclude=.dirstamp \
	    --exclude=autom4te.cache --exclude=__pycache__ \
	    --exclude=./config.status --exclude=./config.h \
	    --exclude=./Makefile --exclude=./libtool .) |
	    (cd "$1" && tar -xf -)
}

# build DIR LOG [CONFIGURE-OPTION...] - configure and make out of tree, from sources made ready in DIR/../src, and install in DIR/root
build() {
	build_dir=$1
	build_log=$2
	shift 2
	mkdir -p "$build_dir"
	# shellcheck disable=SC2016 # for the inner shell
	logged "$build_log" sh -ec 'cd "$1"; dir=$1; shift
		../src/configure --prefix="$dir/root" "$@"
		make -j2
		make install' build "$build_dir" "$@"
}

# make_configure DIR LOG - sources ready to be configured, in DIR/src
make_configure() {
	copy_sources "$1/src" || return 1
	# shellcheck disable=SC2016 # for the inner shell
	logged "$2" sh -ec 'cd "$1/src"; autoreconf -fi' autoreconf "$1"
}

# peak_program DIR - one that tells the peak memory of another, made there: see hostile/peak.c; it is $peak_of
peak_program() {
	peak_of=$1/peak-of
	"${CC:-cc}" -O1 -o "$peak_of" "$tests/hostile/peak.c"
}

# clock_library DIR - another wall clock for a program, made there: see hostile/clock.c; it is $clock
clock_library() {
	clock=$1/clock.so
	"${CC:-cc}" -O1 -shared -fPIC -o "$clock" "$tests/hostile/clock.c"
}

# secret_file VALUE - a file that holds it and nobody else may read; its name is $secret
secret_file() {
	secret=$(mktemp "$scratch/secret.XXXXXX") && printf '%s' "$1" >"$secret"
}

# conclude NAME WANT... -- COMMAND... - see verdict.py
conclude() {
	conclude_name=$1
	shift
	assert "$conclude_name" "$python" "$tests/verdict.py" "$@"
}

# later NAME WANT... -- COMMAND... - as conclude, but not before settle; blanks part words, and nothing else can
later() {
	later_name=$1
	shift
	printf '%s\t%s\n' "$later_name" "$*" >>"$scratch/later"
}

# settle N - all that was put off, N cases at a time
settle() {
	: >"$scratch/settled"
	logged "$scratch/settled" "$python" "$tests/verdict.py" --many "$1" \
	    "$scratch/later" || not_ok settle "exit code $?"
	cat "$scratch/settled"
	count_lines "$scratch/settled"
	rm "$scratch/later"
}

# check NAME WANT... -- ARGUMENT... - what every run against a server on loopback shares, and what $check_given holds; needs $program, $pki and $scratch
check() {
	check_name=$1
	shift
	check_wants=
	while [ "$1" != -- ]; do
		# wants hold no blanks here
		check_wants="$check_wants $1"
		shift
	done
	shift
	# shellcheck disable=SC2086 # lists
	conclude "$check_name" $check_wants -- "${program:?}" \
	    --address=127.0.0.1 --ca-file="${pki:?}/root.pem" \
	    --state-dir="$scratch/state" ${check_given:-} "$@"
}
