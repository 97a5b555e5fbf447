# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# dovecot.sh - a real Dovecot 2.3 in a folder of its own; to be sourced after
# lib.sh
#
# It needs no root.  Under root it runs as nobody, since Dovecot's own wishes
# for root (chroot, several users) would touch the system.

# In a user namespace $MPM_ORIGIN is the user who made it: nobody else is there.
if [ -n "${MPM_ORIGIN:-}" ]; then
	dovecot_user=$(id -un "$MPM_ORIGIN")
	dovecot_as="unshare --user --map-user=$MPM_ORIGIN
	    --map-group=$(id -g "$MPM_ORIGIN")"
elif [ "$(id -u)" -eq 0 ]; then
	dovecot_user=nobody
	dovecot_as="setpriv --reuid $dovecot_user --clear-groups
	    --regid $(id -gn "$dovecot_user")"
else
	dovecot_user=$(id -un)
	dovecot_as=
fi
dovecot_group=$(id -gn "$dovecot_user")

# dovecot_config DIR LISTEN PORT TLS-PORT SSL [POP3-PORT POP3-TLS-PORT]
dovecot_config() {
	cat <<END
base_dir = $1/run
state_dir = $1/state
log_path = $1/dovecot.log
protocols = imap${6:+ pop3}
listen = $2
default_internal_user = $dovecot_user
default_internal_group = $dovecot_group
default_login_user = $dovecot_user
mail_uid = $dovecot_user
mail_gid = $dovecot_group
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:$1/mail/%u
mail_max_userip_connections = 3
ssl = $5
ssl_min_protocol = TLSv1.2
disable_plaintext_auth = yes
auth_mechanisms = plain login cram-md5 scram-sha-256
# a rejected login is to be told at once, not after a pause
auth_failure_delay = 0
auth_cache_size = 0
auth_verbose = yes
# the colon cannot stand in a password file; all else of UTF-8 can
passdb {
  driver = passwd-file
  args = username_format=%u $1/users
}
userdb {
  driver = static
  args = uid=$dovecot_user gid=$dovecot_group home=$1/mail/%u
}
service anvil {
  chroot =
  # no growing pause for an address that failed before
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
service imap-login {
  chroot =
  # one process answers all, so that a test can stop it
  service_count = 0
  process_min_avail = 1
  process_limit = 1
  inet_listener imap {
    port = $3
  }
  inet_listener imaps {
    port = $4
  }
}
END
	[ -z "${6:-}" ] || dovecot_pop3 "$6" "$7"
	printf '!include_try %s/more.conf\n' "$1"
}

# dovecot_pop3 PORT TLS-PORT
dovecot_pop3() {
	cat <<END
service pop3-login {
  chroot =
  service_count = 0
  process_min_avail = 1
  process_limit = 1
  inet_listener pop3 {
    port = $1
  }
  inet_listener pop3s {
    port = $2
  }
}
END
}

# dovecot_submission PORT TLS-PORT RELAY-PORT - for more.conf: submission, too, by way of that server on 127.0.0.1
dovecot_submission() {
	cat <<END
protocols = \$protocols submission
hostname = mail.example.test
submission_relay_host = 127.0.0.1
submission_relay_port = $3
service submission-login {
  chroot =
  # as of imap-login
  service_count = 0
  process_min_avail = 1
  process_limit = 1
  inet_listener submission {
    port = $1
  }
  inet_listener submissions {
    port = $2
    ssl = yes
  }
}
END
}

# dovecot_make DIR LISTEN PORT TLS-PORT [yes|no [POP3-PORT POP3-TLS-PORT]] - configuration and folders; more settings may be put in DIR/more.conf
dovecot_make() {
	mkdir -p "$1/run" "$1/state" "$1/mail"
	dovecot_config "$1" "$2" "$3" "$4" "${5:-yes}" ${6:+"$6" "$7"} \
	    >"$1/dovecot.conf"
	: >"$1/users"
	: >"$1/more.conf"
}

# dovecot_cert DIR PKI NAME [local IP | local_name HOST] - the certificate for everybody, or for who comes to that address or asks for that name
dovecot_cert() {
	cp "$2/$3.pem" "$2/$3.key" "$1/"
	{
		[ $# -lt 5 ] || printf '%s %s {\n' "$4" "$5"
		printf 'ssl_cert = <%s.pem\nssl_key = <%s.key\n' "$1/$3" "$1/$3"
		[ $# -lt 5 ] || echo '}'
	} >>"$1/more.conf"
}

# dovecot_account DIR USER PASSWORD [EXTRA] - EXTRA: fields of the password database
dovecot_account() {
	# six colons: with fewer the extra fields are silently something else
	printf '%s:{PLAIN.b64}%s::::::%s\n' "$2" \
	    "$(printf '%s' "$3" | base64 | tr -d '\n')" "${4:-}" >>"$1/users"
	mkdir -p "$1/mail/$2/cur" "$1/mail/$2/new" "$1/mail/$2/tmp"
}

# dovecot_messages DIR USER N [FOLDER] - put N messages in the mailbox; FOLDER as Maildir++ names it
dovecot_messages() {
	dm_box=$1/mail/$2${4:+/$4}
	mkdir -p "$dm_box/cur" "$dm_box/new" "$dm_box/tmp"
	dm_n=0
	while [ "$dm_n" -lt "$3" ]; do
		dm_n=$((dm_n + 1))
		printf '%s\r\n' 'From: Post Office <post@example.test>' \
		    "To: $2@example.test" "Subject: message $dm_n" \
		    "Date: $(LC_ALL=C date -R)" \
		    "Message-ID: <$dm_n@example.test>" '' \
		    "This is message $dm_n." \
		    >"$dm_box/new/$(date +%s).M$dm_n.mail.example.test"
	done
}

# dovecot_start DIR - sets $started; the command in $dovecot_within goes before it
dovecot_start() {
	if [ "$(id -u)" -eq 0 ] && [ -z "${MPM_ORIGIN:-}" ]; then
		chown -R "$dovecot_user:$dovecot_group" "$1"
	fi
	rm -f "$1/run/master.pid"
	# shellcheck disable=SC2086 # commands, or nothing
	start "$1/start.log" ${dovecot_within:-} $dovecot_as dovecot -F \
	    -c "$1/dovecot.conf"
	poll 10 dovecot_ready "$1" || {
		cat "$1/start.log" "$1/dovecot.log" >&2
		die 'Dovecot does not start'
	}
}

# dovecot_ready DIR - it writes its process id when it listens
dovecot_ready() {
	[ -s "$1/run/master.pid" ]
}

# dovecot_children ID NAME - the processes that do this for the Dovecot with this id
dovecot_children() {
	for dc_dir in /proc/[0-9]*; do
		# state, parent, ...
		dc_parent=$(sed -e 's/.*) //' "$dc_dir/stat" 2>/dev/null |
		    cut -d ' ' -f 2)
		[ "$dc_parent" = "$1" ] || continue
		# it may be gone by now
		case $({ tr '\0' ' ' <"$dc_dir/cmdline"; } 2>/dev/null) in
		"dovecot/$2"*) printf '%s\n' "${dc_dir#/proc/}" ;;
		esac
	done
}

# large_message FILE - 5 MB, with an attachment that is closed
large_message() {
	{
		printf '%s\r\n' 'From: a@example.test' 'Subject: large' \
		    'Content-Type: multipart/mixed; boundary="b1"' '' '--b1' \
		    'Content-Transfer-Encoding: base64' ''
		head -c 3800000 /dev/zero | base64 -w 76 | sed 's/$/\r/'
		printf '%s\r\n' '--b1--'
	} >"$1"
}
