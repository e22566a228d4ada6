#include "cfg/ignore.h"

#include "load/glob.h"

static size_t count_names(struct slice path)
{
    size_t count = 1;
    for (size_t i = 0; i < path.length; i++)
        count += path.data[i] == '/';
    return count;
}

static void add_pattern(struct arena *arena, struct ignore_list *list, struct slice line)
{
    struct slice text = slice_trim(line, "/");
    if (!text.length)
        return;
    struct ignore_pattern pattern = {
        .text = text,
        .depth = count_names(text),
        .from_top = line.data[0] == '/',
        .directory = line.data[line.length - 1] == '/',
    };
    for (size_t i = 0; i < text.length; i++)
        pattern.glob = pattern.glob || strchr("*?[", text.data[i]);
    list_append(arena, list, pattern);
}

void ignore_read(struct arena *arena, struct slice text, struct ignore *ignore)
{
    *ignore = (struct ignore){0};
    while (text.length) {
        struct slice line;
        slice_cut(text, '\n', &line, &text);
        if (line.length && line.data[line.length - 1] == '\r')
            line.length--;
        line = slice_trim(line, " ");
        if (!line.length || line.data[0] == '#')
            continue;
        if (slice_starts_with(line, slice_literal("\\#")))
            line = slice_from_index(line, 1);
        if (line.data[0] == '!')
            add_pattern(arena, &ignore->kept, slice_from_index(line, 1));
        else
            add_pattern(arena, &ignore->ignored, line);
    }
}

// The last `count` names of a path, or the whole path if there are fewer.
static struct slice last_names(struct slice path, size_t count)
{
    for (size_t i = path.length; i > 0; i--)
        if (path.data[i - 1] == '/' && --count == 0)
            return slice_from_index(path, i);
    return path;
}

static bool pattern_fits(const struct ignore_pattern *pattern, struct slice path, bool is_directory)
{
    size_t names = count_names(path);
    if ((pattern->directory && !is_directory) || pattern->depth > names)
        return false;
    if (pattern->from_top && pattern->depth != names)
        return false;
    struct slice part = last_names(path, pattern->depth);
    bool matches;
    return pattern->glob ? glob_match(pattern->text, part, &matches) && matches : slice_equal(pattern->text, part);
}

static bool any_fits(const struct ignore_list *list, struct slice path, bool is_directory)
{
    for (size_t i = 0; i < list->count; i++)
        if (pattern_fits(&list->items[i], path, is_directory))
            return true;
    return false;
}

bool ignore_matches(const struct ignore *ignore, struct slice path, bool is_directory)
{
    return !any_fits(&ignore->kept, path, is_directory) && any_fits(&ignore->ignored, path, is_directory);
}
