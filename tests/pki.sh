#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# pki.sh - a small certificate authority with everything that goes wrong
#
#	tests/pki.sh DIR
#
# Makes DIR and in it, anew each time, for the moment of the call:
#
#	NAME.pem	what a server sends: the leaf first, then the chain
#	NAME.key	its private key
#
# Trust anchors (give one of them as --ca-file):
#	root.pem	the root that all but the untrusted ones lead to
#	root-expired.pem	a root that ended yesterday
#	other-root.pem	a root that nobody is told to trust
#	hash/		root.pem in a folder with hash links, for --ca-path
#	bundle.pem	other-root.pem and root.pem, with comments between
#
# Chains: leaf, intermediate "Test Issuing CA 1"; names mail.example.test,
# localhost, 127.0.0.1 and ::1; EC P-256; 40 days; unless the name says otherwise.
#	good, good.rsa	nothing is wrong (the second one is RSA 2048)
#	root-sent	nothing is wrong; the root is sent too
#	wildcard	names *.example.test alone
#	expired		ended 3 days ago
#	not-yet-valid	begins in 3 days
#	expiring	ends in 5 days
#	wrong-host	names other.example.test and www.example.test
#	no-san		CN=mail.example.test and no alternative names
#	many-names	500 names, ours the last
#	self-signed	no CA at all
#	untrusted	from other-root.pem, which is not sent
#	untrusted-root	the same, and the root is sent
#	incomplete	the leaf alone
#	incomplete-aia	the leaf alone, from a CA of another organisation, with
#			the address of its issuer's certificate in it
#	wrong-purpose	for clients only
#	weak-key	RSA 1024
#	sha1		signed with SHA-1
#	path-length	an intermediate under one that may have none
#	name-constraint	an intermediate that may certify corp.test alone
#	expired-intermediate	the intermediate ended yesterday
#	all-expired	leaf, intermediate and root-expired.pem have ended
#	not-a-ca	certified by a leaf
#	disorder	the intermediates in wrong order
#	duplicate	the intermediate twice
#	long-chain, endless-chain	what does not belong there, 160 and 320 times
#	extra		good, and a CA that has nothing to do with it
#	extra-expired	good, and an expired issuer for another path
#	mixed		expired, and for another host
#	intercepted	from a CA that a well-known firewall makes for itself
#
# Client certificates:
#	client-ca.pem	what a server trusts for them
#	client		certificate, chain and NAME.key as above
#	client-both.pem	certificate and key in one file
#	client-locked.key	the key of client, with a passphrase (secret)
#
# The chain and key of good in other forms, for readers of files:
#	good.der	the leaf alone
#	good.p7b, good.p7	PKCS#7 in PEM and in DER
#	good.p12, legacy.p12	PKCS#12 with the password "secret"; the second one
#			locked as it was before OpenSSL 3
#	open.p12	the same with an empty password
#	clear.p12	neither locked nor with a checksum
#	rounds.p12	the password is hashed 131072 times
#	unsummed.p12	the same, without a checksum
#	keyless.p12	a PKCS#12 without the key
#	trusted.pem	TRUSTED CERTIFICATE
#	crl.pem		a list of what is revoked, and no certificate
#
# The last lines printed are the names, one a line.

set -eu
umask 077
LC_ALL=C
export LC_ALL

test $# -eq 1 || { echo "usage: pki.sh DIR" >&2; exit 2; }
mkdir -p "$1"
cd "$1"
now=$(date +%s)
names=

fail()
{
	echo "pki.sh: $*" >&2
	test ! -s log || cat log >&2
	exit 1
}

# tool ARGUMENTS... - openssl, its chatter in a file
tool()
{
	openssl "$@" >>log 2>&1 || fail "openssl $1 failed"
}

# moment DAYS - as openssl ca takes it
moment()
{
	date -u -d "@$((now + $1 * 86400))" +%Y%m%d%H%M%SZ
}

# key NAME [KIND] - a private key
key()
{
	case ${2:-ec} in
	ec)	tool genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 \
		    -out "$1.key" ;;
	*)	tool genpkey -algorithm RSA -pkeyopt "rsa_keygen_bits:${2#rsa}" \
		    -out "$1.key" ;;
	esac
}

# sign NAME SUBJECT EXTENSIONS CA FROM UNTIL [DIGEST] - NAME.crt; CA "self" signs with its own key
sign()
{
	tool req -new -key "$1.key" -subj "$2" -out csr -config conf
	case $4 in
	self)	set -- "$@" -selfsign -keyfile "$1.key" ;;
	*)	set -- "$@" -cert "$4.crt" -keyfile "$4.key" ;;
	esac
	sign_name=$1 sign_ext=$3 sign_from=$(moment "$5")
	sign_until=$(moment "$6") sign_digest=sha256
	shift 6
	case $1 in
	-*)	;;
	*)	sign_digest=$1; shift ;;
	esac
	: >index
	tool ca -batch -notext -config conf -in csr \
	    -out "$sign_name.crt" -extensions "$sign_ext" -md "$sign_digest" \
	    -startdate "$sign_from" -enddate "$sign_until" "$@"
}

# ca NAME SUBJECT EXTENSIONS CA FROM UNTIL
ca()
{
	key "$1"
	sign "$@"
}

# leaf NAME EXTENSIONS CA FROM UNTIL [KIND [DIGEST [SUBJECT]]]
leaf()
{
	key "$1" "${6:-ec}"
	sign "$1" "${8:-/CN=mail.example.test}" "$2" "$3" "$4" "$5" \
	    "${7:-sha256}"
}

# chain NAME CERTIFICATE... - what is sent
chain()
{
	chain_name=$1
	shift
	for chain_part in "$@"; do
		cat "$chain_part.crt"
	done >"$chain_name.pem"
	names="$names $chain_name"
}

# conf - one section a kind of certificate
configure()
{
	cat <<-'EOF'
	[ca]
	default_ca = here
	[here]
	database = index
	rand_serial = yes
	new_certs_dir = .
	policy = any
	unique_subject = no
	email_in_dn = no
	[any]
	organizationName = optional
	commonName = optional
	[req]
	distinguished_name = nothing
	[nothing]
	[root]
	basicConstraints = critical, CA:true
	keyUsage = critical, keyCertSign, cRLSign
	subjectKeyIdentifier = hash
	[inter]
	basicConstraints = critical, CA:true
	keyUsage = critical, keyCertSign, cRLSign
	subjectKeyIdentifier = hash
	authorityKeyIdentifier = keyid
	[short]
	basicConstraints = critical, CA:true, pathlen:0
	keyUsage = critical, keyCertSign, cRLSign
	subjectKeyIdentifier = hash
	[corp]
	basicConstraints = critical, CA:true
	keyUsage = critical, keyCertSign, cRLSign
	subjectKeyIdentifier = hash
	nameConstraints = critical, permitted;DNS:corp.test
	[server]
	basicConstraints = CA:false
	extendedKeyUsage = serverAuth
	subjectAltName = @ours
	subjectKeyIdentifier = hash
	authorityKeyIdentifier = keyid
	[server_aia]
	basicConstraints = CA:false
	extendedKeyUsage = serverAuth
	subjectAltName = @ours
	authorityInfoAccess = caIssuers;URI:http://ca.example.test/issuing.der
	[client]
	basicConstraints = CA:false
	extendedKeyUsage = clientAuth
	subjectAltName = @ours
	[wrong_host]
	basicConstraints = CA:false
	extendedKeyUsage = serverAuth
	subjectAltName = DNS:other.example.test, DNS:www.example.test
	[wild]
	basicConstraints = CA:false
	extendedKeyUsage = serverAuth
	subjectAltName = DNS:*.example.test
	[no_san]
	basicConstraints = CA:false
	extendedKeyUsage = serverAuth
	[many]
	basicConstraints = CA:false
	extendedKeyUsage = serverAuth
	subjectAltName = @five_hundred
	[ours]
	DNS.1 = mail.example.test
	DNS.2 = localhost
	IP.1 = 127.0.0.1
	IP.2 = ::1
	[five_hundred]
	DNS.500 = mail.example.test
	EOF
	i=1
	while test $i -lt 500; do
		echo "DNS.$i = host$i.example.test"
		i=$((i + 1))
	done
}

configure >conf
: >log

ca root "/O=Example Trust/CN=Test Root CA" root self -400 3650
ca root-expired "/O=Example Trust/CN=Test Root CA 0" root self -400 -1
ca other-root "/O=Nobody Ltd/CN=Other Root CA" root self -400 3650
ca inter "/O=Example Trust/CN=Test Issuing CA 1" inter root -100 1000
ca inter-expired "/O=Example Trust/CN=Test Issuing CA 0" inter root -400 -1
ca inter-old "/O=Example Trust/CN=Test Issuing CA 00" inter root-expired -400 -1
ca inter-short "/O=Example Trust/CN=Test Short CA" short root -100 1000
ca inter-below "/O=Example Trust/CN=Test Below CA" inter inter-short -100 1000
ca inter-corp "/O=Example Trust/CN=Test Corp CA" corp root -100 1000
ca inter-upper "/O=Example Trust/CN=Test Upper CA" inter root -100 1000
ca inter-lower "/O=Example Trust/CN=Test Lower CA" inter inter-upper -100 1000
ca inter-else "/O=Elsewhere Ltd/CN=Elsewhere R7" inter root -100 1000
ca inter-scanner "/O=Fortinet/CN=FortiGate CA" inter root -100 1000
# the same CA, certified by a root that has ended: another path
cp inter.key inter-cross.key
sign inter-cross "/O=Example Trust/CN=Test Issuing CA 1" inter root-expired -400 -1

for name in good root-sent expiring incomplete duplicate extra extra-expired; do
	dates='-5 40'
	test $name != expiring || dates='-10 5'
	# shellcheck disable=SC2086 # two numbers
	leaf "$name" server inter $dates
done
leaf good.rsa server inter -5 40 rsa2048
leaf wildcard wild inter -5 40
leaf expired server inter -40 -3
leaf not-yet-valid server inter 3 40
leaf wrong-host wrong_host inter -5 40 ec sha256 /CN=other.example.test
leaf mixed wrong_host inter -40 -3 ec sha256 /CN=other.example.test
leaf no-san no_san inter -5 40
leaf many-names many inter -5 40
leaf self-signed server self -5 40
leaf untrusted server other-root -5 40
leaf incomplete-aia server_aia inter-else -5 40
leaf wrong-purpose client inter -5 40
leaf weak-key server inter -5 40 rsa1024
leaf sha1 server inter -5 40 ec sha1
leaf path-length server inter-below -5 40
leaf name-constraint server inter-corp -5 40
leaf expired-intermediate server inter-expired -5 40
leaf all-expired server inter-old -40 -3
leaf not-a-ca server good -5 40
leaf disorder server inter-lower -5 40
leaf intercepted server inter-scanner -5 40
leaf client client inter -5 40 ec sha256 /CN=client

for name in good good.rsa wildcard expired not-yet-valid expiring wrong-host \
    mixed no-san many-names wrong-purpose weak-key sha1; do
	chain $name $name inter
done
chain root-sent root-sent inter root
chain self-signed self-signed
chain untrusted untrusted
cp untrusted.crt untrusted-root.crt
cp untrusted.key untrusted-root.key
chain untrusted-root untrusted-root other-root
chain incomplete incomplete
chain incomplete-aia incomplete-aia
chain path-length path-length inter-below inter-short
chain name-constraint name-constraint inter-corp
chain expired-intermediate expired-intermediate inter-expired
chain all-expired all-expired inter-old
chain not-a-ca not-a-ca good inter
chain intercepted intercepted inter-scanner
chain disorder disorder inter-upper inter-lower
chain duplicate duplicate inter inter
# a chain of more than 64 KiB, and one of more than OpenSSL takes
# shellcheck disable=SC2046 # a list
chain long-chain good inter $(yes inter-old | head -n 160)
# shellcheck disable=SC2046 # a list
chain endless-chain good inter $(yes inter-old | head -n 320)
cp good.key long-chain.key
cp good.key endless-chain.key
chain extra extra inter other-root
chain extra-expired extra-expired inter inter-cross
chain client client inter
cat client.pem client.key >client-both.pem
tool pkcs8 -topk8 -in client.key -out client-locked.key -passout pass:secret

# export_good FILE ARGUMENT... - good in PKCS#12
export_good()
{
	export_name=$1
	shift
	tool pkcs12 -export -in good.pem -inkey good.key -out "$export_name" "$@"
}

tool x509 -in good.pem -outform DER -out good.der
tool crl2pkcs7 -nocrl -certfile good.pem -out good.p7b
tool crl2pkcs7 -nocrl -certfile good.pem -outform DER -out good.p7
export_good good.p12 -passout pass:secret
export_good legacy.p12 -passout pass:secret -legacy
export_good open.p12 -passout pass:
export_good clear.p12 -passout pass: -nomac -keypbe NONE -certpbe NONE
export_good rounds.p12 -passout pass:secret -iter 131072
export_good unsummed.p12 -passout pass:secret -iter 131072 -nomac \
    -certpbe AES-256-CBC
tool pkcs12 -export -nokeys -in good.pem -out keyless.p12 -passout pass:secret
tool x509 -in good.pem -trustout -addtrust serverAuth -out trusted.pem
tool ca -config conf -gencrl -keyfile root.key -cert root.crt -md sha256 \
    -crldays 30 -out crl.pem

cp root.crt root.pem
cp root-expired.crt root-expired.pem
cp other-root.crt other-root.pem
cp root.crt client-ca.pem
mkdir -p hash
cp root.pem "hash/$(openssl x509 -noout -hash -in root.pem).0"
{
	echo "# a root that nobody asked for"
	cat other-root.pem
	echo "# and the one"
	cat root.pem
} >bundle.pem
rm -f ./*.crt conf csr index index.attr index.attr.old index.old \
    ./[0-9A-F]*.pem log
# shellcheck disable=SC2086 # one name a word
printf '%s\n' $names
