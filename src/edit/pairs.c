#include "edit/pairs.h"

#include "base/pattern.h"

static const char *const words[] = {"label", "annotation"};
static const char *const fields[] = {"commonLabels", "commonAnnotations"};

// --- Arguments.

static bool parse_pair(struct build *build, enum pair_kind kind, struct slice text, struct pair_list *pairs)
{
    struct pair pair;
    struct slice key, value;
    slice_cut(text, ':', &pair.key, &pair.value);
    if (text.length && !pair.key.length) {
        diagnose(&build->diagnostics, (struct position){0}, "the %s '%.*s' has no key", words[kind], SLICE_ARGS(text));
        diagnose_hint(&build->diagnostics, "write it as KEY:VALUE");
        return diagnose_phrase(&build->diagnostics, "invalid %s: '%.*s' (need k:v pair where v may be quoted)",
                               words[kind], SLICE_ARGS(text));
    }
    if (!pair.value.length && slice_cut(pair.key, '=', &key, &value) && !build->diagnostics.lead) {
        diagnose_warning(&build->diagnostics, (struct position){0},
                         "the %s '%.*s' has no value: '=' is part of its key", words[kind], SLICE_ARGS(text));
        diagnose_hint(&build->diagnostics, "write '%.*s:%.*s'", SLICE_ARGS(key), SLICE_ARGS(value));
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
        diagnose(&build->diagnostics, (struct position){0}, "invalid annotation key '%.*s'",
                 SLICE_ARGS(pairs->items[i].key));
        diagnose_hint(&build->diagnostics, "use letters, digits, '-', '_', and '.', optionally after a domain and '/'");
        return diagnose_phrase(&build->diagnostics,
                               "invalid annotation key: see the syntax and character set rules at "
                               "https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/");
    }
    return true;
}

bool edit_parse_keys(struct build *build, enum pair_kind kind, struct slice text, struct pair_list *keys)
{
    for (bool more = true; more;) {
        struct pair pair = {0};
        more = slice_cut(text, ',', &pair.key, &text);
        if (!pair.key.length) {
            diagnose(&build->diagnostics, (struct position){0}, "the name of a%s %s is empty",
                     kind == PAIR_ANNOTATION ? "n" : "", words[kind]);
            return diagnose_phrase(&build->diagnostics, "invalid label: '' (name is empty)");
        }
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
            diagnose_hint(&edit->build->diagnostics, "use --force to replace its value");
            return edit_phrase(edit, "%s %.*s already in kustomization file. Use --force to override.", words[kind],
                               SLICE_ARGS(pair->key));
        }
        edit_set_pair(edit, map, pair->key, pair->value);
    }
    return true;
}

// The first entry of `labels` without selectors, and with or without templates as requested; created if necessary.
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

static bool has_selectors(const struct node *entry)
{
    const struct node *fields_of_entry = edit_get(entry, "fields");
    return node_is_map(entry) && edit_get_bool(entry, "includeSelectors") &&
           !(fields_of_entry && fields_of_entry->count);
}

// The map for labels that also apply to selectors. kustomize calls commonLabels deprecated, but still writes it.
static struct node *selecting_pairs(struct edit *edit, enum pair_kind kind)
{
    if (kind != PAIR_LABEL || edit->as_kustomize || edit_get(edit->root, fields[kind]))
        return edit_map(edit, edit->root, fields[kind]);
    struct node *labels = edit_list(edit, edit->root, "labels");
    for (uint32_t i = 0; i < labels->count; i++)
        if (has_selectors(labels->items[i]))
            return edit_map(edit, labels->items[i], "pairs");
    struct node *entry = edit_new_map(edit), *pairs = edit_map(edit, entry, "pairs");
    edit_set_bool(edit, entry, "includeSelectors", true);
    node_sequence_append(&edit->build->arena, labels, entry);
    return pairs;
}

bool edit_add_pairs(struct edit *edit, enum pair_kind kind, const struct pair_list *pairs,
                    const struct pair_options *options)
{
    struct node *map = options->without_selector
                           ? edit_map(edit, labels_entry(edit, options->include_templates), "pairs")
                           : selecting_pairs(edit, kind);
    return add_to(edit, kind, map, pairs, options->force);
}

void edit_set_pairs(struct edit *edit, enum pair_kind kind, const struct pair_list *pairs)
{
    if (pairs->count)
        add_to(edit, kind, selecting_pairs(edit, kind), pairs, true);
}

// --- Removing.

// Removes a label from all entries of `labels`, leaving gaps in their maps. False: none has it.
static bool vacate_entries(const struct node *labels, const struct name *key)
{
    bool removed = false;
    for (uint32_t i = 0; labels && i < labels->count; i++)
        removed |= node_map_vacate(edit_get(labels->items[i], "pairs"), key);
    return removed;
}

// Closes the gaps, and drops entries that have lost their last label.
static void close_entries(struct edit *edit, struct node *labels)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < labels->count; i++) {
        struct node *pairs = edit_get(labels->items[i], "pairs");
        bool had = node_is_map(pairs) && pairs->count;
        if (had)
            node_close_gaps(pairs);
        if (!had || pairs->count)
            labels->items[kept++] = labels->items[i];
    }
    labels->count = kept;
    edit_drop_empty(edit->root, "labels");
}

bool edit_remove_pairs(struct edit *edit, enum pair_kind kind, const struct pair_list *keys, bool ignore_absent)
{
    struct node *map = edit_get(edit->root, fields[kind]);
    const bool searches_labels = kind == PAIR_LABEL && !edit->as_kustomize;
    struct node *labels = searches_labels ? edit_get(edit->root, "labels") : NULL;
    if (!map && !searches_labels && !ignore_absent) {
        edit_refuse(edit, "no %s in %.*s", fields[kind], SLICE_ARGS(edit->path));
        return edit_phrase(edit, "%s is not defined in kustomization file", fields[kind]);
    }
    for (size_t i = 0; i < keys->count; i++) {
        struct slice text = keys->items[i].key;
        const struct name *key = name_intern(edit->build->names, text);
        bool in_map = node_map_vacate(map, key), in_entries = vacate_entries(labels, key);
        if (!in_map && !in_entries && !ignore_absent) {
            struct slice place = map ? slice_from(fields[kind]) : labels ? slice_literal("labels") : edit->path;
            edit_refuse(edit, "no %s '%.*s' in %.*s%s", words[kind], SLICE_ARGS(text), SLICE_ARGS(place),
                        map && labels ? " or labels" : "");
            return edit_phrase(edit, "%s %.*s is not defined in kustomization file", words[kind], SLICE_ARGS(text));
        }
    }
    if (map)
        node_close_gaps(map);
    if (labels)
        close_entries(edit, labels);
    edit_drop_empty(edit->root, fields[kind]);
    return true;
}
