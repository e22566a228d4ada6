// check/secret_rules.c
//
// Secrets whose content doesn't fit: keys that their type requires, and values that are encoded twice.
#include <sodium.h>

#include "base/base64.h"
#include "check/examples.h"
#include "check/object_fields.h"

// --- Keys that the type requires.

struct secret_type {
    const char *type;
    const char *keys[2];
    bool one_of;  // one of the keys is enough
};

static const struct secret_type types[] = {
    {"kubernetes.io/tls", {"tls.crt", "tls.key"}, false},
    {"kubernetes.io/dockerconfigjson", {".dockerconfigjson", NULL}, false},
    {"kubernetes.io/dockercfg", {".dockercfg", NULL}, false},
    {"kubernetes.io/ssh-auth", {"ssh-privatekey", NULL}, false},
    {"kubernetes.io/basic-auth", {"username", "password"}, true},
};

static bool has_secret_key(const struct node *root, const char *key)
{
    static const char *const fields[] = {"data", "stringData"};
    bool found = false;
    for (size_t i = 0; i < countof(fields) && !found; i++)
        found = node_map_find_text(field_get(root, fields[i]), slice_from(key)) != NULL;
    return found;
}

// `other` may be NULL. `one_of`: one of the two is enough.
static void hint_keys(struct judge *judge, struct sighting *sighting, const struct resource *resource,
                      const char *missing, const char *other, bool one_of)
{
    if (resource->generated && other && !one_of)
        sighting_hint(judge, sighting, "add both keys to the generator, as in `files: [%s=FILE, %s=FILE]`", missing,
                      other);
    else if (resource->generated)
        sighting_hint(judge, sighting, "add %s to the generator, as in `files: [%s=FILE]`",
                      other ? "one of the keys" : "the key", missing);
    else if (other)
        sighting_hint(judge, sighting, "add `%s` %s `%s` under `stringData`", missing, one_of ? "or" : "and", other);
    else
        sighting_hint(judge, sighting, "add `%s` under `stringData`", missing);
}

static void find_missing_keys(struct judge *judge, const struct resource *resource)
{
    struct slice type = field_text(resource->root, "type");
    if (!is_kind(resource, "", "Secret"))
        return;
    for (size_t i = 0; i < countof(types); i++) {
        const struct secret_type *known = &types[i];
        if (!slice_equals(type, known->type))
            continue;
        bool has_any = false;
        const char *missing = NULL, *other = NULL;
        for (size_t k = countof(known->keys); k-- > 0;)
            if (known->keys[k] && has_secret_key(resource->root, known->keys[k])) {
                has_any = true;
            } else if (known->keys[k]) {
                other = missing;
                missing = known->keys[k];
            }
        if (!missing || (known->one_of && has_any))
            continue;
        const char *join = !other ? "" : known->one_of ? "' or '" : "' and '";
        struct sighting *sighting = judge_find(judge, object_place(resource, field_get(resource->root, "type")),
                                               "a Secret of type '%s' needs the key%s '%s%s%s'", known->type,
                                               other && !known->one_of ? "s" : "", missing, join, other ? other : "");
        sighting_about(judge, sighting, resource, "type");
        hint_keys(judge, sighting, resource, missing, other, known->one_of);
    }
}

const struct rule secret_key_missing_rule = {
    .id = "secret-key-missing",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a Secret lacks a key that its type requires",
    .why = "The API server rejects it. A generator names a key after its file unless the entry gives the key first: "
           "`tls.crt=server.pem`.",
    .remedy = "add the key, or correct the type",
    .found = "secretGenerator:\n"
             "- {name: tls, type: kubernetes.io/tls, literals: [cert=a, tls.key=b]}\n",
    .not_found = "secretGenerator:\n"
                 "- {name: tls, type: kubernetes.io/tls, literals: [tls.crt=a, tls.key=b]}\n",
    .resource = find_missing_keys,
};

// --- Values that are encoded twice.

enum { ENCODED_MAX = 4096 };

// Decodes base64 into `plain`, which has room for ENCODED_MAX bytes. False: it is something else.
static bool decode(struct slice text, unsigned char *plain, size_t *length)
{
    return text.length && text.length <= ENCODED_MAX && base64_decode(text, BASE64_MADE, plain, ENCODED_MAX, length);
}

// True for base64 of a printable text, unless it is so short that it may be a word. A text with a colon may be a user
// and a password, which HTTP requires in base64.
static bool is_encoded_text(struct slice text)
{
    enum { LENGTH_MIN = 8, CERTAIN = 16 };
    unsigned char plain[ENCODED_MAX];
    size_t length = 0;
    text = slice_trim(text, "\n");
    if (text.length < LENGTH_MIN || (text.length < CERTAIN && text.data[text.length - 1] != '=') ||
        !decode(text, plain, &length))
        return false;
    bool is_text = length > 0;
    for (size_t i = 0; i < length; i++)
        is_text &= (plain[i] >= ' ' && plain[i] < 0x7F && plain[i] != ':') || plain[i] == '\n';
    sodium_memzero(plain, length);
    return is_text;
}

static bool is_encoded_twice(const struct node *value)
{
    unsigned char once[ENCODED_MAX];
    size_t length = 0;
    if (!node_is_scalar(value) || !decode(node_text(value), once, &length))
        return false;
    bool is_twice = is_encoded_text((struct slice){(const char *)once, length});
    sodium_memzero(once, length);
    return is_twice;
}

static void find_encoded_twice(struct judge *judge, const struct build_event *event)
{
    if (event->kind != EVENT_GENERATED || !event->made->generated || event->made->id.gvk.kind != NAME(Secret))
        return;
    const struct node *data = node_map_get(event->made->root, NAME(data));
    for (uint32_t i = 0; node_is_map(data) && i < data->count; i++) {
        if (!is_encoded_twice(data->entries[i].value))
            continue;
        struct sighting *sighting = judge_find(judge, data->entries[i].value->position,
                                               "the value of '%.*s' is already base64, and is encoded again",
                                               SLICE_ARGS(data->entries[i].key->text));
        sighting_about(judge, sighting, event->made, NULL);
        sighting_hint(judge, sighting, "write the plain value: a generator encodes it");
    }
}

const struct rule secret_encoded_twice_rule = {
    .id = "secret-encoded-twice",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "a secretGenerator gets a value that is already in base64",
    .why = "The generator encodes every value, so the container gets the base64 text instead of the value. kiln "
           "reports only base64 that decodes to readable text.",
    .remedy = "write the plain value",
    .found = "secretGenerator: [{name: login, literals: [password=Y29ycmVjdCBob3JzZQ==]}]\n",
    .not_found = "secretGenerator: [{name: login, literals: [password=correct horse]}]\n",
    .event = find_encoded_twice,
};
