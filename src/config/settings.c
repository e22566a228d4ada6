#include "config/settings.h"

#include "base/release.h"
#include "base/word_list.h"

// In the order of `enum name_hash`.
static const char *name_hash_text(int value)
{
    static const char *const texts[] = {"", "v3", "v4"};
    return texts[value];
}

static const char *compat_text(int value)
{
    return release_text((enum release)value);
}

const struct setting_row setting_rows[SETTING_COUNT] = {
    [SETTING_NAME_HASH] = {"nameHash", "--name-hash", "KILN_NAME_HASH", "kiln.dev/name-hash", 2, name_hash_text},
    [SETTING_COMPAT] = {"compat", "--compat", "KILN_COMPAT", "kiln.dev/compat", RELEASE_COUNT - 1, compat_text},
};

int setting_find(enum setting_id id, struct slice text)
{
    const struct setting_row *row = &setting_rows[id];
    for (int value = 1; value <= row->value_count; value++)
        if (slice_equals(text, row->value_text(value)))
            return value;
    return 0;
}

struct slice setting_choices(struct arena *arena, enum setting_id id)
{
    const struct setting_row *row = &setting_rows[id];
    size_t count = (size_t)row->value_count;
    struct slice *texts = arena_array(arena, struct slice, count);
    for (size_t i = 0; i < count; i++)
        texts[i] = slice_from(row->value_text((int)i + 1));
    return word_list(arena, texts, count, count, "or");
}
