#include "config/config.h"

#include "load/glob.h"
#include "load/path.h"

struct document {
    struct position position;
    struct text settings[SETTING_COUNT];
    struct text_list roots, not_roots;
    struct decode_list root_flags;
    struct diff_config *diff;
    struct check_config *check;
};

static const struct decode_field root_flag_fields[] = {
    {"match", DECODE_TEXT, offsetof(struct root_flags, match), NULL},
    {"enableHelm", DECODE_BOOL, offsetof(struct root_flags, enable_helm), NULL},
    {"loadRestrictor", DECODE_TEXT, offsetof(struct root_flags, load_restrictor), NULL},
    {"helmKubeVersion", DECODE_TEXT, offsetof(struct root_flags, helm_kube_version), NULL},
    {"helmApiVersions", DECODE_TEXT_LIST, offsetof(struct root_flags, helm_api_versions), NULL},
};
static const struct decode_type root_flags_type = DECODE_TYPE("rootFlags entry", struct root_flags, root_flag_fields);

static const struct decode_field diff_fields[] = {
    {"mask", DECODE_TEXT_LIST, offsetof(struct diff_config, mask), NULL},
};
static const struct decode_type diff_type = DECODE_TYPE("diff", struct diff_config, diff_fields);

static const struct decode_field ignore_fields[] = {
    {"path", DECODE_TEXT, offsetof(struct check_ignore, path), NULL},
    {"rule", DECODE_TEXT, offsetof(struct check_ignore, rule), NULL},
    {"kind", DECODE_TEXT, offsetof(struct check_ignore, kind), NULL},
};
static const struct decode_type ignore_type = DECODE_TYPE("ignore entry", struct check_ignore, ignore_fields);

static const struct decode_field check_fields[] = {
    {"failOn", DECODE_TEXT, offsetof(struct check_config, fail_on), NULL},
    {"rules", DECODE_TEXT_MAP, offsetof(struct check_config, rules), NULL},
    {"baseline", DECODE_TEXT, offsetof(struct check_config, baseline), NULL},
    {"ignore", DECODE_LIST, offsetof(struct check_config, ignore), &ignore_type},
    {"external", DECODE_TEXT_LIST, offsetof(struct check_config, external), NULL},
    {"kubeVersion", DECODE_TEXT, offsetof(struct check_config, kube_version), NULL},
    {"schemas", DECODE_TEXT_LIST, offsetof(struct check_config, schemas), NULL},
};
static const struct decode_type check_type = DECODE_TYPE("check", struct check_config, check_fields);

#define SETTING(name, id)                                                                                              \
    {                                                                                                                  \
        name, DECODE_TEXT, offsetof(struct document, settings[id]), NULL                                               \
    }
static const struct decode_field fields[] = {
    SETTING("nameHash", SETTING_NAME_HASH),
    SETTING("compat", SETTING_COMPAT),
    {"roots", DECODE_TEXT_LIST, offsetof(struct document, roots), NULL},
    {"notRoots", DECODE_TEXT_LIST, offsetof(struct document, not_roots), NULL},
    {"rootFlags", DECODE_LIST, offsetof(struct document, root_flags), &root_flags_type},
    {"check", DECODE_STRUCT, offsetof(struct document, check), &check_type},
    {"diff", DECODE_STRUCT, offsetof(struct document, diff), &diff_type},
};
const struct decode_type config_type = DECODE_TYPE(CONFIG_FILE_NAME, struct document, fields);

static bool has_file(const struct file_system *files, struct slice repository)
{
    _Alignas(16) char room[512] = {0};
    struct arena scratch = arena_over(room, sizeof room);
    bool has = files->kind(files->state, path_join(&scratch, repository, slice_literal(CONFIG_FILE_NAME))) !=
               FILE_MISSING;
    arena_free(&scratch);
    return has;
}

bool config_find(const struct file_system *files, struct arena *arena, struct slice directory, struct slice *repository,
                 struct slice *path)
{
    struct slice found = file_system_repository(files, directory);
    if (!found.length || !has_file(files, found))
        return false;
    *repository = arena_copy(arena, found);
    *path = path_join(arena, found, slice_literal(CONFIG_FILE_NAME));
    return true;
}

static bool take_settings(struct read_context *read, const struct document *document, struct config *config)
{
    for (int id = 0; id < SETTING_COUNT; id++) {
        const struct text *text = &document->settings[id];
        if (!text->position.line)
            continue;
        int value = setting_find((enum setting_id)id, text->slice);
        if (!value) {
            struct slice choices = setting_choices(read->arena, (enum setting_id)id);
            return diagnose(read->diagnostics, text->position, "%s must be %.*s, not '%.*s'", setting_rows[id].field,
                            SLICE_ARGS(choices), SLICE_ARGS(text->slice));
        }
        config->settings[id] = (struct setting){value, SETTING_BY_FILE, text->position};
    }
    return true;
}

static struct slice without_exclamation(struct slice pattern)
{
    return slice_starts_with(pattern, slice_literal("!")) ? slice_from_index(pattern, 1) : pattern;
}

static bool check_pattern(struct read_context *read, const struct text *text)
{
    bool ignored;
    struct slice pattern = without_exclamation(text->slice);
    if (pattern.length && glob_match_path(pattern, slice_literal("a"), &ignored))
        return true;
    return diagnose(read->diagnostics, text->position, "invalid pattern '%.*s'", SLICE_ARGS(text->slice));
}

static bool take_roots(struct read_context *read, const struct document *document, struct config *config)
{
    config->diff = document->diff;
    config->roots = document->roots;
    config->not_roots = document->not_roots;
    for (size_t i = 0; i < config->roots.count; i++)
        if (!check_pattern(read, &config->roots.items[i]))
            return false;
    for (size_t i = 0; i < config->not_roots.count; i++)
        if (!check_pattern(read, &config->not_roots.items[i]))
            return false;
    for (size_t i = 0; i < document->root_flags.count; i++) {
        struct root_flags *flags = document->root_flags.items[i];
        struct slice restrictor = flags->load_restrictor.slice;
        if (!flags->match.slice.length)
            return diagnose(read->diagnostics, flags->position, "an entry of rootFlags requires 'match'");
        if (!check_pattern(read, &flags->match))
            return false;
        if (restrictor.length && !slice_equals(restrictor, "LoadRestrictionsNone") &&
            !slice_equals(restrictor, "LoadRestrictionsRootOnly"))
            return diagnose(read->diagnostics, flags->load_restrictor.position,
                            "loadRestrictor must be LoadRestrictionsRootOnly or LoadRestrictionsNone, not '%.*s'",
                            SLICE_ARGS(restrictor));
        list_append(read->arena, &config->root_flags, flags);
    }
    return true;
}

static bool take_check(struct read_context *read, const struct document *document, struct config *config)
{
    config->check = document->check;
    for (size_t i = 0; config->check && i < config->check->ignore.count; i++) {
        const struct check_ignore *ignore = config->check->ignore.items[i];
        if (!ignore->path.slice.length && !ignore->rule.slice.length && !ignore->kind.slice.length)
            return diagnose(read->diagnostics, ignore->position,
                            "an entry of check.ignore requires 'path', 'rule', or 'kind'");
        if ((ignore->path.slice.length && !check_pattern(read, &ignore->path)) ||
            (ignore->kind.slice.length && !check_pattern(read, &ignore->kind)))
            return false;
    }
    for (size_t i = 0; config->check && i < config->check->external.count; i++) {
        const struct text *external = &config->check->external.items[i];
        if (slice_find_byte(external->slice, '/') == SLICE_NOT_FOUND)
            return diagnose(read->diagnostics, external->position,
                            "an entry of check.external must be KIND/NAME, not '%.*s'", SLICE_ARGS(external->slice));
        if (!check_pattern(read, external))
            return false;
    }
    return true;
}

bool config_is_root(const struct config *config, struct slice path, bool otherwise)
{
    bool is_root = otherwise, matches;
    for (size_t i = 0; i < config->roots.count; i++) {
        struct slice pattern = config->roots.items[i].slice, bare = without_exclamation(pattern);
        if (glob_match_path(bare, path, &matches) && matches)
            is_root = bare.length == pattern.length;
    }
    for (size_t i = 0; i < config->not_roots.count; i++)
        if (glob_match_path(without_exclamation(config->not_roots.items[i].slice), path, &matches) && matches)
            is_root = false;
    return is_root;
}

static struct config *decode(struct read_context *read, const struct source *source)
{
    struct config *config = arena_new(read->arena, struct config);
    *config = (struct config){.position = source_position(source, 0, 0)};
    struct node *root;
    if (!yaml_read_first_strict(read, source, &root))
        return NULL;
    if (!root)
        return config;
    const struct document *document = decode_strict(read->arena, read->diagnostics, &config_type, root);
    return document && take_settings(read, document, config) && take_roots(read, document, config) &&
                   take_check(read, document, config)
               ? config
               : NULL;
}

struct config *config_read(struct read_context *read, struct sources *sources, const struct file_system *files,
                           struct slice path, struct slice within)
{
    struct slice shown = path_shown(read->arena, files, path), resolved, content, reason;
    bool found = files->resolve(files->state, read->arena, path, &resolved, &reason);
    if (found && within.length && !path_is_within(resolved, within)) {
        diagnose(read->diagnostics, (struct position){0}, "'%.*s' is outside its repository", SLICE_ARGS(shown));
        return NULL;
    }
    if (!found || !files->read(files->state, read->arena, resolved, &content, &reason)) {
        diagnose(read->diagnostics, (struct position){0}, "cannot read '%.*s': %.*s", SLICE_ARGS(shown),
                 SLICE_ARGS(reason));
        return NULL;
    }
    return decode(read, sources_add(sources, shown, content));
}
