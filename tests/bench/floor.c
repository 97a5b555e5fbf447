/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * floor PROTOCOL HOST-ADDRESS PORT NAME HASH-FOLDER USER PASSWORD - what a
 * verified login costs at least, over imap and pop3 with TLS at once, or smtp
 * with STARTTLS
 * floor tls HOST-ADDRESS PORT NAME HASH-FOLDER COUNT - so many verified
 * handshakes, one after the other
 *
 * The least that a program over shared OpenSSL can do: it connects before it
 * sets OpenSSL up, reads one CA file out of a hash folder, verifies chain and
 * name, says all there is to say in one record, or in two where the protocol
 * wants that, and leaves by _exit.  It judges nothing and explains nothing.  To be compared with.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdbool.h>
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

static SSL_CTX *
prepare(const char *folder)
{
	SSL_CTX *context;
	X509_LOOKUP *lookup;

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
	return context;
}

static SSL *
over(int fd, SSL_CTX *context, const char *name)
{
	SSL *ssl = SSL_new(context);

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

/* clear_up_to - the same before there is TLS */
static void
clear_up_to(int fd, const char *mark)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char text[4096];
	size_t n = 0;
	ssize_t got;

	do {
		check(poll(&p, 1, 10000) == 1, "time is up");
		got = read(fd, text + n, sizeof(text) - 1 - n);
		check(got > 0, "read");
		n += (size_t)got;
		text[n] = '\0';
	} while (text[n - 1] != '\n' || strstr(text, mark) == NULL);
}

static void
starttls(int fd)
{
	static const char ehlo[] = "EHLO [127.0.0.1]\r\n";
	static const char begin[] = "STARTTLS\r\n";

	clear_up_to(fd, "220 ");
	check(write(fd, ehlo, sizeof(ehlo) - 1) > 0, "write");
	clear_up_to(fd, "250 ");
	check(write(fd, begin, sizeof(begin) - 1) > 0, "write");
	clear_up_to(fd, "220 ");
}

/* say - and read up to the mark of the last answer */
static void
say(SSL *ssl, const char *text, const char *mark)
{
	check(SSL_write(ssl, text, (int)strlen(text)) == (int)strlen(text),
	    "write");
	read_up_to(ssl, mark);
}

static void
imap(SSL *ssl, const char *user, const char *password)
{
	char text[1024];

	read_up_to(ssl, "* OK ");
	snprintf(text, sizeof(text), "a1 LOGIN \"%s\" \"%s\"\r\n"
	    "a2 STATUS INBOX (MESSAGES UNSEEN)\r\na3 EXAMINE INBOX\r\n"
	    "a4 LOGOUT\r\n", user, password);
	say(ssl, text, "\na3 OK ");
}

static void
pop3(SSL *ssl, const char *user, const char *password)
{
	char text[1024];

	read_up_to(ssl, "+OK ");
	snprintf(text, sizeof(text), "USER %s\r\nPASS %s\r\nSTAT\r\nQUIT\r\n",
	    user, password);
	say(ssl, text, "Logging out");
}

/* plain - user and password of AUTH PLAIN in base64 */
static void
plain(char *out, const char *user, const char *password)
{
	unsigned char in[256];
	int n = snprintf((char *)in, sizeof(in), "%c%s%c%s", 0, user, 0,
	    password);

	check(n < (int)sizeof(in), "too long");
	(void)EVP_EncodeBlock((unsigned char *)out, in, n);
}

static void
smtp(SSL *ssl, const char *user, const char *password)
{
	char text[1024], secret[512];

	say(ssl, "EHLO [127.0.0.1]\r\n", "250 ");
	plain(secret, user, password);
	snprintf(text, sizeof(text), "AUTH PLAIN %s\r\n", secret);
	say(ssl, text, "235 ");
}

static void
connected(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLOUT };

	check(poll(&p, 1, 10000) == 1, "connect");
}

static void
handshake(SSL *ssl)
{
	int result;

	while ((result = SSL_connect(ssl)) != 1)
		ready(ssl, result);
}

/* handshakes - that many, with one context */
static void
handshakes(char *const argv[], unsigned long count)
{
	SSL_CTX *context = NULL;
	unsigned long i;
	SSL *ssl;
	int fd;

	for (i = 0; i < count; i++) {
		fd = begin_connect(argv[2], argv[3]);
		if (context == NULL)
			context = prepare(argv[5]);
		ssl = over(fd, context, argv[4]);
		connected(fd);
		handshake(ssl);
		(void)SSL_shutdown(ssl);
		SSL_free(ssl);
		(void)close(fd);
	}
}

static void
login(char *const argv[])
{
	int fd = begin_connect(argv[2], argv[3]);
	SSL *ssl = over(fd, prepare(argv[5]), argv[4]);

	connected(fd);
	if (strcmp(argv[1], "smtp") == 0)
		starttls(fd);
	handshake(ssl);
	if (strcmp(argv[1], "imap") == 0)
		imap(ssl, argv[6], argv[7]);
	else if (strcmp(argv[1], "pop3") == 0)
		pop3(ssl, argv[6], argv[7]);
	else
		smtp(ssl, argv[6], argv[7]);
}

int
main(int argc, char *argv[])
{
	bool tls = argc > 1 && strcmp(argv[1], "tls") == 0;

	check(argc == (tls ? 7 : 8), "see the top of floor.c");
	if (tls)
		handshakes(argv, strtoul(argv[6], NULL, 10));
	else
		login(argv);
	check(write(1, "OK\n", 3) == 3, "output");
	_exit(0);
}
