#include "check/alias_places.h"

#include "yaml/alias_uses.h"

static const struct alias_uses *uses_of(struct judge *judge, const struct source *source)
{
    uint32_t number;
    struct hash_cursor at = hash_index_find(&judge->aliases_by_file, source->file);
    if (hash_cursor_next(&at, &number))
        return judge->aliases.items[number];
    struct sources sources = {.arena = &judge->scratch};
    struct diagnostics ignored;
    diagnostics_init(&ignored, &judge->scratch, &sources);
    struct read_context read = {&judge->scratch, &judge->build->name_cache, &ignored};
    struct alias_uses *uses = alias_uses_read(&read, source);
    hash_index_add(&judge->scratch, &judge->aliases_by_file, source->file, (uint32_t)judge->aliases.count);
    list_append(&judge->scratch, &judge->aliases, uses);
    return uses;
}

// Splits "spec.containers[0].tty". Keys with dots are split, too, but only the last steps have to match.
static size_t split(struct slice field, struct alias_step *steps, size_t most)
{
    size_t count = 0;
    for (size_t at = 0; at < field.length && count < most;) {
        bool is_item = field.data[at] == '[';
        size_t start = at + is_item, end = start;
        while (end < field.length && !strchr(is_item ? "]" : ".[", field.data[end]))
            end++;
        steps[count++] = (struct alias_step){slice_part(field, start, end), is_item};
        at = end + is_item;
        if (at < field.length && field.data[at] == '.')
            at++;
    }
    return count;
}

struct position judge_alias(struct judge *judge, struct position text, struct slice field)
{
    enum { STEPS_MAX = 128 };
    struct alias_step steps[STEPS_MAX];
    const struct source *source = judge->build ? sources_get(&judge->build->sources, text.file) : NULL;
    if (!source || !text.line)
        return (struct position){0};
    size_t count = split(field, steps, STEPS_MAX);
    const struct alias_uses *uses = uses_of(judge, source);
    struct position found = alias_uses_find(uses, text, steps, count);
    // A missing field is reported at the map that lacks it.
    return found.line || !count ? found : alias_uses_find(uses, text, steps, count - 1);
}
