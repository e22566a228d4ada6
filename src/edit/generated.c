#include "edit/generated.h"

#include "base/word_list.h"
#include "edit/paths.h"
#include "load/loader.h"

extern const struct generator config_map_generator, secret_generator;

const struct generated_kind edit_config_maps = {"configMapGenerator", "configmap", "ConfigMap", &config_map_generator};
const struct generated_kind edit_secrets = {"secretGenerator", "secret", "Secret", &secret_generator};

// --- Sources.

static bool refuse(struct build *build, const char *what, struct slice text)
{
    return diagnose(&build->diagnostics, (struct position){0}, "%s: '%.*s'", what, SLICE_ARGS(text));
}

static struct slice list_text(struct arena *arena, const struct path_list *paths)
{
    struct buffer text = {0};
    for (size_t i = 0; i < paths->count; i++)
        buffer_add_format(&text, "%s%.*s", i ? " " : "", SLICE_ARGS(paths->items[i]));
    struct slice copy = arena_copy(arena, buffer_slice(&text));
    buffer_free(&text);
    return copy;
}

// Takes a field of CSV. False: misplaced quote.
static bool take_csv(struct build *build, struct slice *rest, struct slice *field, bool *more)
{
    bool quoted = rest->length && rest->data[0] == '"';
    if (!quoted) {
        *more = slice_cut(*rest, ',', field, rest);
        return slice_find_byte(*field, '"') == SLICE_NOT_FOUND;
    }
    struct buffer text = {0};
    size_t at = 1;
    while (at < rest->length && (rest->data[at] != '"' || (at + 1 < rest->length && rest->data[at + 1] == '"'))) {
        at += rest->data[at] == '"';
        buffer_add_byte(&text, rest->data[at++]);
    }
    bool closed = at < rest->length && (at + 1 == rest->length || rest->data[at + 1] == ',');
    *field = arena_copy(&build->arena, buffer_slice(&text));
    buffer_free(&text);
    *more = closed && at + 1 < rest->length;
    *rest = slice_from_index(*rest, at + 2);
    return closed;
}

static bool expand_source(struct build *build, struct slice source, struct path_list *files)
{
    struct slice key, pattern, rest;
    struct path_list found = {0};
    bool has_key = slice_cut(source, '=', &key, &pattern) && !slice_cut(pattern, '=', &pattern, &rest);
    if (!has_key)
        pattern = key;
    if (!edit_glob(build, pattern, &found))
        return refuse(build, "invalid pattern", pattern);
    if (!found.count)
        diagnose_notice(&build->diagnostics, "%.*s has no match", SLICE_ARGS(pattern));
    if (has_key && key.length && found.count != 1) {
        diagnose(&build->diagnostics, (struct position){0}, "'%.*s' matches %zu files, but a key requires exactly one",
                 SLICE_ARGS(source), found.count);
        return diagnose_phrase(&build->diagnostics,
                               "failed to expand file source: 'pattern '%.*s' catches files [%.*s], should catch only "
                               "one",
                               SLICE_ARGS(source), SLICE_ARGS(list_text(&build->arena, &found)));
    }
    for (size_t i = 0; i < found.count; i++) {
        struct slice file = found.items[i];
        if (has_key && key.length)
            file = arena_format(&build->arena, "%.*s=%.*s", SLICE_ARGS(key), SLICE_ARGS(file));
        list_append(&build->arena, files, file);
    }
    return true;
}

bool edit_expand_sources(struct build *build, const struct slice *texts, size_t count, struct path_list *files)
{
    for (size_t i = 0; i < count; i++) {
        struct slice rest = texts[i], field;
        for (bool more = rest.length > 0; more;) {
            if (!take_csv(build, &rest, &field, &more))
                return refuse(build, "misplaced quote", texts[i]);
            if (!expand_source(build, field, files))
                return false;
        }
    }
    return true;
}

// --- Entries.

// An absent namespace means `default`.
static bool same_namespace(struct slice a, struct slice b)
{
    struct slice absent = slice_literal("default");
    return slice_equal(a.length ? a : absent, b.length ? b : absent);
}

static struct node *find_entry(struct edit *edit, const struct generated_kind *kind, struct slice name,
                               struct slice namespace)
{
    const struct node *entries = edit_get(edit->root, kind->field);
    for (uint32_t i = 0; entries && i < entries->count; i++)
        if (slice_equal(edit_get_text(entries->items[i], "name"), name) &&
            same_namespace(edit_get_text(entries->items[i], "namespace"), namespace))
            return entries->items[i];
    return NULL;
}

static struct node *make_entry(struct edit *edit, const struct generated_kind *kind,
                               const struct generated_arguments *arguments)
{
    struct node *entry = edit_new_map(edit);
    edit_set_text(edit, entry, "name", arguments->name);
    edit_set_text(edit, entry, "namespace", arguments->namespace);
    edit_set_text(edit, entry, "type", arguments->type);
    node_sequence_append(&edit->build->arena, edit_list(edit, edit->root, kind->field), entry);
    return entry;
}

// Copies the keys of generatorOptions that the entry lacks.
static void merge_option_map(struct edit *edit, struct node *options, const struct node *common, const char *field)
{
    const struct node *from = edit_get(common, field);
    if (!from)
        return;
    struct node *into = edit_map(edit, options, field);
    for (uint32_t i = 0; i < from->count; i++)
        if (!node_map_find(into, from->entries[i].key))
            node_map_set(&edit->build->arena, into, from->entries[i].key,
                         edit_new_text(edit, node_is_null(from->entries[i].value) ? (struct slice){0}
                                                                                  : node_text(from->entries[i].value)));
    edit_drop_empty(options, field);
}

static void merge_options(struct edit *edit, struct node *entry)
{
    const struct node *common = edit_get(edit->root, "generatorOptions");
    if (!common)
        return;
    struct node *options = edit_map(edit, entry, "options");
    merge_option_map(edit, options, common, "labels");
    merge_option_map(edit, options, common, "annotations");
    if (edit_get_bool(common, "disableNameSuffixHash"))
        edit_set_bool(edit, options, "disableNameSuffixHash", true);
    if (edit_get_bool(common, "immutable"))
        edit_set_bool(edit, options, "immutable", true);
}

// Runs the generator once and discards the result.
static bool check(struct edit *edit, const struct generated_kind *kind, const struct node *entry)
{
    struct build *build = edit->build;
    struct remote remote;
    remote_init(&remote, &build->arena, &build->sources, &build->temporary);
    struct loader loader = {
        .files = edit->files,
        .arena = &build->arena,
        .sources = &build->sources,
        .diagnostics = &build->diagnostics,
        .is_restricted_always = true,
        .remote = edit->files == &file_system_posix ? &remote : NULL,
    };
    struct generate_context context = {
        .resources = &build->resource_context,
        .arena = &build->arena,
        .names = build->names,
        .name_cache = &build->name_cache,
        .diagnostics = &build->diagnostics,
        .files = loader_open_root(&loader, slice_literal(".")),
        .temporary = &build->temporary,
    };
    struct resource_list made = {0};
    const void *settings = context.files ? kind->generator->configure(&context, entry) : NULL;
    bool good = settings && kind->generator->generate(&context, settings, &made);
    loader_close(&loader);
    temporary_remove(&build->temporary);
    return good;
}

// --- Adding.

static void append_texts(struct edit *edit, struct node *entry, const char *field, const struct slice *texts,
                         size_t count)
{
    if (!count)
        return;
    struct node *list = edit_list(edit, entry, field);
    for (size_t i = 0; i < count; i++)
        node_sequence_append(&edit->build->arena, list, edit_new_text(edit, texts[i]));
}

bool edit_add_generated(struct edit *edit, const struct generated_kind *kind,
                        const struct generated_arguments *arguments)
{
    struct node *entry = find_entry(edit, kind, arguments->name, arguments->namespace);
    if (!entry)
        entry = make_entry(edit, kind, arguments);
    append_texts(edit, entry, "literals", arguments->literals, arguments->literal_count);
    append_texts(edit, entry, "files", arguments->files.items, arguments->files.count);
    append_texts(edit, entry, "envs", &arguments->env_file, arguments->env_file.length > 0);
    if (arguments->disable_name_suffix_hash) {
        struct node *options = edit_new_map(edit);
        edit_set_bool(edit, options, "disableNameSuffixHash", true);
        edit_set(edit, entry, "options", options);
    }
    if (arguments->behavior.length)
        edit_set_text(edit, entry, "behavior", arguments->behavior);
    merge_options(edit, entry);
    return check(edit, kind, entry);
}

// --- Setting.

// Splits a literal, which must have exactly one equals sign for `set`. False: diagnosed.
static bool split_literal(struct edit *edit, struct slice literal, struct slice *key)
{
    struct slice value, rest;
    if (slice_cut(literal, '=', key, &value) && !slice_cut(value, '=', &value, &rest))
        return true;
    edit_refuse(edit, "invalid literal '%.*s': expected KEY=VALUE with one equals sign", SLICE_ARGS(literal));
    return edit_phrase(edit,
                       "failed to update literal sources: failed to update resource: invalid format: literal values "
                       "must be specified in the key=value format");
}

// For a repeated key, the last value stays, at the position of the first.
static bool set_literals(struct edit *edit, struct node *entry, const struct generated_arguments *arguments)
{
    struct node *old = edit_get(entry, "literals"), *literals = edit_new_list(edit), *keys = edit_new_map(edit);
    struct arena *arena = &edit->build->arena;
    struct slice key;
    for (uint32_t i = 0; old && i < old->count; i++) {
        if (!split_literal(edit, node_text(old->items[i]), &key))
            return false;
        node_map_set(arena, keys, name_intern(edit->build->names, key), old->items[i]);
    }
    for (size_t i = 0; i < arguments->literal_count; i++) {
        if (!split_literal(edit, arguments->literals[i], &key))
            return false;
        const struct name *name = name_intern(edit->build->names, key);
        const struct node *present = node_map_get(keys, name);
        if (!present) {
            edit_refuse(edit, "'%.*s' has no literal '%.*s'", SLICE_ARGS(arguments->name), SLICE_ARGS(key));
            return edit_phrase(edit, "failed to update literal sources: key '%.*s' not found in resource",
                               SLICE_ARGS(key));
        }
        if (!slice_equal(node_text(present), arguments->literals[i]))
            node_map_set(arena, keys, name, edit_new_text(edit, arguments->literals[i]));
    }
    for (uint32_t i = 0; i < keys->count; i++)
        node_sequence_append(arena, literals, keys->entries[i].value);
    edit_set(edit, entry, "literals", literals);
    return true;
}

bool edit_set_generated(struct edit *edit, const struct generated_kind *kind,
                        const struct generated_arguments *arguments)
{
    struct node *entry = find_entry(edit, kind, arguments->name, arguments->namespace);
    if (!entry) {
        edit_refuse(edit, "no %s '%.*s' in %s", kind->kind, SLICE_ARGS(arguments->name), kind->field);
        return edit_phrase(edit,
                           "failed to create %s: could not set new %s value: unable to find %s with name \"%.*s\"",
                           kind->word, kind->kind, kind->kind, SLICE_ARGS(arguments->name));
    }
    if (arguments->literal_count && !set_literals(edit, entry, arguments))
        return false;
    if (arguments->new_namespace.length)
        edit_set_text(edit, entry, "namespace", arguments->new_namespace);
    merge_options(edit, entry);
    return check(edit, kind, entry);
}

// --- Removing.

static bool is_among(struct slice name, struct slice names)
{
    for (bool more = true; more;) {
        struct slice one;
        more = slice_cut(names, ',', &one, &names);
        if (slice_equal(one, name))
            return true;
    }
    return false;
}

// `a,b` as "'a' or 'b'".
static struct slice quoted_names(struct arena *arena, struct slice names)
{
    enum { SHOWN_MAX = 8 };
    struct slice shown[SHOWN_MAX], rest = names;
    size_t count = 0;
    for (bool more = true; more; count++) {
        struct slice name;
        more = slice_cut(rest, ',', &name, &rest);
        if (count < SHOWN_MAX)
            shown[count] = name;
    }
    return word_list_quoted(arena, shown, count, SHOWN_MAX, "or");
}

static bool has_name(const struct node *entries, struct slice name)
{
    for (uint32_t i = 0; i < entries->count; i++)
        if (slice_equal(edit_get_text(entries->items[i], "name"), name))
            return true;
    return false;
}

bool edit_remove_generated(struct edit *edit, const struct generated_kind *kind, struct slice names,
                           struct slice namespace)
{
    const struct node *entries = edit_get(edit->root, kind->field);
    struct node *kept = edit_new_list(edit), *removed = edit_new_list(edit);
    for (uint32_t i = 0; entries && i < entries->count; i++) {
        const struct node *entry = entries->items[i];
        bool matches = is_among(edit_get_text(entry, "name"), names) &&
                       same_namespace(edit_get_text(entry, "namespace"), namespace);
        node_sequence_append(&edit->build->arena, matches ? removed : kept, entries->items[i]);
    }
    if (!removed->count) {
        struct slice wanted = quoted_names(&edit->build->arena, names);
        edit_refuse(edit, "no %s %.*s in %s", kind->kind, SLICE_ARGS(wanted), kind->field);
        return edit_phrase(edit, "no specified %s(s) were found in the %.*s file", kind->word, SLICE_ARGS(edit->path));
    }
    for (bool more = true; more;) {
        struct slice name;
        more = slice_cut(names, ',', &name, &names);
        if (!has_name(removed, name))
            edit_note(edit, "%s %.*s doesn't exist in kustomization file", kind->word, SLICE_ARGS(name));
    }
    edit_set(edit, edit->root, kind->field, kept);
    edit_drop_empty(edit->root, kind->field);
    return true;
}
