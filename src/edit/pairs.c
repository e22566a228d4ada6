#include "edit/pairs.h"

#include "base/pattern.h"

static const char *const words[] = {"label", "annotation"};
static const char *const fields[] = {"commonLabels", "commonAnnotations"};

// --- Arguments.

static bool parse_pair(struct build *build, enum pair_kind kind, struct slice text, struct pair_list *pairs)
{
    struct pair pair;
    slice_cut(text, ':', &pair.key, &pair.value);
    if (text.length && !pair.key.length) {
        diagnose(&build->diagnostics, (struct position){0}, "the %s '%.*s' has no key", words[kind], SLICE_ARGS(text));
        diagnose_hint(&build->diagnostics, "write it as key:value");
        return false;
    }
    if (pair.value.length >= 2 && pair.value.data[0] == '"' && pair.value.data[pair.value.length - 1] == '"')
        pair.value = slice_part(pair.value, 1, pair.value.length - 1);
    for (size_t i = 0; i < pairs->count; i++) {
        if (slice_equal(pairs->items[i].key, pair.key)) {
            pairs->items[i] = pair;
            return true;
        }
    }
    list_append(&build->arena, pairs, pair);
    return true;
}

bool edit_parse_pairs(struct build *build, enum pair_kind kind, const char *const *arguments, size_t count,
                      struct pair_list *pairs)
{
    for (size_t i = 0; i < count; i++)
        if (!parse_pair(build, kind, slice_from(arguments[i]), pairs))
            return false;
    return true;
}

bool edit_parse_pair_text(struct build *build, enum pair_kind kind, struct slice text, struct pair_list *pairs)
{
    for (bool more = text.length > 0; more;) {
        struct slice part;
        more = slice_cut(text, ',', &part, &text);
        if (!parse_pair(build, kind, part, pairs))
            return false;
    }
    return true;
}

bool edit_check_annotation_keys(struct build *build, const struct pair_list *pairs)
{
    static const struct slice syntax = {
        "([a-zA-Z](([-a-zA-Z0-9.]{0,251})[a-zA-Z0-9])?/)?[a-zA-Z0-9]([-a-zA-Z0-9_.]{0,61}[a-zA-Z0-9])?", 94};
    struct slice error;
    struct pattern *pattern = pattern_compile_whole(&build->arena, syntax, &error);
    for (size_t i = 0; i < pairs->count; i++) {
        if (pattern && pattern_matches(pattern, pairs->items[i].key))
            continue;
        diagnose(&build->diagnostics, (struct position){0}, "'%.*s' cannot be the key of an annotation",
                 SLICE_ARGS(pairs->items[i].key));
        diagnose_hint(&build->diagnostics,
                      "a key is letters, digits, '-', '_' and '.', with a domain and '/' before it if wanted");
        return false;
    }
    return true;
}

bool edit_parse_keys(struct build *build, enum pair_kind kind, struct slice text, struct pair_list *keys)
{
    for (bool more = true; more;) {
        struct pair pair = {0};
        more = slice_cut(text, ',', &pair.key, &text);
        if (!pair.key.length)
            return diagnose(&build->diagnostics, (struct position){0}, "the name of a%s %s is empty",
                            kind == PAIR_ANNOTATION ? "n" : "", words[kind]);
        list_append(&build->arena, keys, pair);
    }
    return true;
}

// --- Adding and setting.

static bool add_to(struct edit *edit, enum pair_kind kind, struct node *map, const struct pair_list *pairs, bool force)
{
    for (size_t i = 0; i < pairs->count; i++) {
        const struct pair *pair = &pairs->items[i];
        if (!force && edit_has_pair(edit, map, pair->key)) {
            edit_refuse(edit, "the %s '%.*s' is already in %.*s", words[kind], SLICE_ARGS(pair->key),
                        SLICE_ARGS(edit->path));
            diagnose_hint(&edit->build->diagnostics, "--force replaces its value");
            return false;
        }
        edit_set_pair(edit, map, pair->key, pair->value);
    }
    return true;
}

// The first entry of `labels` that leaves selectors alone and treats templates as wanted, made where there is none.
static struct node *labels_entry(struct edit *edit, bool include_templates)
{
    struct node *labels = edit_list(edit, edit->root, "labels");
    for (uint32_t i = 0; i < labels->count; i++)
        if (!edit_get_bool(labels->items[i], "includeSelectors") &&
            edit_get_bool(labels->items[i], "includeTemplates") == include_templates && node_is_map(labels->items[i]))
            return labels->items[i];
    struct node *entry = edit_new_map(edit);
    edit_set_bool(edit, entry, "includeTemplates", include_templates);
    node_sequence_append(&edit->build->arena, labels, entry);
    return entry;
}

bool edit_add_pairs(struct edit *edit, enum pair_kind kind, const struct pair_list *pairs,
                    const struct pair_options *options)
{
    struct node *map = options->without_selector
                           ? edit_map(edit, labels_entry(edit, options->include_templates), "pairs")
                           : edit_map(edit, edit->root, fields[kind]);
    return add_to(edit, kind, map, pairs, options->force);
}

void edit_set_pairs(struct edit *edit, enum pair_kind kind, const struct pair_list *pairs)
{
    add_to(edit, kind, edit_map(edit, edit->root, fields[kind]), pairs, true);
}

// --- Removing.

bool edit_remove_pairs(struct edit *edit, enum pair_kind kind, const struct pair_list *keys, bool ignore_absent)
{
    struct node *map = edit_get(edit->root, fields[kind]);
    if (!map && !ignore_absent)
        return edit_refuse(edit, "there are no %s in %.*s", fields[kind], SLICE_ARGS(edit->path));
    for (size_t i = 0; i < keys->count; i++) {
        struct slice key = keys->items[i].key;
        if (!node_map_vacate(map, name_intern(&edit->build->names, key)) && !ignore_absent)
            return edit_refuse(edit, "there is no %s '%.*s' in %s", words[kind], SLICE_ARGS(key), fields[kind]);
    }
    if (map)
        node_close_gaps(map);
    edit_drop_empty(edit->root, fields[kind]);
    return true;
}
