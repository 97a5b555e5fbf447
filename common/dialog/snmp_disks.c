/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * snmp_disks - file systems and mail queues, as the tables of an agent say
 */
#define _GNU_SOURCE
#include <string.h>

#include "base/text.h"
#include "dialog/snmp_disks.h"

enum {
	NAMES_SHOWN = 4,	/* mounts in a refusal */
	KIB = 1024,
	FIXED_DISK = 4		/* last part of hrStorageFixedDisk */
};

/* columns, in the order of the tables below */
enum { ST_TYPE, ST_DESCR, ST_UNITS, ST_SIZE, ST_USED };
enum {
	DSK_PATH, DSK_AVAIL, DSK_USED, DSK_NODES, DSK_AVAIL_LOW,
	DSK_AVAIL_HIGH, DSK_USED_LOW, DSK_USED_HIGH
};
enum { MTA_MESSAGES, MTA_VOLUME };
enum { GROUP_OLDEST };

static const uint32_t storage_entry[] = { 1, 3, 6, 1, 2, 1, 25, 2, 3, 1 };
static const uint32_t disks_entry[] = { 1, 3, 6, 1, 4, 1, 2021, 9, 1 };
static const uint32_t mta_entry[] = { 1, 3, 6, 1, 2, 1, 28, 1, 1 };
static const uint32_t groups_entry[] = { 1, 3, 6, 1, 2, 1, 28, 2, 1 };

#define ENTRY(parts)	parts, sizeof(parts) / sizeof((parts)[0])

const struct snmp_table snmp_tables[SNMP_TABLES] = {
	[SNMP_STORAGE] = { ENTRY(storage_entry), { 2, 3, 4, 5, 6 }, 5 },
	[SNMP_DISKS] = { ENTRY(disks_entry),
	    { 2, 7, 8, 10, 13, 14, 15, 16 }, 8 },
	[SNMP_MTA] = { ENTRY(mta_entry), { 2, 5 }, 2 },
	[SNMP_MTA_GROUPS] = { ENTRY(groups_entry), { 12 }, 1 }
};

/* amount - a number that cannot be negative, but whose 32 bits an agent may have let overflow */
static bool
amount(const struct snmp_cell *cell, uint64_t *out)
{
	if (!cell->there || cell->kind != SNMP_NUMBER ||
	    cell->number < INT32_MIN)
		return false;
	*out = cell->number >= 0 ? (uint64_t)cell->number :
	    (uint64_t)(cell->number + ((int64_t)1 << 32));
	return true;
}

/* wide - KiB from a pair of 32 bits each, else from the old column, which stops at 2^31-1 */
static bool
wide(const struct snmp_row *row, size_t low, size_t high, size_t old,
    uint64_t *out)
{
	uint64_t l, h;

	if (!amount(&row->cells[low], &l) || !amount(&row->cells[high], &h) ||
	    l > UINT32_MAX || h > UINT32_MAX)
		return amount(&row->cells[old], out);
	*out = h << 32 | l;
	return true;
}

/* path_of - where it is mounted; FreeBSD puts ", type: ufs, ..." behind it */
static struct span
path_of(const struct snmp_cell *cell)
{
	struct span path = span_of(cell->kind == SNMP_BYTES &&
	    cell->text != NULL ? cell->text : "");
	const char *more = memmem(path.p, path.len, ", type: ", 8);

	if (more != NULL)
		path.len = (size_t)(more - path.p);
	return path;
}

static bool
same_path(struct span a, struct span b)
{
	while (b.len > 1 && b.p[b.len - 1] == '/')
		b.len--;
	return a.len == b.len && memcmp(a.p, b.p, a.len) == 0;
}

static const struct snmp_row *
disk_of(const struct snmp_walk *disks, struct span path)
{
	size_t i;

	for (i = 0; i < disks->n; i++)
		if (same_path(path_of(&disks->rows[i].cells[DSK_PATH]), path))
			return &disks->rows[i];
	return NULL;
}

/* wanted - is it among the mounts? With none named, is it a fixed disk? */
static bool
wanted(struct span path, const char *const *mounts, size_t n, bool fixed)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (same_path(path, span_of(mounts[i])))
			return true;
	return n == 0 && fixed;
}

static void
put(struct quota_list *list, struct span path, const char *resource,
    int64_t used, int64_t limit)
{
	struct quota_row *row = quota_list_add(list, path,
	    span_of(resource), strcmp(resource, "STORAGE") == 0 ?
	    QUOTA_BYTES : QUOTA_COUNT);

	if (row == NULL)
		return;
	row->used = used;
	row->limited = true;
	row->limit = limit;
}

/* put_disk - of dskTable: used, and what users may still take; false if it holds nothing */
static bool
put_disk(struct quota_list *list, const struct snmp_row *row,
    struct span path)
{
	uint64_t used, left, nodes;

	if (!wide(row, DSK_USED_LOW, DSK_USED_HIGH, DSK_USED, &used) ||
	    !wide(row, DSK_AVAIL_LOW, DSK_AVAIL_HIGH, DSK_AVAIL, &left) ||
	    (used == 0 && left == 0))
		return false;
	put(list, path, "STORAGE", quota_scale(used, KIB),
	    quota_scale(left > UINT64_MAX - used ? UINT64_MAX : used + left,
	    KIB));
	if (amount(&row->cells[DSK_NODES], &nodes) && nodes <= 100)
		put(list, path, "INODES", (int64_t)nodes, 100);
	return true;
}

/* put_storage - of hrStorageTable; nothing when it has no size, as /proc */
static void
put_storage(struct quota_list *list, const struct snmp_row *row,
    struct span path)
{
	uint64_t unit, size, used;

	if (!amount(&row->cells[ST_UNITS], &unit) || unit == 0 ||
	    !amount(&row->cells[ST_SIZE], &size) || size == 0 ||
	    !amount(&row->cells[ST_USED], &used))
		return;
	put(list, path, "STORAGE", quota_scale(used, unit),
	    quota_scale(size, unit));
}

static bool
listed(const struct quota_list *list, struct span path)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		if (same_path(span_of(list->rows[i].root), path))
			return true;
	return false;
}

static void
gather(const struct snmp_walk *tables, const char *const *mounts, size_t n,
    struct quota_list *list)
{
	const struct snmp_walk *storage = &tables[SNMP_STORAGE];
	const struct snmp_walk *disks = &tables[SNMP_DISKS];
	const struct snmp_row *row, *disk;
	struct span path;
	size_t i;

	for (i = 0; i < storage->n; i++) {
		row = &storage->rows[i];
		path = path_of(&row->cells[ST_DESCR]);
		if (path.len == 0 || !wanted(path, mounts, n,
		    row->cells[ST_TYPE].kind == SNMP_NAME &&
		    row->cells[ST_TYPE].number == FIXED_DISK) ||
		    listed(list, path))
			continue;
		disk = disk_of(disks, path);
		if (disk == NULL || !put_disk(list, disk, path))
			put_storage(list, row, path);
	}
	for (i = 0; i < disks->n; i++) {
		path = path_of(&disks->rows[i].cells[DSK_PATH]);
		if (path.len > 0 && wanted(path, mounts, n, true) &&
		    !listed(list, path))
			(void)put_disk(list, &disks->rows[i], path);
	}
}

/* name_those - that the agent has, for who named another */
static void
name_those(struct buf *why, const struct snmp_walk *tables)
{
	struct quota_list all = { .n = 0 };
	size_t i, shown = 0;

	gather(tables, NULL, 0, &all);
	for (i = 0; i < all.n && shown < NAMES_SHOWN; i++) {
		if (strcmp(all.rows[i].resource, "STORAGE") != 0)
			continue;
		(void)buf_str(why, shown++ == 0 ? "; it has " : ", ");
		(void)buf_str(why, all.rows[i].root);
	}
	(void)buf_str(why, i < all.n ? " and more" : "");
	quota_list_free(&all);
}

bool
snmp_disks_list(const struct snmp_walk tables[SNMP_TABLES],
    const char *const *mounts, size_t n, struct quota_list *list,
    struct buf *why)
{
	size_t i;

	gather(tables, mounts, n, list);
	for (i = 0; i < n; i++) {
		if (listed(list, span_of(mounts[i])))
			continue;
		if (tables[SNMP_STORAGE].n == 0 && tables[SNMP_DISKS].n == 0)
			break;
		(void)buf_str(why, "the agent has no file system with a size "
		    "that is mounted on ");
		text_clean(why, span_of(mounts[i]), TEXT_QUOTE_MAX);
		name_those(why, tables);
		(void)buf_str(why, ": name the place where it is mounted "
		    "with --mount");
		return false;
	}
	if (list->n > 0 || (n == 0 && tables[SNMP_MTA].n > 0))
		return true;
	(void)buf_str(why, "the agent answers, but shows no disks: it is "
	    "without HOST-RESOURCES-MIB and UCD-SNMP-MIB, or the view of "
	    "this user or community leaves out .1.3.6.1.2.1.25.2 and "
	    ".1.3.6.1.4.1.2021.9");
	return false;
}

/* sum - of a column over all rows, at most 2^63-1 */
static int64_t
sum(const struct snmp_walk *walk, size_t column)
{
	uint64_t one, all = 0;
	size_t i;

	for (i = 0; i < walk->n; i++)
		if (amount(&walk->rows[i].cells[column], &one))
			all = one > (uint64_t)INT64_MAX - all ? INT64_MAX :
			    all + one;
	return (int64_t)all;
}

void
snmp_queue_of(const struct snmp_walk tables[SNMP_TABLES],
    struct quota_list *list, struct snmp_queue *queue)
{
	static const struct span root = { "mail queue", 10 };
	const struct snmp_walk *groups = &tables[SNMP_MTA_GROUPS];
	struct quota_row *row;
	uint64_t age;
	size_t i;

	*queue = (struct snmp_queue){ .oldest = -1 };
	queue->there = tables[SNMP_MTA].n > 0;
	if (!queue->there)
		return;
	queue->messages = sum(&tables[SNMP_MTA], MTA_MESSAGES);
	queue->bytes = quota_scale((uint64_t)sum(&tables[SNMP_MTA],
	    MTA_VOLUME), KIB);
	/* TimeInterval of RFC 2579: hundredths of a second */
	for (i = 0; i < groups->n; i++)
		if (amount(&groups->rows[i].cells[GROUP_OLDEST], &age) &&
		    (int64_t)(age / 100) > queue->oldest)
			queue->oldest = (int64_t)(age / 100);
	row = quota_list_add(list, root, span_of("QUEUE-MESSAGES"),
	    QUOTA_COUNT);
	if (row != NULL)
		row->used = queue->messages;
	row = quota_list_add(list, root, span_of("QUEUE-STORAGE"),
	    QUOTA_BYTES);
	if (row != NULL)
		row->used = queue->bytes;
}
