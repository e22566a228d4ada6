// compare/documents.c
//
// JSON and YAML documents inside strings, such as a file in a ConfigMap.
#include "compare/meaning.h"
#include "compare/walk.h"
#include "json/json.h"
#include "yaml/read.h"

enum { TEXT_MAX = 1 << 20 };

static char first_byte(struct slice text)
{
    text = slice_trim(text, " \t\r\n");
    return text.length ? text.data[0] : '\0';
}

static bool looks_like_json(struct slice text)
{
    char byte = first_byte(text);
    return byte == '{' || byte == '[';
}

// True for several lines with a key that are a single document.
static bool looks_like_yaml(struct slice text)
{
    return slice_find_byte(text, '\n') != SLICE_NOT_FOUND && slice_find_byte(text, ':') != SLICE_NOT_FOUND &&
           slice_find(text, slice_literal("\n---")) == SLICE_NOT_FOUND &&
           slice_find_byte(text, '\t') == SLICE_NOT_FOUND;
}

// NULL: the text holds no document, or only a scalar.
static struct node *read(const struct side *side, struct slice text, bool json)
{
    struct build *build = side->build;
    size_t mark = build->diagnostics.count;
    struct source source = {.content = text};
    struct read_context context = build_read_context(build);
    struct node *root = NULL;
    if (json)
        root = json_read(&build->arena, &build->name_cache, &source, &build->diagnostics);
    else if (!yaml_read_first_strict(&context, &source, &root))
        root = NULL;
    bool plain = build->diagnostics.count == mark;
    diagnostics_forget(&build->diagnostics, mark);
    return plain && root && root->kind != NODE_SCALAR ? root : NULL;
}

// Comments belong to no document, but whoever changed one wants to see it.
static bool has_same_comments(struct arena *arena, struct slice before, struct slice after)
{
    struct buffer texts[2] = {{0}, {0}};
    struct slice rests[] = {before, after};
    for (size_t i = 0; i < countof(texts); i++)
        while (rests[i].length) {
            struct slice line;
            slice_cut(rests[i], '\n', &line, &rests[i]);
            size_t hash = slice_find_byte(line, '#');
            if (hash != SLICE_NOT_FOUND && (!hash || line.data[hash - 1] == ' '))
                buffer_add_slice(&texts[i], slice_from_index(line, hash));
        }
    bool same = slice_equal(buffer_slice(&texts[0]), buffer_slice(&texts[1]));
    buffer_wipe(&texts[0]);
    buffer_wipe(&texts[1]);
    (void)arena;
    return same;
}

bool walk_documents(struct walk *walk, struct change *change, const struct node *before, const struct node *after)
{
    struct slice old = node_text(before), new = node_text(after);
    bool json = looks_like_json(old) && looks_like_json(new);
    if (old.length > TEXT_MAX || new.length > TEXT_MAX || (!json && !(looks_like_yaml(old) && looks_like_yaml(new))))
        return false;
    const struct node *first = read(walk->before, old, json), *second = first ? read(walk->after, new, json) : NULL;
    if (!second || first->kind != second->kind || (!json && !has_same_comments(walk->arena, old, new)))
        return false;
    struct walk inner = *walk;
    inner.outer = change->path;
    inner.outer_pointer = change->pointer;
    inner.outer_before = before;
    inner.outer_after = after;
    inner.changes = &change->nested;
    inner.steps.items = NULL;
    inner.steps.count = inner.steps.capacity = 0;
    walk_values(&inner, (struct schema_type){0}, first, second);
    return change->nested.count > 0;
}
