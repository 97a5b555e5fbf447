/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * replay - run a fuzzer's function over the folder $CORPUS/NAME, where NAME is
 * the program without its path and "replay_", so that make check keeps what
 * fuzzing has found
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"

enum {
	INPUT_MAX = 1024 * 1024
};

static int
one_file(const char *name)
{
	static uint8_t data[INPUT_MAX];
	FILE *file;
	size_t n;

	file = fopen(name, "rb");
	if (file == NULL)
		return 1;
	n = fread(data, 1, sizeof(data), file);
	fclose(file);
	LLVMFuzzerTestOneInput(data, n);
	return 0;
}

int
main(int argc, char *argv[])
{
	const char *corpus = getenv("CORPUS");
	const char *slash = strrchr(argv[0], '/');
	const char *name = strstr(slash == NULL ? argv[0] : slash, "replay_");
	char folder[4096];
	struct dirent *entry;
	unsigned files = 0, failed = 0;
	DIR *dir;

	if (argc > 2 || name == NULL)
		return 2;
	snprintf(folder, sizeof(folder), "%s/%s",
	    corpus == NULL ? "tests/fuzz/corpus" : corpus,
	    name + strlen("replay_"));
	dir = chdir(folder) != 0 ? NULL : opendir(".");
	if (dir == NULL)
		return 2;
	while ((entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.') {
			files++;
			failed += (unsigned)one_file(entry->d_name);
		}
	closedir(dir);
	printf("%u files, %u unreadable\n", files, failed);
	return files == 0 || failed != 0;
}
