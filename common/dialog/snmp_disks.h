/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * snmp_disks - file systems and mail queues, as the tables of an agent say
 *
 * hrStorageTable of HOST-RESOURCES-MIB (RFC 2790 section 4), dskTable of
 * UCD-SNMP-MIB, mtaTable and mtaGroupTable of MTA-MIB (RFC 2789 section 5).
 */
#ifndef DIALOG_SNMP_DISKS_H
#define DIALOG_SNMP_DISKS_H

#include "dialog/snmp_walk.h"
#include "judge/quota_list.h"

enum snmp_tables {
	SNMP_STORAGE,
	SNMP_DISKS,
	SNMP_MTA,
	SNMP_MTA_GROUPS,
	SNMP_TABLES
};

extern const struct snmp_table snmp_tables[SNMP_TABLES];

/* the queues of all mail servers that the agent knows, together */
struct snmp_queue {
	bool	 there;
	int64_t	 messages;
	int64_t	 bytes;
	int64_t	 oldest;	/* seconds that the oldest message has been there; below 0: not told */
};

/*
 * snmp_disks_list - STORAGE (in bytes) and INODES (percent of 100, which is
 * all that an agent tells) of the file systems mounted there, or with none
 * named of all fixed disks, root by root.  Where dskTable has one, the limit
 * is as df counts it, without what is kept for root; hrStorageTable knows the
 * whole size only.  False with a sentence when one that was named is not
 * there, or there are none: quota.unsupported.
 */
bool	snmp_disks_list(const struct snmp_walk tables[SNMP_TABLES], const char *const *mounts, size_t n, struct quota_list *, struct buf *why);
/* snmp_queue_of - the queue; it becomes rows of the list too, root "mail queue", without a limit */
void	snmp_queue_of(const struct snmp_walk tables[SNMP_TABLES], struct quota_list *, struct snmp_queue *);

#endif
