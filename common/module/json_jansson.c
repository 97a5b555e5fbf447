/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json_jansson - reading JSON (module "json"), over jansson
 */
#include <jansson.h>

#include "module/json.h"
#include "module/module.h"

/* ours - the library's value under the name that the contract gives it, and back */
static struct json_value *
ours(json_t *value)
{
	return (struct json_value *)(void *)value;
}

static const json_t *
theirs(const struct json_value *value)
{
	return (const json_t *)(const void *)value;
}

/* fits - not too deep and not too much, before the library makes a tree of it */
static bool
fits(struct span text)
{
	size_t i, depth = 0, values = 0;
	bool quoted = false;

	for (i = 0; i < text.len; i++) {
		if (quoted && text.p[i] == '\\')
			i++;
		else if (text.p[i] == '"')
			quoted = !quoted;
		else if (quoted)
			continue;
		else if (text.p[i] == '[' || text.p[i] == '{')
			depth++, values++;
		else if ((text.p[i] == ']' || text.p[i] == '}') && depth > 0)
			depth--;
		else if (text.p[i] == ',')
			values++;
		if (depth > JSON_DEPTH_MAX || values > JSON_VALUES_MAX)
			return false;
	}
	return true;
}

static struct json_value *
read_text(struct span text)
{
	if (text.len > JSON_TEXT_MAX || !fits(text))
		return NULL;
	return ours(json_loadb(text.p, text.len, JSON_REJECT_DUPLICATES,
	    NULL));
}

static void
done(struct json_value *value)
{
	json_decref((json_t *)(void *)value);
}

static enum json_kind
kind(const struct json_value *value)
{
	if (value == NULL)
		return JSON_NOTHING;
	switch (json_typeof(theirs(value))) {
	case JSON_OBJECT:
		return JSON_RECORD;
	case JSON_ARRAY:
		return JSON_LIST;
	case JSON_STRING:
		return JSON_TEXT;
	case JSON_INTEGER:
		return JSON_WHOLE;
	case JSON_TRUE:
	case JSON_FALSE:
		return JSON_FALSE_OR_TRUE;
	case JSON_NULL:
		return JSON_NOTHING;
	default:
		return JSON_FRACTION;
	}
}

static struct span
text(const struct json_value *value)
{
	if (value == NULL || !json_is_string(theirs(value)))
		return (struct span){ NULL, 0 };
	return (struct span){ json_string_value(theirs(value)),
	    json_string_length(theirs(value)) };
}

static int64_t
whole(const struct json_value *value)
{
	return value == NULL ? 0 : json_integer_value(theirs(value));
}

static const struct json_value *
member(const struct json_value *value, const char *name)
{
	return value == NULL ? NULL :
	    ours(json_object_get(theirs(value), name));
}

static size_t
count(const struct json_value *value)
{
	return value == NULL ? 0 : json_array_size(theirs(value));
}

static const struct json_value *
item(const struct json_value *value, size_t n)
{
	return value == NULL ? NULL : ours(json_array_get(theirs(value), n));
}

static const struct json_functions functions = {
	.read = read_text, .done = done, .kind = kind, .text = text,
	.whole = whole, .member = member, .count = count, .item = item
};

const struct module monitoring_plugins_mail_module = {
	.version = MODULE_VERSION,
	.name = "json",
	.functions = &functions
};
