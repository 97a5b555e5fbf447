# SPDX-License-Identifier: GPL-3.0-or-later
"""Which situations are for which program."""
import cert_input
import cert_situations
import pop3_situations
import quota_situations
import situations
import smtp_situations

TABLES = {
    "check_imap_login": situations.TABLE,
    "check_pop3_login": pop3_situations.TABLE,
    "check_quota": quota_situations.TABLE,
    "check_smtp_login": smtp_situations.TABLE,
    "check_tls_cert": cert_situations.TABLE,
}

# and what input is refused, of checks without an account
INPUT = {"check_tls_cert": cert_input.cases}
