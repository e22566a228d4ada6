#include "cli/masks.h"

#include "compare/ignore.h"
#include "repository/roots.h"

bool masks_check(struct diagnostics *diagnostics, struct position position, const char *where, struct slice text)
{
    struct slice kind, name, field;
    if (mask_parse(text, &kind, &name, &field))
        return true;
    diagnose(diagnostics, position, "invalid value '%.*s' for %s: expected KIND/NAME/FIELD", SLICE_ARGS(text), where);
    diagnose_hint(diagnostics, "write it like 'ConfigMap/*/data.*token*'");
    return false;
}

static bool is_known(const struct text_values *masks, struct slice text)
{
    for (size_t i = 0; i < masks->count; i++)
        if (slice_equal(masks->items[i], text))
            return true;
    return false;
}

bool masks_read(struct build *build, const struct build_settings *settings, const struct file_system *files,
                struct slice directory, struct arena *arena, struct text_values *masks)
{
    const struct config *config;
    struct slice ignored;
    if (!roots_config(build, files, directory, slice_from(settings->config), settings->no_config, &config, &ignored))
        return false;
    const struct text_list *own = config && config->diff ? &config->diff->mask : NULL;
    for (size_t i = 0; own && i < own->count; i++) {
        if (!masks_check(&build->diagnostics, own->items[i].position, "diff.mask", own->items[i].slice))
            return false;
        if (!is_known(masks, own->items[i].slice))
            list_append(arena, masks, arena_copy(arena, own->items[i].slice));
    }
    return true;
}

struct slice masks_directory(struct slice operand)
{
    return file_system_posix.kind(NULL, operand) == FILE_DIRECTORY ? operand : slice_literal(".");
}
