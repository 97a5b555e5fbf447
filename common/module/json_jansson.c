/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json_jansson - what others say in JSON (module "json"), over jansson
 */
#include <jansson.h>

#include <stdlib.h>

#include "module/json.h"
#include "module/module.h"

/* a text is the value that it holds: to jansson there is nothing else */

static json_t *
inner(const struct json_value *value)
{
	/* jansson's questions change nothing, but few of them say so */
	return (json_t *)(uintptr_t)value;
}

static const struct json_value *
outer(const json_t *value)
{
	return (const struct json_value *)value;
}

/* scan - depth and number of values, before anything is made of them */
struct scan {
	unsigned	 depth;
	size_t		 values;
	bool		 string;
	bool		 escaped;
};

/* step - over one byte; false when a cap is passed */
static bool
step(struct scan *s, char c)
{
	if (s->string) {
		s->string = s->escaped || c != '"';
		s->escaped = !s->escaped && c == '\\';
		return true;
	}
	switch (c) {
	case '"':
		s->string = true;
		return true;
	case '[':
	case '{':
		s->values++;
		return ++s->depth <= JSON_DEPTH_MAX &&
		    s->values <= JSON_VALUES_MAX;
	case ']':
	case '}':
		s->depth -= s->depth > 0 ? 1 : 0;
		return true;
	case ',':
		return ++s->values <= JSON_VALUES_MAX;
	default:
		return true;
	}
}

static bool
fits(struct span text, const char **why)
{
	struct scan scan = { 0 };
	size_t i;

	*why = "it is longer than is taken";
	if (text.len > JSON_TEXT_MAX)
		return false;
	for (i = 0; i < text.len; i++)
		if (!step(&scan, text.p[i])) {
			*why = scan.depth > JSON_DEPTH_MAX ?
			    "it is nested deeper than is taken" :
			    "it holds more values than are taken";
			return false;
		}
	return true;
}

static struct json_text *
json_read(struct span text, const char **why)
{
	json_error_t error;
	json_t *top;

	if (!fits(text, why))
		return NULL;
	top = json_loadb(text.len > 0 ? text.p : "", text.len,
	    JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
	*why = top != NULL ? "" : json_error_code(&error) ==
	    json_error_out_of_memory ? "there is no memory" :
	    json_error_code(&error) == json_error_premature_end_of_input ?
	    "it is cut short" : "it is no JSON";
	return (struct json_text *)top;
}

static void
json_forget(struct json_text *text)
{
	json_decref((json_t *)text);
}

static const struct json_value *
json_top(const struct json_text *text)
{
	return (const struct json_value *)text;
}

static enum json_kind
json_kind(const struct json_value *value)
{
	if (value == NULL)
		return JSON_KIND_NONE;
	switch (json_typeof(inner(value))) {
	case JSON_OBJECT:
		return JSON_KIND_OBJECT;
	case JSON_ARRAY:
		return JSON_KIND_ARRAY;
	case JSON_STRING:
		return JSON_KIND_STRING;
	case JSON_INTEGER:
		return JSON_KIND_INTEGER;
	default:
		return JSON_KIND_OTHER;
	}
}

static size_t
json_count(const struct json_value *value)
{
	return json_array_size(inner(value));
}

static const struct json_value *
json_at(const struct json_value *array, size_t nth)
{
	return outer(json_array_get(inner(array), nth));
}

static const struct json_value *
json_member(const struct json_value *object, const char *name)
{
	return outer(json_object_get(inner(object), name));
}

static struct span
json_text_of(const struct json_value *value)
{
	return (struct span){ json_string_value(inner(value)),
	    json_string_length(inner(value)) };
}

static bool
json_number_of(const struct json_value *value, int64_t *out)
{
	if (json_kind(value) != JSON_KIND_INTEGER)
		return false;
	*out = json_integer_value(inner(value));
	return true;
}

static const struct json_functions functions = {
	.read = json_read, .free = json_forget, .top = json_top,
	.kind = json_kind, .count = json_count, .at = json_at,
	.member = json_member, .string = json_text_of,
	.integer = json_number_of
};

const struct module monitoring_plugins_mail_module = {
	.version = MODULE_VERSION,
	.name = "json",
	.functions = &functions
};
