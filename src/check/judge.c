#include "check/judge.h"

#include "base/recovery.h"
#include "base/shown.h"
#include "check/alias_places.h"
#include "check/annotation.h"
#include "check/drops.h"
#include "check/findings.h"
#include "check/key_places.h"
#include "check/schemas.h"
#include "check/sighting_place.h"
#include "load/path.h"
#include "load/remote_url.h"
#include "pipeline/accumulate.h"
#include "yaml/read.h"

#define nowhere ((struct position){0})

// --- Reporting.

static bool is_wanted(const struct judge *judge, struct slice file)
{
    if (judge->rule == &build_failed_rule)
        return true;
    bool from_remote = judge->visits.count && judge->visits.items[0].is_remote;
    return levels_have(judge->check->levels, judge->rule) &&
           (from_remote || slice_find(file, slice_literal("://")) == SLICE_NOT_FOUND);
}

static struct slice file_at(const struct judge *judge, struct position position)
{
    const struct source *source = sources_get(&judge->build->sources, position.file);
    return source ? source->path : (struct slice){0};
}

static struct slice shown(struct judge *judge, const char *format, va_list arguments)
{
    struct slice text = arena_format_list(&judge->arena, format, arguments);
    return shown_text(&judge->arena, judge->build ? &judge->build->sources : NULL, text);
}

static struct sighting *add(struct judge *judge, struct sighting sighting)
{
    list_append(&judge->arena, &judge->sightings, sighting);
    return &judge->sightings.items[judge->sightings.count - 1];
}

// The entry whose program printed this; NULL: the position is in a file.
static const struct generated *output_at(const struct judge *judge, struct position position)
{
    uint32_t number;
    if (judge->rule->group != RULE_OBJECT)
        return NULL;
    struct hash_cursor at = hash_index_find(&judge->outputs, position.file);
    return hash_cursor_next(&at, &number) ? &judge->generated.items[number] : NULL;
}

// Nobody can open a program's output, so the place is the entry that ran the program, and the message says which line
// of the output is meant.
static struct position leave_output(struct judge *judge, struct position position, struct sighting *sighting)
{
    const struct generated *by = output_at(judge, position);
    if (!by || !by->ordered_by.line)
        return position;
    const struct source *source = sources_get(&judge->build->sources, position.file);
    sighting->output = arena_copy(&judge->arena, source->path);
    sighting->message = arena_format(&judge->arena, "%.*s (%.*s, line %u)", SLICE_ARGS(sighting->message),
                                     SLICE_ARGS(source->path), position.line);
    return by->ordered_by;
}

static struct sighting new_sighting(const struct judge *judge, struct position key)
{
    const struct source *source = sources_get(&judge->build->sources, key.file);
    key = source_place(source, key);
    return (struct sighting){.rule = judge->rule,
                             .visit = judge->visit,
                             .key_line = source ? key.line : 0,
                             .key_column = key.line && source ? key.column : 0};
}

static struct sighting *report(struct judge *judge, struct position key, struct position place, const char *format,
                               va_list arguments)
{
    if (!is_wanted(judge, file_at(judge, key)))
        return NULL;
    struct sighting sighting = new_sighting(judge, key);
    sighting.message = shown(judge, format, arguments);
    place = leave_output(judge, place, &sighting);
    if (!is_wanted(judge, file_at(judge, place)))
        return NULL;
    sighting_set_place(judge, &sighting, place);
    // Without a position, the finding is about the root.
    if (!sighting.file.length && judge->root != SIZE_MAX)
        sighting.file = judge->check->root_paths[judge->root];
    return add(judge, sighting);
}

struct sighting *judge_suspect(struct judge *judge, struct position position, const char *format, ...)
{
    va_list arguments;
    if (!is_wanted(judge, file_at(judge, position)))
        return NULL;
    struct sighting sighting = new_sighting(judge, position);
    va_start(arguments, format);
    sighting.message = shown_text(&judge->arena, NULL, arena_format_list(&judge->arena, format, arguments));
    va_end(arguments);
    sighting_set_start(judge, &sighting, leave_output(judge, position, &sighting));
    return add(judge, sighting);
}

struct sighting *judge_find(struct judge *judge, struct position position, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct sighting *sighting = report(judge, position, position, format, arguments);
    va_end(arguments);
    return sighting;
}

struct sighting *judge_miss(struct judge *judge, struct position key, struct position place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct sighting *sighting = report(judge, key, place, format, arguments);
    va_end(arguments);
    const struct visit *visit = judge_visit(judge);
    if (sighting)
        sighting->may_fit = true;
    if (sighting && visit && (visit->component || visit->is_outside)) {
        sighting->level = judge->rule->level - 1;
        sighting->is_shared = true;
    }
    return sighting;
}

void judge_fits(struct judge *judge, struct position key)
{
    const struct source *source = sources_get(&judge->build->sources, key.file);
    if (!source || !is_wanted(judge, source->path))
        return;
    key = source_place(source, key);
    add(judge, (struct sighting){.rule = judge->rule,
                                 .fits = true,
                                 .visit = judge->visit,
                                 .file = arena_copy(&judge->arena, source->path),
                                 .key_line = key.line,
                                 .key_column = key.column});
}

struct sighting *judge_find_file(struct judge *judge, struct slice file, const char *format, ...)
{
    va_list arguments;
    if (!is_wanted(judge, file))
        return NULL;
    va_start(arguments, format);
    struct sighting *sighting = add(judge, (struct sighting){.rule = judge->rule,
                                                             .visit = SIZE_MAX,
                                                             .file = arena_copy(&judge->arena, file),
                                                             .line = 1,
                                                             .column = 1,
                                                             .end_line = 1,
                                                             .end_column = 1,
                                                             .message = shown(judge, format, arguments)});
    va_end(arguments);
    return sighting;
}

void sighting_hint(struct judge *judge, struct sighting *sighting, const char *format, ...)
{
    va_list arguments;
    if (!sighting)
        return;
    va_start(arguments, format);
    sighting->hint = shown(judge, format, arguments);
    va_end(arguments);
}

void sighting_hint_more(struct judge *judge, struct sighting *sighting, const char *format, ...)
{
    va_list arguments;
    if (!sighting)
        return;
    va_start(arguments, format);
    struct slice before = sighting->hint, more = shown(judge, format, arguments);
    va_end(arguments);
    sighting->hint = before.length ? arena_format(&judge->arena, "%.*s; %.*s", SLICE_ARGS(before), SLICE_ARGS(more))
                                   : more;
}

void sighting_suggest(struct judge *judge, struct sighting *sighting, struct slice nearest)
{
    if (nearest.length)
        sighting_hint(judge, sighting, "did you mean '%.*s'?", SLICE_ARGS(nearest));
}

struct slice sighting_other_place(struct judge *judge, const struct sighting *sighting, struct position other)
{
    const struct sources *sources = &judge->build->sources;
    const struct source *here = sighting ? sources_get(sources, sighting->position.file) : NULL;
    const struct source *there = sighting && other.line ? sources_get(sources, other.file) : NULL;
    if (!here || !there)
        return (struct slice){0};
    if (!slice_equal(here->path, there->path)) {
        struct slice where = position_text(sources, &judge->arena, other);
        return arena_format(&judge->arena, "at %.*s", SLICE_ARGS(where));
    }
    uint32_t line = source_place(there, other).line;
    return line == source_place(here, sighting->position).line ? (struct slice){0}
                                                               : arena_format(&judge->arena, "on line %u", line);
}

void sighting_hint_place(struct judge *judge, struct sighting *sighting, const char *before, struct position other)
{
    struct slice where = sighting_other_place(judge, sighting, other);
    if (where.length)
        sighting_hint(judge, sighting, "%s %.*s", before, SLICE_ARGS(where));
}

// The text is at an anchor, but the field is where the alias is.
static void move_to_alias(struct judge *judge, struct sighting *sighting)
{
    struct position alias = judge_alias(judge, sighting->position, sighting->field);
    bool is_suspicion = !sighting->source_line.length && sighting->end_column == sighting->column;
    uint32_t line = sighting->line;
    if (!alias.line)
        return;
    if (is_suspicion)
        sighting_set_start(judge, sighting, alias);
    else
        sighting_set_place(judge, sighting, alias);
    sighting->key_line = sighting->line;
    sighting->key_column = sighting->column;
    sighting->message = arena_format(&judge->arena, "%.*s (from the anchor on line %u)", SLICE_ARGS(sighting->message),
                                     line);
}

void sighting_about(struct judge *judge, struct sighting *sighting, const struct resource *resource, const char *field)
{
    if (!sighting)
        return;
    const struct gvk *gvk = &resource->id.gvk;
    struct arena *arena = &judge->arena;
    sighting->api_version = name_is_empty(gvk->group) ? arena_copy(arena, gvk->version->text)
                                                      : arena_format(arena, "%.*s/%.*s", SLICE_ARGS(gvk->group->text),
                                                                     SLICE_ARGS(gvk->version->text));
    sighting->kind = arena_copy(arena, gvk->kind->text);
    sighting->name = arena_copy(arena, resource->id.name->text);
    sighting->namespace = arena_copy(arena, resource->id.namespace->text);
    sighting->is_ignored = annotation_ignores(judge, resource, sighting->rule);
    sighting->field = field ? arena_copy(arena, slice_from(field)) : (struct slice){0};
    if (field && sighting->rule->group == RULE_OBJECT)
        move_to_alias(judge, sighting);
}

void sighting_needs(struct judge *judge, struct sighting *sighting, struct slice need)
{
    if (sighting)
        sighting->needs[sighting->needs[0].length > 0] = arena_copy(&judge->arena, need);
}

void sighting_only_if(struct judge *judge, struct sighting *sighting, struct slice condition)
{
    if (sighting)
        sighting->condition = arena_copy(&judge->arena, condition);
}

void judge_offer(struct judge *judge, struct slice offer)
{
    list_append(&judge->arena, &judge->offers, arena_copy(&judge->arena, offer));
}

bool judge_has_others(const struct judge *judge)
{
    return judge->check->root_count > 1;
}

bool judge_is_external(struct judge *judge, const char *kind, struct slice name)
{
    const struct config *config = judge->check->levels->config;
    const struct check_config *check = config ? config->check : NULL;
    if (!check || !check->external.count)
        return false;
    struct slice wanted = arena_format(&judge->scratch, "%s/%.*s", kind, SLICE_ARGS(name));
    for (size_t i = 0; i < check->external.count; i++) {
        bool matches;
        if (glob_match_path(check->external.items[i].slice, wanted, &matches) && matches)
            return true;
    }
    return false;
}

// --- Queries by rules.

const struct node *judge_field(const struct node *map, const char *name)
{
    const struct node *found = NULL;
    for (uint32_t i = 0; node_is_map(map) && i < map->count; i++)
        if (slice_equal_ignoring_case(map->entries[i].key->text, slice_from(name)))
            found = map->entries[i].value;
    return found;
}

struct slice judge_text(const struct node *map, const char *name)
{
    const struct node *value = judge_field(map, name);
    return node_is_scalar(value) && !node_is_null(value) ? node_text(value) : (struct slice){0};
}

struct slice resource_shown(struct judge *judge, const struct resource *resource)
{
    return arena_format(&judge->arena, "%.*s '%.*s'", SLICE_ARGS(resource->id.gvk.kind->text),
                        SLICE_ARGS(resource->id.name->text));
}

const struct visit *judge_visit(const struct judge *judge)
{
    return judge->visit < judge->visits.count ? &judge->visits.items[judge->visit] : NULL;
}

size_t judge_visit_named(const struct judge *judge, struct slice file)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&judge->visits_by_file, slice_hash(file));
         hash_cursor_next(&at, &number);)
        if (slice_equal(judge->visits.items[number].file, file))
            return number;
    return SIZE_MAX;
}

size_t judge_visit_of(const struct judge *judge, uint32_t file)
{
    const struct source *source = sources_get(&judge->build->sources, file);
    return source ? judge_visit_named(judge, source->path) : SIZE_MAX;
}

bool judge_may_search(struct judge *judge)
{
    enum { SEARCHES_MAX = 100 };
    return judge->hints++ < SEARCHES_MAX;
}

void for_each_pod_spec(const struct resource *resource, void (*found)(void *state, const struct node *spec),
                       void *state)
{
    static const struct {
        const char *group, *kind;
    } kinds[] = {{"apps", "Deployment"}, {"apps", "StatefulSet"},       {"apps", "DaemonSet"},
                 {"apps", "ReplicaSet"}, {"", "ReplicationController"}, {"batch", "Job"}};
    const struct gvk *gvk = &resource->id.gvk;
    const struct node *spec = judge_field(resource->root, "spec");
    if (slice_equals(gvk->kind->text, "Pod") && name_is_empty(gvk->group)) {
        found(state, spec);
        return;
    }
    if (slice_equals(gvk->kind->text, "CronJob") && slice_equals(gvk->group->text, "batch")) {
        spec = judge_field(judge_field(spec, "jobTemplate"), "spec");
        found(state, judge_field(judge_field(spec, "template"), "spec"));
        return;
    }
    for (size_t i = 0; i < countof(kinds); i++)
        if (slice_equals(gvk->kind->text, kinds[i].kind) && slice_equals(gvk->group->text, kinds[i].group))
            found(state, judge_field(judge_field(spec, "template"), "spec"));
}

// --- Events of the build.

static bool is_on(const struct judge *judge, size_t number)
{
    return judge->check->levels->of_rule[number] != LEVEL_OFF;
}

// The reader already reported duplicate keys when the build read the file.
static const struct node *read_kustomization(struct judge *judge, const struct source *source)
{
    struct build *build = judge->build;
    struct read_context read = build_read_context(build);
    size_t mark = build->diagnostics.count;
    struct node *root = NULL;
    bool reads = yaml_read_first(&read, source, &root);
    diagnostics_forget(&build->diagnostics, mark);
    return reads && node_is_map(root) ? root : NULL;
}

static void judge_kustomization(struct judge *judge, const struct source *source)
{
    const struct node *root = read_kustomization(judge, source);
    size_t first = judge->sightings.count;
    for (size_t i = 0; root && i < rule_count; i++) {
        if (!rules[i]->kustomization || !is_on(judge, i))
            continue;
        judge->rule = rules[i];
        rules[i]->kustomization(judge, root);
    }
    for (size_t i = first; i < judge->sightings.count; i++)
        judge->sightings.items[i].is_of_file = true;
}

// Steps of one directory follow each other.
static size_t find_visit(const struct judge *judge, const struct file_loader *files)
{
    const struct visit *latest = judge_visit(judge);
    uint32_t number;
    if (latest && latest->files == files)
        return judge->visit;
    for (struct hash_cursor at = hash_index_find(&judge->visits_by_loader, hash_combine(0, (uintptr_t)files));
         hash_cursor_next(&at, &number);)
        if (judge->visits.items[number].files == files)
            return number;
    return SIZE_MAX;
}

static void enter_directory(struct judge *judge, const struct file_loader *files)
{
    const struct kustomization *kustomization = files->known->work->kustomization;
    const struct visit *root = judge->visits.count ? &judge->visits.items[0] : NULL;
    struct visit visit = {
        .files = files,
        .file = arena_copy(&judge->arena, kustomization->source->path),
        .parent = find_visit(judge, files->parent),
        .component = kustomization->component,
        .is_outside = root && !judge->check->is_whole && !path_is_within(files->path, root->files->path),
        .is_remote = files->repository,
    };
    judge->visit = judge->visits.count;
    hash_index_add(&judge->arena, &judge->visits_by_file, slice_hash(visit.file), (uint32_t)judge->visits.count);
    hash_index_add(&judge->arena, &judge->visits_by_loader, hash_combine(0, (uintptr_t)files),
                   (uint32_t)judge->visits.count);
    list_append(&judge->arena, &judge->visits, visit);
    if ((!visit.is_remote || !root) && check_take_kustomization(judge->check, visit.file, !root))
        judge_kustomization(judge, kustomization->source);
}

static bool entry_has_namespace(struct judge *judge, const struct build_event *event)
{
    const struct kustomization *kustomization = event->directory->known->work->kustomization;
    const struct node *root = read_kustomization(judge, kustomization->source);
    const struct node *charts = judge_field(root, event->field);
    return judge_text(root, "namespace").length || (node_is_sequence(charts) && event->index < charts->count &&
                                                    judge_text(charts->items[event->index], "namespace").length);
}

static void note_generated(struct judge *judge, const struct build_event *event)
{
    const struct generated *last = judge->generated.count ? &judge->generated.items[judge->generated.count - 1] : NULL;
    struct generated generated = {.resource = event->made, .visit = judge->visit, .ordered_by = event->ordered_by};
    generated.is_chart = event->transformer &&
                         slice_equals(slice_from(event->transformer), "HelmChartInflationGenerator");
    // The objects of one chart follow each other.
    if (generated.is_chart && last && last->is_chart && last->visit == generated.visit &&
        position_equal(last->ordered_by, generated.ordered_by))
        generated.has_namespace = last->has_namespace;
    else if (generated.is_chart && event->index != SIZE_MAX)
        generated.has_namespace = entry_has_namespace(judge, event);
    if (generated.is_chart || event->program.length)
        hash_index_add(&judge->arena, &judge->outputs, resource_position(event->made).file,
                       (uint32_t)judge->generated.count);
    list_append(&judge->arena, &judge->generated, generated);
}

static void observe_event(void *state, const struct build_event *event)
{
    struct judge *judge = state;
    if (event->kind == EVENT_DIRECTORY) {
        enter_directory(judge, event->directory);
        return;
    }
    judge->visit = find_visit(judge, event->directory);
    judge->made_count += event->made != NULL;
    if (event->kind == EVENT_GENERATED)
        note_generated(judge, event);
    drops_note_event(judge, event);
    for (size_t i = 0; i < rule_count; i++) {
        if (!rules[i]->event || !is_on(judge, i))
            continue;
        judge->rule = rules[i];
        rules[i]->event(judge, event);
    }
}

static void observe_match(void *state, const struct match *match)
{
    struct judge *judge = state;
    judge->visit = match->directory ? find_visit(judge, match->directory) : judge_visit_of(judge, match->position.file);
    key_places_note(judge, match);
    drops_note_match(judge, match);
    for (size_t i = 0; i < rule_count; i++) {
        if (!rules[i]->match || !is_on(judge, i))
            continue;
        judge->rule = rules[i];
        rules[i]->match(judge, match);
    }
}

struct judge *judge_new(struct check *check, size_t root, struct build *build)
{
    struct judge *judge = piece_new(sizeof *judge);
    judge->check = check;
    judge->root = root;
    judge->build = build;
    judge->visit = SIZE_MAX;
    judge->matches = (struct match_observer){observe_match, judge};
    judge->observer = (struct build_observer){.notify = observe_event, .matches = &judge->matches, .state = judge};
    if (root != SIZE_MAX)
        check->judges[root] = judge;
    return judge;
}

const struct build_observer *judge_observer(struct judge *judge)
{
    return &judge->observer;
}

// --- The end.

static void judge_stream(struct judge *judge)
{
    const struct resource_map *resources = &judge->build->resources;
    for (size_t i = 0; i < rule_count; i++) {
        if (!is_on(judge, i))
            continue;
        judge->rule = rules[i];
        judge->visit = SIZE_MAX;
        for (size_t k = 0; rules[i]->resource && k < resources->count; k++)
            rules[i]->resource(judge, resources->items[k]);
        if (rules[i]->stream)
            rules[i]->stream(judge);
    }
    judge_schemas(judge);
}

static void judge_failure(struct judge *judge)
{
    for (size_t i = 0; i < rule_count; i++) {
        if (!rules[i]->failed || !is_on(judge, i))
            continue;
        judge->rule = rules[i];
        judge->visit = SIZE_MAX;
        rules[i]->failed(judge);
    }
}

static uint64_t place_hash(struct slice file, uint32_t line, uint32_t column)
{
    return hash_combine(slice_hash(file), (uint64_t)line << 32 | column);
}

static struct hash_index index_places(struct judge *judge)
{
    struct hash_index index = {0};
    for (size_t i = 0; i < judge->sightings.count; i++) {
        const struct sighting *sighting = &judge->sightings.items[i];
        if (!sighting->fits)
            hash_index_add(&judge->arena, &index, place_hash(sighting->file, sighting->line, sighting->column),
                           (uint32_t)i);
    }
    return index;
}

static bool stops_build(const struct judge *judge, const struct diagnostic *diagnostic)
{
    return !judge->built && diagnostic->severity == SEVERITY_ERROR;
}

// True if there is another finding of the same level at the place: it is more specific.
static bool is_already_reported(struct judge *judge, const struct hash_index *places,
                                const struct diagnostic *diagnostic)
{
    enum level least = diagnostic->severity == SEVERITY_ERROR ? LEVEL_ERROR : LEVEL_OFF;
    struct position position = diagnostic->position;
    const struct source *source = sources_get(&judge->build->sources, position.file);
    uint32_t number;
    if (!source || !position.line)
        return false;
    position = source_place(source, position);
    uint32_t line = position.line, column = position.column;
    for (struct hash_cursor at = hash_index_find(places, place_hash(source->path, line, column));
         hash_cursor_next(&at, &number);) {
        struct sighting *sighting = &judge->sightings.items[number];
        if (sighting->rule->level < least || sighting->line != line || sighting->column != column ||
            !slice_equal(sighting->file, source->path))
            continue;
        sighting->is_failure |= stops_build(judge, diagnostic);
        if (!sighting->hint.length && diagnostic->hint.length)
            sighting_hint(judge, sighting, "%.*s", SLICE_ARGS(diagnostic->hint));
        return true;
    }
    return false;
}

static void take_diagnostics(struct judge *judge)
{
    struct diagnostics *diagnostics = &judge->build->diagnostics;
    const struct hash_index places = index_places(judge);
    for (size_t i = 0; i < diagnostics->count; i++) {
        const struct diagnostic *diagnostic = &diagnostics->items[i];
        if (diagnostic->severity == SEVERITY_NOTICE || is_already_reported(judge, &places, diagnostic))
            continue;
        const char *id = diagnostic->about                        ? diagnostic->about
                         : diagnostic->severity == SEVERITY_ERROR ? "build-failed"
                                                                  : "build-warning";
        bool stops = stops_build(judge, diagnostic);
        judge->rule = rule_find(slice_from(id));
        judge->visit = judge_visit_of(judge, diagnostic->position.file);
        if (stops && !is_wanted(judge, file_at(judge, diagnostic->position)))
            judge->rule = &build_failed_rule;
        struct sighting *sighting = judge_find(judge, diagnostic->position, "%.*s", SLICE_ARGS(diagnostic->message));
        if (sighting)
            sighting->is_failure = stops;
        if (diagnostic->hint.length)
            sighting_hint(judge, sighting, "%.*s", SLICE_ARGS(diagnostic->hint));
    }
    if (judge->built || !diagnostics_is_full(diagnostics) || !judge->visits.count)
        return;
    judge->rule = &build_failed_rule;
    struct sighting *sighting = judge_find_file(judge, judge->visits.items[0].file,
                                                "the build stopped after %zu errors, so there may be more",
                                                diagnostics->error_count);
    sighting_hint(judge, sighting, "correct the other errors, and run the check again");
    if (sighting)
        sighting->is_failure = true;
}

static void note_files(struct judge *judge)
{
    for (uint32_t i = 0; i < judge->build->sources.count; i++) {
        const struct source *source = judge->build->sources.items[i];
        // A source without a path was read only to search for a hint.
        bool is_local = source->path.length && slice_find(source->path, slice_literal("://")) == SLICE_NOT_FOUND;
        if (source->outer || !is_local)
            continue;
        check_note_file(judge->check, source->path, judge->built, source->secret);
        // Files that generators read are data, so their content stays hidden.
        if (!source->hidden)
            check_note_comments(judge->check, source->path, source->content);
    }
}

static void keep_objects(struct judge *judge)
{
    const struct resource_map *resources = &judge->build->resources;
    judge->built_objects = arena_array(&judge->arena, struct judged_object, resources->count + 1);
    for (size_t i = 0; i < resources->count; i++) {
        const struct resource_id *id = &resources->items[i]->id;
        judge->built_objects[i].kind = arena_copy(&judge->arena, id->gvk.kind->text);
        judge->built_objects[i].name = arena_copy(&judge->arena, id->name->text);
        judge->built_objects[i].namespace = arena_copy(&judge->arena, id->namespace->text);
    }
}

void judge_end(struct judge *judge, bool built)
{
    judge->built = built;
    judge->object_count = built ? judge->build->resources.count : 0;
    if (built && judge->check->keeps_objects)
        keep_objects(judge);
    if (built)
        judge_stream(judge);
    else
        judge_failure(judge);
    take_diagnostics(judge);
    if (built)
        annotations_judge(judge);
    note_files(judge);
    for (size_t i = 0; i < judge->visits.count; i++)
        judge->visits.items[i].files = NULL;
    judge->objects = NULL;
    arena_free(&judge->scratch);
    judge->build = NULL;
}
