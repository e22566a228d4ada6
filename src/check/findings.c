#include "check/findings.h"

#include <sodium.h>
#include <stdlib.h>

#include "base/recovery.h"
#include "base/text_set.h"
#include "check/baseline.h"
#include "check/schemas.h"
#include "check/selections.h"
#include "load/path.h"

// --- A run.

struct check *check_new(const struct levels *levels, const struct file_system *files, const struct slice *root_paths,
                        size_t count)
{
    struct check *check = piece_new(sizeof *check);
    check->levels = levels;
    check->files = files;
    check->root_count = count;
    check->root_paths = root_paths;
    if (levels->config && levels->config->check)
        check->used_ignores = arena_array(&check->arena, bool, levels->config->check->ignore.count + 1);
    check->judges = arena_array(&check->arena, struct judge *, count + 1);
    pthread_mutex_init(&check->lock, NULL);
    if (!files->current_directory(files->state, &check->arena, &check->current))
        check->current = slice_literal("/");
    struct slice repository = file_system_repository(files, check->current);
    check->top = repository.length ? repository : check->current;
    return check;
}

bool check_path_below_top(const struct check *check, struct arena *arena, struct slice file, struct slice *path)
{
    if (slice_find(file, slice_literal("://")) != SLICE_NOT_FOUND) {
        *path = file;
        return false;
    }
    *path = path_clean(arena, path_join(arena, check->current, file));
    if (!path_is_within(*path, check->top))
        return false;
    *path = path_relative(arena, check->top, *path);
    return true;
}

static void free_judge(struct judge *judge)
{
    if (!judge)
        return;
    arena_free(&judge->scratch);
    arena_free(&judge->arena);
    piece_free(judge);
}

void check_free(struct check *check)
{
    for (size_t i = 0; i <= check->root_count; i++)
        free_judge(check->judges[i]);
    schemas_free(check->schemas);
    pthread_mutex_destroy(&check->lock);
    arena_free(&check->arena);
    piece_free(check);
}

bool check_has_built(const struct check *check, size_t root)
{
    return check->judges[root] && check->judges[root]->built;
}

static struct checked_file *find_file(const struct check *check, struct slice path)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&check->read_by_path, slice_hash(path));
         hash_cursor_next(&at, &number);)
        if (slice_equal(check->read.items[number].path, path))
            return &check->read.items[number];
    return NULL;
}

struct checked_file *check_file(const struct check *check, struct slice path)
{
    return find_file(check, path);
}

static struct checked_file *note_file(struct check *check, struct slice path)
{
    struct checked_file *known = find_file(check, path), file = {.path = arena_copy(&check->arena, path)};
    if (known)
        return known;
    hash_index_add(&check->arena, &check->read_by_path, slice_hash(path), (uint32_t)check->read.count);
    list_append(&check->arena, &check->read, file);
    return &check->read.items[check->read.count - 1];
}

void check_note_file(struct check *check, struct slice path, bool built, bool is_secret)
{
    pthread_mutex_lock(&check->lock);
    struct checked_file *file = note_file(check, path);
    file->is_read = true;
    file->is_doubtful |= !built;
    file->is_secret |= is_secret;
    pthread_mutex_unlock(&check->lock);
}

void check_note_comments(struct check *check, struct slice path, struct slice content)
{
    pthread_mutex_lock(&check->lock);
    struct checked_file *file = note_file(check, path);
    if (!file->has_comments)
        suppressions_read(&check->arena, content, &file->suppressions);
    file->has_comments = true;
    pthread_mutex_unlock(&check->lock);
}

bool check_take_kustomization(struct check *check, struct slice path, bool is_root)
{
    uint64_t hash = hash_combine(slice_hash(path), is_root);
    uint32_t number;
    bool taken = false;
    pthread_mutex_lock(&check->lock);
    for (struct hash_cursor at = hash_index_find(&check->judged, hash); hash_cursor_next(&at, &number);)
        taken = taken || slice_equal(check->judged_files.items[number], path);
    if (!taken) {
        hash_index_add(&check->arena, &check->judged, hash, (uint32_t)check->judged_files.count);
        list_append(&check->arena, &check->judged_files, arena_copy(&check->arena, path));
    }
    pthread_mutex_unlock(&check->lock);
    return !taken;
}

// --- Joining findings.

struct group {
    const struct sighting *sighting;  // of the first root that has one
    const struct judge *judge;
    bool fits, fails;
    struct {
        size_t *items;
        size_t count, capacity;
    } roots;
};

struct groups {
    struct check *check;
    struct group *items;
    size_t count, capacity;
    struct hash_index by_key;
    struct hash_index visits;  // hash of a kustomization and whether it is the root → number in `visited`
    struct {
        struct visited {
            struct slice file;
            bool is_root;
            size_t root;
        } * items;
        size_t count, capacity;
    } visited;
    struct text_set doubtful;  // kustomizations of roots that don't build
};

static bool is_about_object(const struct sighting *sighting)
{
    return sighting->rule->group == RULE_OBJECT;
}

static uint64_t key_of(const struct sighting *sighting)
{
    if (sighting->identity.length)
        return slice_hash_pair(sighting->identity, slice_from(sighting->rule->id));
    uint64_t hash = slice_hash_pair(sighting->file, slice_from(sighting->rule->id));
    if (is_about_object(sighting))
        hash = hash_combine(hash, slice_hash(sighting->key_line ? sighting->field : sighting->message));
    return hash_combine(hash, (uint64_t)sighting->key_line << 32 | sighting->key_column);
}

// Without a place, findings differ by object or message.
static bool is_same(const struct sighting *a, const struct sighting *b)
{
    if (a->identity.length || b->identity.length)
        return a->rule == b->rule && slice_equal(a->identity, b->identity);
    return a->rule == b->rule && a->key_line == b->key_line && a->key_column == b->key_column &&
           slice_equal(a->file, b->file) && slice_equal(a->output, b->output) &&
           (!is_about_object(a) || slice_equal(a->field, b->field)) &&
           (a->key_line || a->fits || b->fits || slice_equal(a->message, b->message));
}

static struct group *find_group(struct groups *groups, const struct sighting *sighting, const struct judge *judge)
{
    uint64_t hash = key_of(sighting);
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&groups->by_key, hash); hash_cursor_next(&at, &number);)
        if (is_same(groups->items[number].sighting, sighting))
            return &groups->items[number];
    struct group group = {.sighting = sighting, .judge = judge};
    hash_index_add(&groups->check->arena, &groups->by_key, hash, (uint32_t)groups->count);
    list_append(&groups->check->arena, groups, group);
    return &groups->items[groups->count - 1];
}

static void add_root(struct groups *groups, struct group *group, size_t root)
{
    if (root != SIZE_MAX && (!group->roots.count || group->roots.items[group->roots.count - 1] != root))
        list_append(&groups->check->arena, &group->roots, root);
}

static void note_visits(struct groups *groups)
{
    struct check *check = groups->check;
    for (size_t i = 0; i < check->root_count; i++)
        for (size_t k = 0; check->judges[i] && k < check->judges[i]->visits.count; k++) {
            struct visited visited = {check->judges[i]->visits.items[k].file, k == 0, i};
            hash_index_add(&check->arena, &groups->visits, slice_hash(visited.file), (uint32_t)groups->visited.count);
            list_append(&check->arena, &groups->visited, visited);
        }
}

// A mistake in a kustomization file affects every root that builds it.
static void add_visitors(struct groups *groups, struct group *group)
{
    const struct judge *judge = group->judge;
    struct slice file = judge->visits.items[group->sighting->visit].file;
    bool is_root = group->sighting->visit == 0;
    uint32_t number;
    if (!groups->visited.count)
        note_visits(groups);
    group->roots.count = 0;
    for (struct hash_cursor at = hash_index_find(&groups->visits, slice_hash(file)); hash_cursor_next(&at, &number);) {
        const struct visited *visited = &groups->visited.items[number];
        if (visited->is_root == is_root && slice_equal(visited->file, file))
            add_root(groups, group, visited->root);
    }
}

// What the roots offer each other, collected on first use.
struct offers {
    struct check *check;
    bool is_collected;
    struct text_set texts;
    struct selections selections;
};

static void collect_of(struct offers *offers, const struct judge *judge)
{
    struct arena *arena = &offers->check->arena;
    for (size_t i = 0; i < judge->offers.count; i++)
        text_set_add(arena, &offers->texts, judge->offers.items[i]);
    for (size_t i = 0; i < judge->labels.count; i++)
        selections_add(&offers->selections, &judge->labels.items[i]);
}

static void collect_offers(struct offers *offers)
{
    struct check *check = offers->check;
    offers->is_collected = true;
    offers->selections.arena = &check->arena;
    for (size_t i = 0; i <= check->root_count; i++)
        if (check->judges[i])
            collect_of(offers, check->judges[i]);
}

// True if another root has what is missing here, or if no root has what makes it a mistake.
static bool is_answered(struct offers *offers, const struct sighting *sighting)
{
    if (!sighting->needs[0].length && !sighting->condition.length && !sighting->selects)
        return false;
    if (!offers->is_collected)
        collect_offers(offers);
    for (size_t i = 0; i < countof(sighting->needs); i++)
        if (sighting->needs[i].length && text_set_has(&offers->texts, sighting->needs[i]))
            return true;
    return (sighting->condition.length && !text_set_has(&offers->texts, sighting->condition)) ||
           selection_has_match(&offers->selections, sighting->selects);
}

// The kustomizations of roots that don't build.
static void note_doubtful(struct groups *groups)
{
    struct check *check = groups->check;
    for (size_t i = 0; i < check->root_count; i++) {
        const struct judge *judge = check->judges[i];
        for (size_t k = 0; judge && !judge->built && k < judge->visits.count; k++)
            text_set_add(&check->arena, &groups->doubtful, judge->visits.items[k].file);
    }
}

// The entry may match nothing only because the error that stopped the build left a resource out.
static bool is_consequence(const struct judge *judge, const struct sighting *sighting)
{
    return sighting->may_fit && !judge->built && !sighting->is_failure;
}

static void collect(struct groups *groups)
{
    struct check *check = groups->check;
    struct offers offers = {.check = check};
    note_doubtful(groups);
    for (size_t i = 0; i <= check->root_count; i++) {
        const struct judge *judge = check->judges[i];
        for (size_t k = 0; judge && k < judge->sightings.count; k++) {
            const struct sighting *sighting = &judge->sightings.items[k];
            if (is_answered(&offers, sighting) || is_consequence(judge, sighting))
                continue;
            struct group *group = find_group(groups, sighting, judge);
            group->fits |= sighting->fits;
            group->fails |= sighting->is_failure;
            if (group->sighting->fits && !sighting->fits) {
                group->sighting = sighting;
                group->judge = judge;
            }
            if (!sighting->fits)
                add_root(groups, group, judge->root);
        }
    }
    for (size_t i = 0; i < groups->count; i++)
        if (groups->items[i].sighting->is_of_file)
            add_visitors(groups, &groups->items[i]);
}

// --- Suppressed findings.

static bool pattern_matches(struct slice pattern, struct slice path)
{
    bool matches;
    return !pattern.length || (glob_match_path(pattern, path, &matches) && matches);
}

static bool is_ignored(struct check *check, const struct sighting *sighting)
{
    const struct levels *levels = check->levels;
    const struct check_config *config = levels->config ? levels->config->check : NULL;
    if (!config)
        return false;
    struct slice path = path_relative(&check->arena, levels->config_directory,
                                      path_join(&check->arena, check->current, sighting->file));
    for (size_t i = 0; i < config->ignore.count; i++) {
        const struct check_ignore *ignore = config->ignore.items[i];
        if (pattern_matches(ignore->path.slice, path) &&
            (!ignore->rule.slice.length || slice_equals(ignore->rule.slice, sighting->rule->id)) &&
            (!ignore->kind.slice.length ||
             (sighting->kind.length && pattern_matches(ignore->kind.slice, sighting->kind))))
            return check->used_ignores[i] = true;
    }
    return false;
}

static bool is_suppressed(struct check *check, const struct sighting *sighting)
{
    struct checked_file *file = check_file(check, sighting->file);
    bool suppressed = sighting->is_ignored;
    if (!file)
        return suppressed;
    suppressed |= suppressions_use(&file->suppressions, sighting->rule, sighting->line);
    if (!sighting->output.length)
        suppressed |= suppressions_use(&file->suppressions, sighting->rule, sighting->key_line);
    return suppressed;
}

// --- The text of each finding.

static void set_fingerprint(struct check *check, struct finding *finding)
{
    const struct sighting *sighting = finding->sighting;
    struct slice file;
    check_path_below_top(check, &check->arena, sighting->file, &file);
    const struct slice parts[] = {slice_from(finding->rule->id), file, sighting->kind, sighting->name, sighting->field,
                                  sighting->source_line};
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    for (size_t i = 0; i < countof(parts); i++) {
        if (parts[i].length)
            crypto_hash_sha256_update(&state, (const unsigned char *)parts[i].data, parts[i].length);
        crypto_hash_sha256_update(&state, (const unsigned char *)"", 1);
    }
    crypto_hash_sha256_final(&state, hash);
    sodium_bin2hex(finding->fingerprint, sizeof finding->fingerprint, hash, (sizeof finding->fingerprint - 1) / 2);
}

// The chain is that of the first root with the finding.
static void set_chain(struct check *check, struct finding *finding, const struct judge *judge)
{
    const struct sighting *sighting = finding->sighting;
    size_t visit = sighting->visit;
    if (visit >= judge->visits.count || !finding->root_count)
        return;
    struct slice file = judge->visits.items[visit].file;
    judge = check->judges[finding->roots[0]];
    visit = judge_visit_named(judge, file);
    if (visit == SIZE_MAX)
        return;
    size_t count = 0;
    for (size_t at = visit; at != SIZE_MAX; at = judge->visits.items[at].parent)
        count++;
    struct slice *chain = arena_array(&check->arena, struct slice, count);
    finding->chain_count = count;
    finding->chain = chain;
    for (size_t at = visit; at != SIZE_MAX; at = judge->visits.items[at].parent)
        chain[--count] = path_directory(judge->visits.items[at].file);
}

static int compare_findings(const void *left, const void *right)
{
    const struct finding *a = left, *b = right;
    if (a->level != b->level)
        return (int)b->level - (int)a->level;
    int files = slice_compare(a->sighting->file, b->sighting->file);
    if (files)
        return files;
    if (a->sighting->line != b->sighting->line)
        return a->sighting->line < b->sighting->line ? -1 : 1;
    if (a->sighting->column != b->sighting->column)
        return a->sighting->column < b->sighting->column ? -1 : 1;
    int names = slice_compare(slice_from(a->rule->id), slice_from(b->rule->id));
    return names ? names : slice_compare(a->sighting->message, b->sighting->message);
}

// The entry may match in a root that doesn't build.
static bool is_uncertain(const struct groups *groups, const struct group *group)
{
    const struct sighting *sighting = group->sighting;
    return sighting->may_fit && sighting->visit < group->judge->visits.count &&
           text_set_has(&groups->doubtful, group->judge->visits.items[sighting->visit].file);
}

// Adds to the hint why the level is lower than that of the rule, and what to do about that, if anything.
static const struct sighting *explain_level(struct check *check, const struct sighting *sighting, enum level level,
                                            const char *reason, const char *action)
{
    struct sighting *copy = arena_new(&check->arena, struct sighting);
    struct slice hint = sighting->hint;
    const char *only = level == LEVEL_NOTE ? "this is only a note" : "this is only a warning";
    const char *colon = *action ? ": " : "";
    *copy = *sighting;
    if (!hint.length)
        copy->hint = arena_format(&check->arena, "%s%s%s because %s", action, colon, only, reason);
    else if (slice_ends_with(hint, slice_literal("?")))
        copy->hint = arena_format(&check->arena, "%.*s T%s because %s%s%s", SLICE_ARGS(hint), only + 1, reason, colon,
                                  action);
    else
        copy->hint = arena_format(&check->arena, "%.*s; %s because %s%s%s", SLICE_ARGS(hint), only, reason, colon,
                                  action);
    return copy;
}

static bool is_in_component(const struct group *group)
{
    const struct judge *judge = group->judge;
    size_t visit = group->sighting->visit;
    return visit < judge->visits.count && judge->visits.items[visit].component;
}

// True if no root outside the run could use the kustomization of the finding. Always false for a component.
static bool has_all_users(struct check *check, const struct group *group)
{
    const struct sighting *sighting = group->sighting;
    struct slice path;
    if (!sighting->is_shared || !check->has_all_roots || sighting->visit >= group->judge->visits.count)
        return false;
    struct slice file = group->judge->visits.items[sighting->visit].file;
    if (is_in_component(group) || !check_path_below_top(check, &check->arena, file, &path))
        return false;
    if (!check->knows_roots)
        check->is_complete = check->has_all_roots(check->state);
    check->knows_roots = true;
    return check->is_complete;
}

// A lower level applies unless the user chose the level of the rule.
static void lower_level(const struct groups *groups, const struct group *group, struct finding *finding)
{
    struct check *check = groups->check;
    const struct sighting *sighting = group->sighting;
    if (check->levels->chosen[rule_number(sighting->rule)])
        return;
    bool is_lower = sighting->level && sighting->level < finding->level && !has_all_users(check, group);
    if (is_lower) {
        finding->level = sighting->level;
        if (sighting->is_shared && is_in_component(group))
            finding->sighting = explain_level(check, sighting, finding->level,
                                              "a component may be meant for other kustomizations", "");
        else if (sighting->is_shared)
            finding->sighting = explain_level(check, sighting, finding->level, "other roots may use this file",
                                              "run `kiln check --all`");
    } else if (finding->level == LEVEL_ERROR && is_uncertain(groups, group)) {
        finding->level = LEVEL_WARNING;
        bool has_hint = sighting->hint.length;
        const char *reason = has_hint ? "a root that uses this file does not build" : "that root uses this file";
        const char *action = has_hint ? "correct that root" : "correct the root that does not build";
        finding->sighting = explain_level(check, sighting, finding->level, reason, action);
    }
}

static void add_finding(const struct groups *groups, const struct group *group, struct finding_list *list)
{
    struct check *check = groups->check;
    const struct sighting *sighting = group->sighting;
    size_t number = rule_number(sighting->rule);
    const struct levels *levels = check->levels;
    struct finding finding = {
        .rule = sighting->rule,
        .level = levels->of_rule[number],
        .sighting = sighting,
        .roots = group->roots.items,
        .root_count = group->roots.count,
    };
    lower_level(groups, group, &finding);
    if (group->fails && finding.level == LEVEL_OFF)
        finding.level = LEVEL_ERROR;
    if (finding.level == LEVEL_OFF || (check->without_repository && sighting->rule->group == RULE_REPOSITORY))
        return;
    if (!group->fails && is_suppressed(check, sighting))
        finding.silence = FINDING_SUPPRESSED;
    else if (!group->fails && is_ignored(check, sighting))
        finding.silence = FINDING_IGNORED;
    finding.fails = group->fails;
    set_fingerprint(check, &finding);
    set_chain(check, &finding, group->judge);
    if (finding.silence == FINDING_SHOWN)
        list->of_level[finding.level]++;
    else
        list->suppressed++;
    list_append(&check->arena, list, finding);
}

// Turns the sightings from number `first` on into findings, one each.
static void add_findings_from(const struct groups *groups, const struct judge *judge, size_t first,
                              struct finding_list *list)
{
    for (size_t i = first; i < judge->sightings.count; i++)
        add_finding(groups, &(struct group){.sighting = &judge->sightings.items[i], .judge = judge}, list);
}

// --- Findings about comments, once it is known which comments were used.

static void add_about_comment(struct judge *judge, const struct checked_file *file,
                              const struct suppression *suppression)
{
    bool unknown = !suppression->rule;
    struct sighting *sighting;
    judge->rule = rule_find(unknown ? slice_literal("suppression-unknown") : slice_literal("suppression-unused"));
    if (unknown)
        sighting = judge_find_file(judge, file->path, "unknown rule '%.*s'", SLICE_ARGS(suppression->name));
    else
        sighting = judge_find_file(judge, file->path, "nothing to ignore: '%.*s' finds nothing here",
                                   SLICE_ARGS(suppression->name));
    struct slice nearest = unknown ? rule_nearest(suppression->name) : (struct slice){0};
    sighting_suggest(judge, sighting, nearest);
    if (!sighting)
        return;
    sighting->line = sighting->end_line = sighting->key_line = suppression->line;
    sighting->column = sighting->key_column = suppression->column;
    sighting->end_column = suppression->end_column;
}

// False if the rule is off or hasn't seen the file. Rules about the repository don't run for a single root.
static bool was_judged(const struct check *check, const struct checked_file *file,
                       const struct suppression *suppression)
{
    const struct rule *rule = suppression->rule;
    return !rule || (!file->is_doubtful && levels_have(check->levels, rule) && rule->group != RULE_REPOSITORY);
}

static void judge_comments(const struct groups *groups, struct judge *judge, struct finding_list *list)
{
    struct check *check = groups->check;
    size_t first = judge->sightings.count;
    for (size_t i = 0; i < check->read.count; i++) {
        const struct checked_file *file = &check->read.items[i];
        for (size_t k = 0; k < file->suppressions.count; k++)
            if (!file->suppressions.items[k].used && was_judged(check, file, &file->suppressions.items[k]))
                add_about_comment(judge, file, &file->suppressions.items[k]);
    }
    add_findings_from(groups, judge, first, list);
}

// An entry without a rule applies to all of them.
static bool was_checked(const struct check *check, const struct check_ignore *ignore)
{
    const struct rule *rule = rule_find(ignore->rule.slice);
    return rule ? levels_have(check->levels, rule) : !check->levels->is_chosen;
}

static bool all_are_built(const struct check *check)
{
    for (size_t i = 0; i < check->root_count; i++)
        if (!check_has_built(check, i))
            return false;
    return true;
}

// Only a run over the whole repository can tell that an entry is unused.
static void judge_ignores(const struct groups *groups, struct judge *judge, struct finding_list *list)
{
    struct check *check = groups->check;
    const struct config *config = check->levels->config;
    size_t first = judge->sightings.count;
    if (!config || !config->check || !check->is_everything || check->without_repository || !all_are_built(check))
        return;
    judge->rule = rule_find(slice_literal("suppression-unused"));
    for (size_t i = 0; i < config->check->ignore.count; i++) {
        const struct check_ignore *ignore = config->check->ignore.items[i];
        if (!check->used_ignores[i] && was_checked(check, ignore))
            judge_find(judge, ignore->position, "nothing to ignore: the entry matches no finding");
    }
    add_findings_from(groups, judge, first, list);
}

static void sort(struct finding_list *list)
{
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, compare_findings);
}

static void judge_baseline(const struct groups *groups, struct judge *judge, struct finding_list *list)
{
    struct check *check = groups->check;
    size_t first = judge->sightings.count;
    baseline_apply(check->baseline, list, FINDING_IN_BASELINE);
    baseline_find_stale(check, judge, check->baseline);
    add_findings_from(groups, judge, first, list);
}

void check_end(struct check *check, struct build *build, const struct repository_files *repository,
               struct finding_list *list)
{
    struct judge *judge = judge_new(check, SIZE_MAX, build);
    struct groups groups = {.check = check};
    check->judges[check->root_count] = judge;
    if (repository)
        judge_repository(judge, repository);
    schemas_end(judge);
    collect(&groups);
    for (size_t i = 0; i < groups.count; i++)
        if (!groups.items[i].fits)
            add_finding(&groups, &groups.items[i], list);
    judge_comments(&groups, judge, list);
    judge_ignores(&groups, judge, list);
    sort(list);
    if (check->baseline) {
        judge_baseline(&groups, judge, list);
        sort(list);
    }
    judge->build = NULL;
}
