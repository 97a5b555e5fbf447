/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * trust - which roots are believed, found when they are needed
 */
#define _GNU_SOURCE
#include "world/trust.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/x509_vfy.h>

#include "world/bundle.h"
#include "world/local_roots.h"

enum {
	TRUST_PATH_MAX = 4096,
	TRUST_HASH_LEN = 8	/* digits before the dot of a hash link */
};

struct trust {
	struct bundle	bundle;		/* trusted; empty when only a folder is */
	struct bundle	kin;		/* the system's bundle, beside its folder; only read for trust_is_kin() */
	bool		system;		/* neither file nor folder was given */
	bool		kin_tried;
};

static struct trust *
refuse(struct trust *trust, enum cause *cause, enum cause which)
{
	*cause = which;
	trust_free(trust);
	return NULL;
}

/* is_hash_link - "1a2b3c4d.0", as `openssl rehash` makes them */
static bool
is_hash_link(const char *name)
{
	return strspn(name, "0123456789abcdef") == TRUST_HASH_LEN &&
	    name[TRUST_HASH_LEN] == '.' &&
	    name[TRUST_HASH_LEN + 1] >= '0' && name[TRUST_HASH_LEN + 1] <= '9';
}

/* folder_has_links - false with errno, which is 0 for a folder without any */
static bool
folder_has_links(const char *path)
{
	struct dirent *entry;
	bool found = false;
	int error;
	DIR *dir = opendir(path);

	if (dir == NULL)
		return false;
	errno = 0;
	while (!found && (entry = readdir(dir)) != NULL)
		found = is_hash_link(entry->d_name);
	error = errno;
	(void)closedir(dir);
	errno = error;
	return found;
}

/* any_has_links - of a list of folders, as SSL_CERT_DIR may hold */
static bool
any_has_links(const char *list)
{
	char path[TRUST_PATH_MAX];
	size_t len;

	while (*list != '\0') {
		len = strcspn(list, ":");
		if (len < sizeof(path)) {
			memcpy(path, list, len);
			path[len] = '\0';
			if (folder_has_links(path))
				return true;
		}
		list += len;
		list += *list == ':';
	}
	return false;
}

/* add_folder - can only fail for memory */
static bool
add_folder(X509_STORE *store, const char *list, struct buf *why)
{
	X509_LOOKUP *lookup = X509_STORE_add_lookup(store,
	    X509_LOOKUP_hash_dir());

	if (lookup != NULL &&
	    X509_LOOKUP_add_dir(lookup, list, X509_FILETYPE_PEM) == 1)
		return true;
	(void)buf_str(why, strerror(ENOMEM));
	return false;
}

/* prime - into the store with what the bundle has under that subject; how many there were */
static int
prime(X509_STORE *store, const X509_NAME *subject)
{
	const struct trust *trust = X509_STORE_get_ex_data(store, 0);
	X509 *cert;
	size_t at = 0;
	int n = 0;

	while ((cert = bundle_next(&trust->bundle, subject, &at)) != NULL) {
		n += X509_STORE_add_cert(store, cert) == 1;
		X509_free(cert);
	}
	return n;
}

/* find_issuer - what OpenSSL calls; its own way first: the store, then the folder */
static int
find_issuer(X509 **issuer, X509_STORE_CTX *path, X509 *cert)
{
	int found = X509_STORE_CTX_get1_issuer(issuer, path, cert);

	if (found != 0)
		return found;
	if (prime(X509_STORE_CTX_get0_store(path),
	    X509_get_issuer_name(cert)) == 0)
		return 0;
	return X509_STORE_CTX_get1_issuer(issuer, path, cert);
}

static bool
trust_given(struct trust *trust, X509_STORE *store, const char *file,
    const char *folder, enum cause *cause, struct buf *why)
{
	size_t before = why->len;

	*cause = CAUSE_USAGE_OPTION;
	if (file != NULL) {
		(void)buf_fmt(why, "--ca-file=%s: ", file);
		if (!bundle_open(&trust->bundle, file, why))
			return false;
		buf_cut(why, before, why->len - before);
	}
	if (folder == NULL)
		return true;
	if (!folder_has_links(folder)) {
		(void)buf_fmt(why, "--ca-path=%s: %s", folder,
		    errno != 0 ? strerror(errno) : "it holds no hash links, "
		    "make them with: openssl rehash");
		return false;
	}
	*cause = CAUSE_INTERNAL_ERROR;
	return add_folder(store, folder, why);
}

static const char *
system_file(void)
{
	const char *file = getenv(X509_get_default_cert_file_env());

	return file != NULL ? file : X509_get_default_cert_file();
}

static bool
trust_system(struct trust *trust, X509_STORE *store, enum cause *cause,
    struct buf *why)
{
	const char *folder = getenv(X509_get_default_cert_dir_env());
	bool by_folder, by_file;
	size_t before = why->len;

	trust->system = true;
	if (folder == NULL)
		folder = X509_get_default_cert_dir();
	by_folder = any_has_links(folder);
	*cause = CAUSE_INTERNAL_ERROR;
	if (by_folder && !add_folder(store, folder, why))
		return false;
	/* an administrator who names a file means it, also beside a folder */
	by_file = !by_folder ||
	    getenv(X509_get_default_cert_file_env()) != NULL;
	if (!by_file)
		return true;
	(void)buf_fmt(why, "this host has no trusted roots, give --ca-file or "
	    "install them: %s: ", system_file());
	*cause = CAUSE_USAGE_OPTION;
	if (!bundle_open(&trust->bundle, system_file(), why) && !by_folder)
		return false;
	buf_cut(why, before, why->len - before);
	return true;
}

struct trust *
trust_new(X509_STORE *store, const char *file, const char *folder,
    enum cause *cause, struct buf *why)
{
	struct trust *trust = calloc(1, sizeof(*trust));
	bool done;

	if (trust == NULL) {
		(void)buf_str(why, strerror(ENOMEM));
		return refuse(NULL, cause, CAUSE_INTERNAL_ERROR);
	}
	if (file != NULL || folder != NULL)
		done = trust_given(trust, store, file, folder, cause, why);
	else
		done = trust_system(trust, store, cause, why);
	if (!done)
		return refuse(trust, cause, trust->bundle.nomem ?
		    CAUSE_INTERNAL_ERROR : *cause);
	/* ex_data 0 is the application's own in every OpenSSL structure */
	if (X509_STORE_set_ex_data(store, 0, trust) != 1) {
		(void)buf_str(why, strerror(ENOMEM));
		return refuse(trust, cause, CAUSE_INTERNAL_ERROR);
	}
	X509_STORE_set_get_issuer(store, find_issuer);
	if (!trust->system)
		(void)X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
	ERR_clear_error();
	return trust;
}

void
trust_prime(X509_STORE *store, const X509_NAME *subject)
{
	(void)prime(store, subject);
}

bool
trust_is_kin(struct trust *trust, const X509_NAME *name)
{
	struct buf why;

	if (bundle_has_org(&trust->bundle, name))
		return true;
	if (!trust->system)
		return false;
	if (!trust->kin_tried) {
		buf_init(&why, 256);
		/* without it there is just no kinship to be seen */
		(void)bundle_open(&trust->kin, system_file(), &why);
		buf_free(&why);
		trust->kin_tried = true;
	}
	return bundle_has_org(&trust->kin, name);
}

bool
trust_is_local(const struct trust *trust, X509 *anchor)
{
	return trust->system && local_roots_has(anchor);
}

void
trust_free(struct trust *trust)
{
	if (trust == NULL)
		return;
	bundle_free(&trust->bundle);
	bundle_free(&trust->kin);
	free(trust);
}
