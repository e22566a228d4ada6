#include "check/baseline.h"

#include <stdlib.h>

#include "base/text_set.h"
#include "json/json.h"
#include "json/machine.h"
#include "load/path.h"

#define nowhere ((struct position){0})

struct document {
    struct position position;
    struct integer version;
    DECODE_LIST_OF(struct baseline_entry) findings;
};

static const struct decode_field entry_fields[] = {
    {"fingerprint", DECODE_TEXT, offsetof(struct baseline_entry, fingerprint), NULL},
    {"count", DECODE_INTEGER, offsetof(struct baseline_entry, count), NULL},
    {"rule", DECODE_TEXT, offsetof(struct baseline_entry, rule), NULL},
    {"file", DECODE_TEXT, offsetof(struct baseline_entry, file), NULL},
    {"root", DECODE_TEXT, offsetof(struct baseline_entry, root), NULL},
};
static const struct decode_type entry_type = DECODE_TYPE("findings entry", struct baseline_entry, entry_fields);

static const struct decode_field fields[] = {
    {"schemaVersion", DECODE_INTEGER, offsetof(struct document, version), NULL},
    {"findings", DECODE_LIST, offsetof(struct document, findings), &entry_type},
};
static const struct decode_type document_type = DECODE_TYPE("baseline", struct document, fields);

// --- Reading.

static struct baseline_entry *find_entry(const struct baseline *baseline, struct slice fingerprint)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&baseline->by_fingerprint, slice_hash(fingerprint));
         hash_cursor_next(&at, &number);)
        if (slice_equal(baseline->entries.items[number]->fingerprint.slice, fingerprint))
            return baseline->entries.items[number];
    return NULL;
}

// If a merge has left two lines for a finding, the larger count wins.
static void add_entry(struct baseline *baseline, struct baseline_entry *entry)
{
    struct baseline_entry *known = find_entry(baseline, entry->fingerprint.slice);
    entry->is_repeated = known != NULL;
    if (known && known->count.value < entry->count.value)
        known->count.value = entry->count.value;
    if (!known)
        hash_index_add(baseline->arena, &baseline->by_fingerprint, slice_hash(entry->fingerprint.slice),
                       (uint32_t)baseline->entries.count);
    list_append(baseline->arena, &baseline->entries, entry);
}

static bool is_fingerprint(struct slice text)
{
    bool is_hex = text.length == sizeof((struct finding){0}.fingerprint) - 1;
    for (size_t i = 0; is_hex && i < text.length; i++)
        is_hex = (text.data[i] >= '0' && text.data[i] <= '9') || (text.data[i] >= 'a' && text.data[i] <= 'f');
    return is_hex;
}

static struct position place_of(struct position own, struct position around)
{
    return own.line ? own : around;
}

static bool check_entry(struct diagnostics *diagnostics, const struct baseline_entry *entry)
{
    if (!is_fingerprint(entry->fingerprint.slice))
        return diagnose(diagnostics, place_of(entry->fingerprint.position, entry->position),
                        "'fingerprint' must have 16 hexadecimal digits, not '%.*s'",
                        SLICE_ARGS(entry->fingerprint.slice));
    return entry->count.value > 0 || diagnose(diagnostics, place_of(entry->count.position, entry->position),
                                              "'count' must be a number greater than 0");
}

static bool take(struct diagnostics *diagnostics, const struct document *document, struct baseline *baseline)
{
    if (document->version.value != 1)
        return diagnose(diagnostics, place_of(document->version.position, document->position),
                        "'schemaVersion' of a baseline must be 1");
    for (size_t i = 0; i < document->findings.count; i++) {
        if (!check_entry(diagnostics, document->findings.items[i]))
            return false;
        add_entry(baseline, document->findings.items[i]);
    }
    return true;
}

bool baseline_read(struct build *build, const struct file_system *files, struct slice path, struct baseline *baseline)
{
    struct arena *arena = &build->arena;
    struct slice current, content, reason;
    *baseline = (struct baseline){.arena = arena};
    if (!files->current_directory(files->state, arena, &current))
        return diagnose(&build->diagnostics, nowhere, "the current directory no longer exists");
    if (!files->read(files->state, arena, path_join(arena, current, path), &content, &reason))
        return diagnose(&build->diagnostics, nowhere, "cannot read the baseline '%.*s': %.*s", SLICE_ARGS(path),
                        SLICE_ARGS(reason));
    const struct source *source = sources_add(&build->sources, path, content);
    const struct node *root = json_read(arena, &build->name_cache, source, &build->diagnostics);
    const struct document *document = root ? decode_strict(arena, &build->diagnostics, &document_type, root) : NULL;
    return document && take(&build->diagnostics, document, baseline);
}

// --- Findings of a run.

static bool counts(const struct finding *finding)
{
    return finding->silence == FINDING_SHOWN && !finding->fails;
}

static void add_finding(const struct check *check, struct baseline *baseline, const struct finding *finding)
{
    struct slice print = arena_copy(baseline->arena, slice_from(finding->fingerprint));
    struct baseline_entry *entry = find_entry(baseline, print);
    if (entry) {
        entry->count.value++;
        return;
    }
    entry = arena_new(baseline->arena, struct baseline_entry);
    *entry = (struct baseline_entry){.fingerprint = {.slice = print}, .count = {.value = 1}};
    entry->rule.slice = slice_from(finding->rule->id);
    check_path_below_top(check, baseline->arena, finding->sighting->file, &entry->file.slice);
    if (finding->root_count == 1)
        check_path_below_top(check, baseline->arena, check->root_paths[finding->roots[0]], &entry->root.slice);
    add_entry(baseline, entry);
}

void baseline_of(const struct check *check, struct arena *arena, const struct finding_list *findings,
                 struct baseline *baseline)
{
    *baseline = (struct baseline){.arena = arena};
    for (size_t i = 0; i < findings->count; i++)
        if (counts(&findings->items[i]))
            add_finding(check, baseline, &findings->items[i]);
}

void baseline_apply(struct baseline *baseline, struct finding_list *findings, enum finding_silence silence)
{
    for (size_t i = 0; i < baseline->entries.count; i++)
        baseline->entries.items[i]->found = 0;
    for (size_t i = 0; i < findings->count; i++) {
        struct finding *finding = &findings->items[i];
        struct baseline_entry *entry = counts(finding) ? find_entry(baseline, slice_from(finding->fingerprint)) : NULL;
        if (!entry || entry->found++ >= (size_t)entry->count.value)
            continue;
        finding->silence = silence;
        findings->of_level[finding->level]--;
        findings->suppressed++;
        findings->in_baseline += silence == FINDING_IN_BASELINE;
    }
}

void baseline_drop(struct baseline *older, struct finding_list *findings)
{
    size_t kept = 0;
    baseline_apply(older, findings, FINDING_OLD);
    for (size_t i = 0; i < findings->count; i++)
        if (findings->items[i].silence != FINDING_OLD)
            findings->items[kept++] = findings->items[i];
    findings->old = findings->count - kept;
    findings->suppressed -= findings->old;
    findings->count = kept;
}

// --- Entries that the run has looked for.

struct looked_for {
    const struct check *check;
    struct arena arena;
    struct text_set roots;  // that were built, as paths from the top
    bool all_built;
};

static void scope_init(const struct check *check, struct looked_for *scope)
{
    *scope = (struct looked_for){.check = check, .all_built = true};
    for (size_t i = 0; i < check->root_count; i++) {
        struct slice path;
        check_path_below_top(check, &scope->arena, check->root_paths[i], &path);
        if (check_has_built(check, i))
            text_set_add(&scope->arena, &scope->roots, path);
        else
            scope->all_built = false;
    }
}

static bool was_checked(const struct looked_for *scope, const struct baseline_entry *entry)
{
    const struct check *check = scope->check;
    const struct rule *rule = rule_find(entry->rule.slice);
    if (rule && (!levels_have(check->levels, rule) || (check->without_repository && rule->group == RULE_REPOSITORY) ||
                 (!check->schemas && rule->group == RULE_OBJECT)))
        return false;
    return (check->is_everything && scope->all_built) ||
           (entry->root.slice.length && text_set_has(&scope->roots, entry->root.slice));
}

void baseline_find_stale(const struct check *check, struct judge *judge, struct baseline *baseline)
{
    struct looked_for scope;
    scope_init(check, &scope);
    judge->rule = rule_find(slice_literal("baseline-stale"));
    for (size_t i = 0; i < baseline->entries.count; i++) {
        const struct baseline_entry *entry = baseline->entries.items[i];
        size_t known = (size_t)entry->count.value;
        if (entry->is_repeated || entry->found >= known || !was_checked(&scope, entry))
            continue;
        struct position place = place_of(entry->fingerprint.position, entry->position);
        struct sighting *sighting = entry->found
                                        ? judge_find(judge, place, "only %zu of %zu findings remain: '%.*s' in '%.*s'",
                                                     entry->found, known, SLICE_ARGS(entry->rule.slice),
                                                     SLICE_ARGS(entry->file.slice))
                                        : judge_find(judge, place, "no longer found: '%.*s' in '%.*s'",
                                                     SLICE_ARGS(entry->rule.slice), SLICE_ARGS(entry->file.slice));
        sighting_hint(judge, sighting, "update the file with --write-baseline");
    }
    arena_free(&scope.arena);
}

// --- Writing.

static int compare_entries(const void *left, const void *right)
{
    const struct baseline_entry *a = *(struct baseline_entry *const *)left, *b = *(struct baseline_entry *const *)right;
    int order = slice_compare(a->file.slice, b->file.slice);
    if (!order)
        order = slice_compare(a->rule.slice, b->rule.slice);
    return order ? order : slice_compare(a->fingerprint.slice, b->fingerprint.slice);
}

static void write_entry(const struct baseline_entry *entry, struct buffer *out)
{
    json_t *object = machine_object();
    machine_set(object, "fingerprint", machine_text(entry->fingerprint.slice));
    machine_set(object, "count", json_integer(entry->count.value));
    machine_set(object, "rule", machine_text(entry->rule.slice));
    machine_set(object, "file", machine_text(entry->file.slice));
    machine_set_text(object, "root", entry->root.slice);
    machine_write(out, object, JSON_COMPACT);
}

static void keep_old(const struct check *check, const struct baseline *old, struct baseline *into)
{
    struct looked_for scope;
    scope_init(check, &scope);
    for (size_t i = 0; i < old->entries.count; i++) {
        struct baseline_entry *entry = old->entries.items[i];
        struct baseline_entry *known = find_entry(into, entry->fingerprint.slice);
        if (entry->is_repeated || was_checked(&scope, entry))
            continue;
        if (!known)
            add_entry(into, entry);
        else if (known->count.value < entry->count.value)
            known->count.value = entry->count.value;
    }
    arena_free(&scope.arena);
}

void baseline_write(const struct check *check, struct arena *arena, const struct finding_list *findings,
                    const struct baseline *old, struct buffer *out)
{
    struct baseline baseline;
    baseline_of(check, arena, findings, &baseline);
    if (old)
        keep_old(check, old, &baseline);
    if (baseline.entries.count)
        qsort(baseline.entries.items, baseline.entries.count, sizeof *baseline.entries.items, compare_entries);
    buffer_add_text(out, "{\"schemaVersion\":1,\"findings\":[\n");
    for (size_t i = 0; i < baseline.entries.count; i++) {
        if (i) {
            out->length--;
            buffer_add_text(out, ",\n");
        }
        write_entry(baseline.entries.items[i], out);
    }
    buffer_add_text(out, "]}\n");
}
