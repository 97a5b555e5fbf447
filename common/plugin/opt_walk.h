/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * opt_walk - from words to options: the cursor that opt_parse() moves along
 *
 * Walking sets nothing, so the same line can be walked more than once: for what
 * has to be known early, and then for good.
 */
#ifndef PLUGIN_OPT_WALK_H
#define PLUGIN_OPT_WALK_H

#include "plugin/opt.h"

/* all rows of a plugin */
struct opt_table {
	const struct plugin	*plugin;
	struct opt_group	 groups[OPT_GROUPS_MAX];
	size_t			 n;
};

/* one option as it was given */
struct given {
	const struct opt	*row;
	void			*field;		/* what the row sets */
	const char		*value;		/* NULL: none was given */
	bool			 by_letter;
	const char		*place;		/* "section x of FILE", cleaned; NULL: the command line */
};

struct walk {
	const struct opt_table	*table;
	char *const		*argv;
	int			 argc;
	int			 next;		/* word to look at */
	const char		*bundle;	/* letters still to come of the word before, or NULL */
};

/* opt_find - the row of that long name, or of a name of one letter; false if there is none */
bool	opt_find(const struct opt_table *, struct span name, bool by_letter, struct given *);
/* walk_start - in front of argv[1] */
void	walk_start(struct walk *, const struct opt_table *, int argc, char *const argv[]);
/* walk_next - 1 with the next option, 0 at the end, -1 with the error filled in; has value or none as its row wants it */
int	walk_next(struct walk *, struct given *, struct opt_error *);
/* given_fits - has it a value exactly when its row wants one, and one that is fit to be parsed? */
bool	given_fits(const struct given *, struct opt_error *);
/* given_apply - given_fits(), and into the field */
bool	given_apply(const struct given *, const struct plugin *, struct opt_error *);

/* what opt_error.c says; each returns false */
bool	refuse_given(struct opt_error *, const struct given *, const char *what);
bool	refuse_value(struct opt_error *, const struct given *, struct buf *why);
bool	refuse_unknown(struct opt_error *, const struct opt_table *, struct span name, const char *place);
bool	refuse_letter(struct opt_error *, const struct opt_table *, char letter, const char *place);
bool	refuse_word(struct opt_error *, const struct opt_table *, const char *word);
bool	refuse_password(struct opt_error *);

#endif
