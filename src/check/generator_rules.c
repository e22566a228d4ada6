// check/generator_rules.c
//
// Generated ConfigMaps and Secrets.
#include "base/ascii.h"
#include "base/base64.h"
#include "base/secret_names.h"
#include "check/examples.h"
#include "check/judge.h"
#include "check/references.h"
#include "resource/resource.h"

static bool is_map_or_secret(const struct build_event *event)
{
    const struct name *kind = event->made ? event->made->id.gvk.kind : NULL;
    return event->kind == EVENT_GENERATED && event->made->generated &&
           (kind == NAME(ConfigMap) || kind == NAME(Secret));
}

// --- Keys.

static bool is_key(struct slice key)
{
    enum { LENGTH_MAX = 253 };
    return slice_consists_of(key, byte_is_data_key) && key.length <= LENGTH_MAX && !slice_equals(key, ".") &&
           !slice_starts_with(key, slice_literal(".."));
}

// For `PORT: 80` in an env file, which is a key without a value.
static bool cut_at_colon(const struct map_entry *entry, struct slice *name, struct slice *value)
{
    if (node_text(entry->value).length || !slice_cut(entry->key->text, ':', name, value))
        return false;
    *name = slice_trim(*name, " \t");
    *value = slice_trim(*value, " \t");
    return is_key(*name);
}

// For `MODE = fast`.
static bool is_before_blank(struct slice key)
{
    struct slice trimmed = slice_trim(key, " \t");
    return is_key(trimmed) && trimmed.data + trimmed.length < key.data + key.length;
}

static void find_keys_of(struct judge *judge, const struct resource *made, const struct node *data)
{
    for (uint32_t i = 0; node_is_map(data) && i < data->count; i++) {
        const struct map_entry *entry = &data->entries[i];
        struct slice key = entry->key->text, name, rest;
        if (is_key(key))
            continue;
        bool is_pair = cut_at_colon(entry, &name, &rest);
        bool is_secret = is_pair && (made->id.gvk.kind == NAME(Secret) || is_secret_name(name));
        if (is_secret)
            key = arena_format(&judge->arena, "%.*s: ***", SLICE_ARGS(name));
        struct position position = {node_read_from(entry->value), entry->key_line, entry->key_column};
        struct sighting *sighting = judge_find(judge, position.line ? position : entry->value->position,
                                               "the API server rejects the key '%.*s'", SLICE_ARGS(key));
        sighting_about(judge, sighting, made, NULL);
        if (slice_starts_with(key, slice_literal("export ")))
            sighting_hint(judge, sighting, "remove `export`: no shell reads the file");
        else if (is_pair && is_secret)
            sighting_hint(judge, sighting,
                          "write '=' between the key and the value, not ':', without spaces around it");
        else if (is_pair)
            sighting_hint(judge, sighting, "write `%.*s=%.*s`, with '=' between the key and the value",
                          SLICE_ARGS(name), SLICE_ARGS(rest));
        else if (is_before_blank(key))
            sighting_hint(judge, sighting, "remove the spaces around '='");
        else
            sighting_hint(judge, sighting, "use only letters, digits, '-', '_', and '.'");
    }
}

static void find_invalid_keys(struct judge *judge, const struct build_event *event)
{
    if (!is_map_or_secret(event))
        return;
    find_keys_of(judge, event->made, node_map_get(event->made->root, NAME(data)));
    find_keys_of(judge, event->made, node_map_get(event->made->root, NAME(binaryData)));
}

const struct rule generator_key_invalid_rule = {
    .id = "generator-key-invalid",
    .level = LEVEL_ERROR,
    .since = "0.2",
    .summary = "the API server rejects a generated key",
    .why = "Keys of ConfigMaps and Secrets consist of letters, digits, `-`, `_`, and `.`. Lines of env files are used "
           "as they are: `export A=1` makes the key `export A`, and `A: 1` the key `A: 1`.",
    .remedy = "correct the line, or give the file a key: `key=path`",
    .found = "configMapGenerator: [{name: settings, envs: [a.env]}]\n"
             "--- a.env\n"
             "export HOST=example.com\n",
    .not_found = "configMapGenerator: [{name: settings, envs: [a.env]}]\n"
                 "--- a.env\n"
                 "HOST=example.com\n",
    .event = find_invalid_keys,
};

// --- Values with spaces or quotes.

enum value_problem {
    VALUE_FINE,
    VALUE_SPACES,
    VALUE_QUOTES,
    VALUE_OPEN_QUOTE,
    VALUE_ESCAPES,
    VALUE_INNER_QUOTES,
    VALUE_NO_PAIR,
};

static struct sighting *report_value(struct judge *judge, struct position position, enum value_problem problem,
                                     struct slice key)
{
    static const char *const messages[] = {
        [VALUE_SPACES] = "the spaces around the value of '%.*s' are part of it",
        [VALUE_QUOTES] = "the quotes around the value of '%.*s' are part of it",
        [VALUE_OPEN_QUOTE] = "the quote before the value of '%.*s' is part of it",
        [VALUE_ESCAPES] = "the inner quotes of the value of '%.*s' are part of it, with their backslashes",
        [VALUE_INNER_QUOTES] = "the inner quotes of the value of '%.*s' are part of it",
        [VALUE_NO_PAIR] = "the value of '%.*s' loses its first and its last quote, which are not a pair",
    };
    struct slice message = arena_format(&judge->scratch, messages[problem], SLICE_ARGS(key));
    return judge_find(judge, position, "%.*s", SLICE_ARGS(message));
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static bool is_quote(char byte)
{
    return byte == '"' || byte == '\'';
}

// --- Values of env files.

// The plain value, decoded for a Secret; empty if it is long.
static struct slice value_text(struct judge *judge, const struct resource *made, const struct node *value)
{
    enum { LENGTH_MAX = 4096 };
    struct slice text = node_text(value);
    if (made->id.gvk.kind != NAME(Secret))
        return text;
    struct slice decoded = {0};
    if (text.length <= LENGTH_MAX)
        base64_decode_new(&judge->arena, text, BASE64_MADE, &decoded);
    return decoded;
}

// kustomize removes nothing.
static enum value_problem problem_in_file(struct slice text)
{
    if (!text.length)
        return VALUE_FINE;
    char first = text.data[0], last = text.data[text.length - 1];
    if (text.length > 1 && first == last && is_quote(first))
        return VALUE_QUOTES;
    return is_blank(first) || is_blank(last) ? VALUE_SPACES : VALUE_FINE;
}

static void find_odd_values(struct judge *judge, const struct build_event *event)
{
    const struct node *data = is_map_or_secret(event) ? node_map_get(event->made->root, NAME(data)) : NULL;
    const struct visit *visit = judge_visit(judge);
    for (uint32_t i = 0; node_is_map(data) && visit && i < data->count; i++) {
        const struct node *value = data->entries[i].value;
        // Only for env files, the position is in the file itself.
        const struct source *source = sources_get(&judge->build->sources, node_read_from(value));
        if (!source || slice_equal(source->path, visit->file) || !node_is_scalar(value))
            continue;
        enum value_problem problem = problem_in_file(value_text(judge, event->made, value));
        if (problem)
            sighting_about(judge, report_value(judge, value->position, problem, data->entries[i].key->text),
                           event->made, NULL);
    }
}

const struct rule generator_value_quoted_rule = {
    .id = "generator-value-quoted",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "a value in an env file has quotes or spaces around it",
    .why = "Docker Compose and systemd drop the quotes or spaces, but kustomize keeps them, so the container gets "
           "them as part of the value.",
    .remedy = "write the value without the quotes or spaces",
    .found = "configMapGenerator: [{name: settings, envs: [a.env]}]\n"
             "--- a.env\n"
             "HOST=\"example.com\"\n",
    .not_found = "configMapGenerator: [{name: settings, envs: [a.env]}]\n"
                 "--- a.env\n"
                 "HOST=example.com\n"
                 "JSON={\"a\": \"b\"}\n",
    .event = find_odd_values,
};

// --- Values of literals.

// kustomize removes one pair of quotes around the whole value, and changes nothing else.
static enum value_problem problem_in_literal(struct slice value)
{
    if (!value.length)
        return VALUE_FINE;
    char first = value.data[0], last = value.data[value.length - 1];
    if (is_blank(first) || is_blank(last))
        return VALUE_SPACES;
    if (!is_quote(first))
        return VALUE_FINE;
    if (value.length < 2 || last != first)
        return slice_find_byte(slice_from_index(value, 1), first) == SLICE_NOT_FOUND ? VALUE_OPEN_QUOTE : VALUE_FINE;
    struct slice inside = slice_part(value, 1, value.length - 1);
    size_t inner = slice_find_byte(inside, first);
    if (inner == SLICE_NOT_FOUND)
        return VALUE_FINE;
    if (inner == 1 && inside.data[0] == '\\')
        return VALUE_ESCAPES;
    if (inner == 0 && inside.data[inside.length - 1] == first)
        return VALUE_INNER_QUOTES;
    return inside.data[inner - (inner > 0)] == '\\' || inner == 0 ? VALUE_FINE : VALUE_NO_PAIR;
}

static void judge_literal(struct judge *judge, const struct node *literal)
{
    struct slice key, value;
    if (!node_is_scalar(literal) || !slice_cut(node_text(literal), '=', &key, &value))
        return;
    enum value_problem problem = problem_in_literal(value);
    if (!problem)
        return;
    struct sighting *sighting = report_value(judge, literal->position, problem, key);
    if (problem == VALUE_NO_PAIR)
        sighting_hint(judge, sighting, "put another pair of quotes around it: `%.*s='…'`", SLICE_ARGS(key));
    else if (problem == VALUE_SPACES)
        sighting_hint(judge, sighting, "write it without the spaces, or in quotes if they belong to it");
    else
        sighting_hint(judge, sighting, "write it without quotes, or in one pair of quotes: `%.*s=\"…\"`",
                      SLICE_ARGS(key));
}

static void judge_literals(struct judge *judge, const struct node *generator)
{
    const struct node *literals = judge_field(generator, "literals");
    for (uint32_t i = 0; node_is_sequence(literals) && i < literals->count; i++)
        judge_literal(judge, literals->items[i]);
}

static void find_odd_literals(struct judge *judge, const struct node *root)
{
    static const char *const fields[] = {"configMapGenerator", "secretGenerator"};
    for (size_t i = 0; i < countof(fields); i++) {
        const struct node *list = judge_field(root, fields[i]);
        for (uint32_t k = 0; node_is_sequence(list) && k < list->count; k++)
            judge_literals(judge, list->items[k]);
    }
}

static void find_odd_literals_in_object(struct judge *judge, const struct match *match)
{
    static const char *const kinds[] = {"ConfigMapGenerator", "SecretGenerator", NULL};
    if (match->kind == MATCH_CONFIGURATION && slice_is_one_of(judge_text(match->object, "kind"), kinds))
        judge_literals(judge, match->object);
}

const struct rule generator_literal_quoted_rule = {
    .id = "generator-literal-quoted",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "a literal has spaces or quotes that stay part of its value",
    .why = "In `literals`, kustomize removes one pair of quotes around the whole value. It keeps everything else, "
           "such as a space after the `=` or backslash-escaped quotes, so the container gets it as part of the value.",
    .remedy = "write the value without quotes, or in one pair of quotes",
    .found = "configMapGenerator:\n"
             "- name: settings\n"
             "  literals:\n"
             "  - HOST= example.com\n"
             "  - MODE=\"fast\"\n",
    .not_found = "configMapGenerator:\n"
                 "- name: settings\n"
                 "  literals:\n"
                 "  - HOST=example.com\n"
                 "  - MODE=\"fast\"\n"
                 "  - QUOTED='\"fast\"'\n"
                 "  - PADDED=\" x \"\n"
                 "  - JSON={\"a\":\"b\"}\n",
    .kustomization = find_odd_literals,
    .match = find_odd_literals_in_object,
};

// --- Options that a merge drops.

static bool is_immutable(const struct resource *resource)
{
    return slice_equals(judge_text(resource->root, "immutable"), "true");
}

static void find_immutable_lost(struct judge *judge, const struct build_event *event)
{
    if (!is_map_or_secret(event) || event->behavior != BEHAVIOR_MERGE || !event->replaced ||
        !is_immutable(event->replaced) || is_immutable(event->made))
        return;
    struct sighting *sighting = judge_find(judge, event->ordered_by, "%.*s is no longer immutable",
                                           SLICE_ARGS(resource_shown(judge, event->made)));
    sighting_about(judge, sighting, event->made, "immutable");
    sighting_hint(judge, sighting,
                  "add `options: {immutable: true}` to this entry: a merge drops the `immutable` of the base");
}

const struct rule generator_immutable_lost_rule = {
    .id = "generator-immutable-lost",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "`behavior: merge` drops `immutable`",
    .why = "The base makes the resource immutable. After the merge, it is no longer immutable, unless this entry also "
           "sets the option.",
    .remedy = "add `options: {immutable: true}` to the entry",
    .found = "resources: [base]\n"
             "configMapGenerator: [{name: settings, behavior: merge, literals: [a=2]}]\n"
             "--- base/kustomization.yaml\n"
             "configMapGenerator: [{name: settings, literals: [a=1], options: {immutable: true}}]\n",
    .not_found =
        "resources: [base]\n"
        "configMapGenerator: [{name: settings, behavior: merge, literals: [a=2], options: {immutable: true}}]\n"
        "--- base/kustomization.yaml\n"
        "configMapGenerator: [{name: settings, literals: [a=1], options: {immutable: true}}]\n",
    .event = find_immutable_lost,
};

// --- Without a hash.

struct user_search {
    const struct judge *judge;
    struct hash_index by_name;      // objects that were generated without a hash
    const struct resource *user;    // whose references are being checked
    const struct resource **users;  // for each generated object: the first object that uses it
};

static uint64_t name_hash(struct slice name, const struct resource *resource)
{
    return slice_hash_pair(name, resource_effective_namespace(resource)->text);
}

static void compare_reference(void *state, const struct object_reference *reference)
{
    struct user_search *search = state;
    struct slice name = node_text(reference->name);
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&search->by_name, name_hash(name, search->user));
         hash_cursor_next(&at, &number);) {
        const struct resource *made = search->judge->generated.items[number].resource;
        if (!search->users[number] && slice_equal(reference->kind, made->id.gvk.kind->text) &&
            slice_equal(name, made->id.name->text) &&
            resource_effective_namespace(made) == resource_effective_namespace(search->user))
            search->users[number] = search->user;
    }
}

static void find_without_hash(struct judge *judge)
{
    const struct resource_map *resources = &judge->build->resources;
    size_t count = judge->generated.count;
    struct user_search search = {.judge = judge,
                                 .users = arena_array(&judge->arena, const struct resource *, count + 1)};
    for (size_t i = 0; i < count; i++) {
        const struct resource *made = judge->generated.items[i].resource;
        if (!made->removed && made->generated && !made->needs_hash)
            hash_index_add(&judge->arena, &search.by_name, name_hash(made->id.name->text, made), (uint32_t)i);
    }
    for (size_t i = 0; search.by_name.count && i < resources->count; i++) {
        search.user = resources->items[i];
        for_each_pod_reference(search.user, compare_reference, &search);
    }
    for (size_t i = 0; i < count; i++) {
        const struct generated *generated = &judge->generated.items[i];
        if (!search.users[i])
            continue;
        judge->visit = generated->visit;
        struct sighting *sighting = judge_find(
            judge, generated->ordered_by, "%.*s has no hash in its name, and %.*s uses it",
            SLICE_ARGS(resource_shown(judge, generated->resource)), SLICE_ARGS(resource_shown(judge, search.users[i])));
        sighting_about(judge, sighting, generated->resource, NULL);
        sighting_hint(judge, sighting,
                      "remove `disableNameSuffixHash`: without a hash, Pods do not restart when the content changes");
    }
}

const struct rule generator_no_hash_reference_rule = {
    .id = "generator-no-hash-reference",
    .level = LEVEL_NOTE,
    .since = "0.2",
    .summary = "a workload uses a generated resource that has no hash in its name",
    .why = "With a hash, new content means a new name, which restarts the Pods. Without a hash, the Pods don't "
           "restart, so environment variables keep their old values.",
    .remedy = "remove `disableNameSuffixHash`",
    .found = "resources: [job.yaml]\n"
             "configMapGenerator: [{name: settings, options: {disableNameSuffixHash: true}}]\n" EXAMPLE_JOB,
    .not_found = "resources: [job.yaml]\n"
                 "configMapGenerator: [{name: settings}]\n" EXAMPLE_JOB,
    .stream = find_without_hash,
};
