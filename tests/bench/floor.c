/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * floor HOST-ADDRESS PORT NAME HASH-FOLDER USER PASSWORD - what a verified
 * login costs at least
 *
 * The least that a program over shared OpenSSL can do: it connects before it
 * sets OpenSSL up, reads one CA file out of a hash folder, verifies chain and
 * name, says LOGIN, STATUS, EXAMINE and LOGOUT in one record, and leaves by
 * _exit.  It judges nothing and explains nothing.  To be compared with.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/evp.h>
#include <openssl/ssl.h>

static void
check(int well, const char *what)
{
	if (well)
		return;
	(void)dprintf(2, "floor: %s\n", what);
	_exit(2);
}

/* begin_connect - on its way while OpenSSL is set up */
static int
begin_connect(const char *address, const char *port)
{
	struct sockaddr_in to = { .sin_family = AF_INET };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	int on = 1;

	check(fd != -1, "socket");
	to.sin_port = htons((uint16_t)strtoul(port, NULL, 10));
	check(inet_pton(AF_INET, address, &to.sin_addr) == 1, "address");
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	(void)connect(fd, (const struct sockaddr *)&to, sizeof(to));
	return fd;
}

static SSL *
prepare(int fd, const char *name, const char *folder)
{
	SSL_CTX *context;
	X509_LOOKUP *lookup;
	SSL *ssl;

	check(OPENSSL_init_ssl(OPENSSL_INIT_NO_ATEXIT |
	    OPENSSL_INIT_NO_LOAD_SSL_STRINGS |
	    OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS |
	    OPENSSL_INIT_NO_ADD_ALL_CIPHERS |
	    OPENSSL_INIT_NO_ADD_ALL_DIGESTS, NULL), "OpenSSL");
	check(EVP_add_digest(EVP_sha1()) && EVP_add_digest(EVP_sha256()) &&
	    EVP_add_digest(EVP_sha384()) && EVP_add_digest(EVP_sha512()),
	    "digests");
	context = SSL_CTX_new(TLS_client_method());
	check(context != NULL, "context");
	SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
	lookup = X509_STORE_add_lookup(SSL_CTX_get_cert_store(context),
	    X509_LOOKUP_hash_dir());
	check(X509_LOOKUP_add_dir(lookup, folder, X509_FILETYPE_PEM), "CA");
	SSL_CTX_set_read_ahead(context, 1);
	ssl = SSL_new(context);
	check(ssl != NULL && SSL_set_fd(ssl, fd) && SSL_set1_host(ssl, name) &&
	    SSL_set_tlsext_host_name(ssl, name), "connection");
	return ssl;
}

/* ready - wait for what the call wants, or end */
static void
ready(SSL *ssl, int result)
{
	struct pollfd p = { .fd = SSL_get_fd(ssl), .events = POLLIN };
	int error = SSL_get_error(ssl, result);

	check(error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE,
	    "TLS");
	if (error == SSL_ERROR_WANT_WRITE)
		p.events = POLLOUT;
	check(poll(&p, 1, 10000) == 1, "time is up");
}

/* read_up_to - lines from the server until one begins with the mark */
static void
read_up_to(SSL *ssl, const char *mark)
{
	char text[16384];
	size_t n = 0;
	int got;

	for (;;) {
		got = SSL_read(ssl, text + n, (int)(sizeof(text) - 1 - n));
		if (got <= 0) {
			ready(ssl, got);
			continue;
		}
		n += (size_t)got;
		text[n] = '\0';
		check(n < sizeof(text) - 1, "too long");
		if (text[n - 1] == '\n' && strstr(text, mark) != NULL)
			return;
	}
}

int
main(int argc, char *argv[])
{
	struct pollfd p = { .events = POLLOUT };
	char commands[1024];
	int result, n;
	SSL *ssl;

	check(argc == 7, "see the top of floor.c");
	p.fd = begin_connect(argv[1], argv[2]);
	ssl = prepare(p.fd, argv[3], argv[4]);
	check(poll(&p, 1, 10000) == 1, "connect");
	while ((result = SSL_connect(ssl)) != 1)
		ready(ssl, result);
	read_up_to(ssl, "* OK ");
	n = snprintf(commands, sizeof(commands), "a1 LOGIN \"%s\" \"%s\"\r\n"
	    "a2 STATUS INBOX (MESSAGES UNSEEN)\r\na3 EXAMINE INBOX\r\n"
	    "a4 LOGOUT\r\n", argv[5], argv[6]);
	check(SSL_write(ssl, commands, n) == n, "write");
	read_up_to(ssl, "\na3 OK ");
	check(write(1, "OK\n", 3) == 3, "output");
	_exit(0);
}
