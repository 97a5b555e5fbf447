/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * local_roots - roots that somebody has added to those of the distribution
 */
#define _GNU_SOURCE
#include <sys/stat.h>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <openssl/err.h>
#include <openssl/pem.h>

#include "world/local_roots.h"

/* Debian and Ubuntu, Fedora and Red Hat, SUSE, Arch */
static const char *const folders[] = {
	"/usr/local/share/ca-certificates", "/etc/pki/ca-trust/source/anchors",
	"/etc/pki/trust/anchors", "/etc/ca-certificates/trust-source/anchors"
};

/* holds - is it one of the file's? */
static bool
holds(BIO *file, X509 *wanted)
{
	bool found = false;
	X509 *x;
	int i;

	for (i = 0; i < LOCAL_ROOTS_CERTS && !found; i++) {
		x = PEM_read_bio_X509(file, NULL, NULL, NULL);
		if (x == NULL)
			break;
		found = X509_cmp(x, wanted) == 0;
		X509_free(x);
	}
	if (i > 0 || BIO_reset(file) != 0)
		return found;
	x = d2i_X509_bio(file, NULL);
	found = x != NULL && X509_cmp(x, wanted) == 0;
	X509_free(x);
	return found;
}

static bool
file_has(int dir, const char *name, X509 *wanted)
{
	int fd = openat(dir, name, O_RDONLY | O_NONBLOCK | O_NOCTTY |
	    O_CLOEXEC);
	struct stat st;
	bool found = false;
	BIO *file;

	if (fd == -1)
		return false;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		file = BIO_new_fd(fd, BIO_NOCLOSE);
		found = file != NULL && holds(file, wanted);
		BIO_free(file);
	}
	(void)close(fd);
	return found;
}

bool
local_roots_in(const char *folder, X509 *wanted)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	bool found = false;
	int left = LOCAL_ROOTS_FILES;

	if (dir == NULL)
		return false;
	while (!found && left-- > 0 && (entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.')
			found = file_has(dirfd(dir), entry->d_name, wanted);
	(void)closedir(dir);
	ERR_clear_error();
	return found;
}

bool
local_roots_has(X509 *wanted)
{
	size_t i;

	for (i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		if (local_roots_in(folders[i], wanted))
			return true;
	return false;
}
