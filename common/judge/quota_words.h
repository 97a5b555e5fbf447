/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_words - sizes and shares as people read them
 */
#ifndef JUDGE_QUOTA_WORDS_H
#define JUDGE_QUOTA_WORDS_H

#include "base/buf.h"
#include "judge/quota_list.h"

/* quota_words_size - "512 bytes", "9.4 GiB": cut, never rounded up, so that nothing looks full that is not */
void	quota_words_size(struct buf *, int64_t bytes);
/* quota_words_percent - "94.2%", cut as well; 100% and more as they are */
void	quota_words_percent(struct buf *, double);
/* quota_words_amount - a value of that row: "9.4 GiB", "812 messages", "12 inodes", "3 MAILBOX" */
void	quota_words_amount(struct buf *, const struct quota_row *, int64_t);
/* quota_words_pair - "9.4 GiB of 10 GiB", "3 of 100 messages", "9.4 GiB, no limit" */
void	quota_words_pair(struct buf *, const struct quota_row *);
/* quota_words_use - "94.2% of 10 GiB", or "9.4 GiB" where there is no limit */
void	quota_words_use(struct buf *, const struct quota_row *);
/* quota_words_root - ` of "User quota"`, nothing where the root has no name or it is the one in `known` */
void	quota_words_root(struct buf *, const struct quota_row *, const char *known);

#endif
