# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# doveadm.sh - a Dovecot with the HTTP API and many accounts; to be sourced
# after dovecot.sh
#
# What an account has used stands in its maildirsize, so that nobody has to
# write mails.

# doveadm_config DIR PORT SSL KEY - for more.conf; Dovecot speaks HTTP on a listener of this name alone
doveadm_config() {
	cat <<END
mail_plugins = quota
mail_location = maildir:$1/mail/%u:INDEX=MEMORY
plugin {
  quota = maildir:User quota
}
doveadm_api_key = $4
service doveadm {
  user = $dovecot_user
  inet_listener http {
    port = $2
    ssl = $3
  }
}
END
}

# doveadm_accounts DIR N - user0000 and so on: up to 10 MiB and 100 messages each
doveadm_accounts() {
	"$python" - "$1" "$2" <<'END'
import os, sys
box, n = sys.argv[1], int(sys.argv[2])
with open(box + "/users", "a", encoding="ascii") as users:
    for i in range(n):
        name = "user%04d" % i
        os.mkdir(box + "/mail/" + name)
        with open(box + "/mail/" + name + "/maildirsize", "w",
                  encoding="ascii") as size:
            size.write("10485760S,100C\n%d %d\n" % (i * 2000, i % 90))
        users.write(name + ":{PLAIN}x::::::"
                    "userdb_quota_rule=*:storage=10M:messages=100\n")
END
}

# doveadm_account DIR NAME [LIMIT USED] - in bytes; 0 is no limit
doveadm_account() {
	mkdir "$1/mail/$2"
	da_limit=${3:-10485760}
	printf '%s:{PLAIN}x::::::userdb_quota_rule=*:bytes=%s\n' "$2" \
	    "$da_limit" >>"$1/users"
	printf '%sS\n%s 1\n' "$da_limit" "${4:-0}" \
	    >"$1/mail/$2/maildirsize"
	[ "$(id -u)" -ne 0 ] || chown -R "$dovecot_user" "$1/mail/$2"
}

# doveadm_break DIR NAME - no folder may be where its folder is
doveadm_break() {
	rm -r "$1/mail/$2"
	: >"$1/mail/$2"
}

# doveadm_make DIR IMAP-PORT IMAP-TLS-PORT PORT yes|no KEY N - to be started by dovecot_start
doveadm_make() {
	dovecot_make "$1" 127.0.0.1 "$2" "$3" yes
	# the accounts' own limits stand in the file
	sed -e '/^userdb {/,/^}/d' "$1/dovecot.conf" >"$1/dovecot.new"
	mv "$1/dovecot.new" "$1/dovecot.conf"
	doveadm_config "$1" "$4" "$5" "$6" >>"$1/more.conf"
	cat >>"$1/more.conf" <<END
userdb {
  driver = passwd-file
  args = username_format=%u $1/users
  default_fields = uid=$dovecot_user gid=$dovecot_group home=$1/mail/%u
}
END
	doveadm_accounts "$1" "$7"
}
