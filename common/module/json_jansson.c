/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json_jansson - JSON over jansson
 */
#include <jansson.h>

#include <string.h>

#include "module/json_parser.h"
#include "module/module.h"

/* one walk */
struct walk {
	void	(*tell)(void *, const struct json_event *);
	void	*arg;
};

/* fits - is nothing nested deeper than we go? */
static bool
fits(json_t *value, unsigned depth)
{
	const char *key;
	json_t *each;
	size_t i;

	if (!json_is_object(value) && !json_is_array(value))
		return true;
	if (depth == JSON_DEPTH_MAX)
		return false;
	json_object_foreach(value, key, each)
		if (!fits(each, depth + 1))
			return false;
	json_array_foreach(value, i, each)
		if (!fits(each, depth + 1))
			return false;
	return true;
}

static void
tell(const struct walk *w, enum json_kind kind, const char *key, json_t *value)
{
	struct json_event event = { .kind = kind };

	if (key != NULL)
		event.key = span_of(key);
	if (kind == JSON_IS_STRING)
		event.string = (struct span){ json_string_value(value),
			json_string_length(value) };
	if (kind == JSON_IS_INTEGER)
		event.integer = json_integer_value(value);
	w->tell(w->arg, &event);
}

/* walk - no deeper than fits() has seen */
static void
walk(const struct walk *w, const char *name, json_t *value)
{
	const char *key;
	json_t *each;
	size_t i;

	if (json_is_object(value)) {
		tell(w, JSON_IS_OBJECT, name, value);
		json_object_foreach(value, key, each)
			walk(w, key, each);
		tell(w, JSON_IS_OBJECT_END, name, value);
	} else if (json_is_array(value)) {
		tell(w, JSON_IS_ARRAY, name, value);
		json_array_foreach(value, i, each)
			walk(w, NULL, each);
		tell(w, JSON_IS_ARRAY_END, name, value);
	} else {
		tell(w, json_is_string(value) ? JSON_IS_STRING :
		    json_is_integer(value) ? JSON_IS_INTEGER : JSON_IS_OTHER,
		    name, value);
	}
}

static bool
parse(struct span text, void (*event)(void *, const struct json_event *),
    void *arg)
{
	struct walk w = { event, arg };
	json_error_t error;
	json_t *root = json_loadb(text.p, text.len, JSON_REJECT_DUPLICATES,
	    &error);
	bool good = root != NULL && fits(root, 0);

	if (good)
		walk(&w, NULL, root);
	json_decref(root);
	return good;
}

static const struct json_functions functions = { .parse = parse };

const struct module monitoring_plugins_mail_module = {
	.version = MODULE_VERSION,
	.name = "json",
	.functions = &functions
};
