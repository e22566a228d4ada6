#include "merge/patch_entry.h"

#include "base/utf8.h"
#include "load/path.h"

bool patch_hint_path(struct diagnostics *diagnostics, const struct node *found, bool is_item)
{
    (void)is_item;
    if (found->style == STYLE_FLOW)
        return false;
    diagnose_hint(diagnostics,
                  "name the file of the patch, or write `patch: |-` instead, with the patch indented below it");
    return true;
}

bool patch_hint_text(struct diagnostics *diagnostics, const struct node *found, bool is_item)
{
    (void)is_item;
    if (found->style == STYLE_FLOW)
        return false;
    diagnose_hint(diagnostics, "write `patch: |-`, and keep the lines below it, indented further than `patch:`");
    return true;
}

// A field of the patch in the column of `patch:`.
bool patch_hint_unknown(struct diagnostics *diagnostics, const struct node *map, const struct map_entry *unknown)
{
    static const char *const of_objects[] = {"apiVersion", "kind", "metadata", "spec", "data", NULL};
    if (!slice_is_one_of(unknown->key->text, of_objects))
        return false;
    const struct map_entry *patch = node_map_find_text(map, slice_literal("patch"));
    if (patch)
        diagnose_hint(diagnostics, "indent the lines of the patch further than `patch:` on line %u",
                      sources_line_in_file(diagnostics->sources, key_position(map, patch)));
    return patch != NULL;
}

// --- A patch instead of a path, and a path instead of a patch.

static bool looks_like_patch(struct slice text)
{
    text = text_trim_space(text);
    return slice_find_byte(text, '\n') != SLICE_NOT_FOUND || slice_starts_with(text, slice_literal("{")) ||
           slice_starts_with(text, slice_literal("[")) || slice_starts_with(text, slice_literal("- ")) ||
           slice_find(text, slice_literal(": ")) != SLICE_NOT_FOUND;
}

static const struct source *read_file(struct transform_context *context, struct text path)
{
    struct diagnostics *diagnostics = context->diagnostics;
    size_t mark = diagnostics->count;
    const struct source *source = file_loader_read(context->files, path);
    if (source || diagnostics->count == mark || !looks_like_patch(path.slice) ||
        diagnostics_has_limit(diagnostics, mark))
        return source;
    struct slice phrase = diagnostics->items[diagnostics->count - 1].phrase;
    diagnostics_forget(diagnostics, mark);
    diagnose(diagnostics, path.position, "expected the name of a file for 'path', found a patch");
    bool has_lines = slice_find_byte(text_trim_space(path.slice), '\n') != SLICE_NOT_FOUND;
    diagnose_hint(diagnostics, "write `patch:%s` instead of `path:`", has_lines ? " |-" : "");
    diagnostics->items[diagnostics->count - 1].phrase = phrase;
    return NULL;
}

const struct source *patch_read_text(struct transform_context *context, struct position entry, struct text path,
                                     struct text patch)
{
    struct diagnostics *diagnostics = context->diagnostics;
    if (patch.slice.length && path.slice.length) {
        diagnose(diagnostics, path.position, "the entry has both 'patch' and 'path'");
        diagnose_hint(diagnostics, "keep one: `patch` holds the patch itself, `path` names its file");
        return NULL;
    }
    if (patch.slice.length)
        return file_loader_inline(context->files, patch.slice, patch.position);
    if (path.slice.length)
        return read_file(context, path);
    diagnose(diagnostics, entry, "the entry has neither 'patch' nor 'path'");
    diagnose_hint(diagnostics, "add `path:` with the file of the patch, or `patch: |-` with the patch itself");
    diagnose_cause(diagnostics, CAUSE_INCOMPLETE_ENTRY);
    return NULL;
}

void patch_suggest_path(struct transform_context *context, struct text patch)
{
    struct slice text = text_trim_space(patch.slice);
    if (!text.length || looks_like_patch(text))
        return;
    if (path_is_manifest(text) || file_loader_exists(context->files, text))
        diagnose_hint(context->diagnostics, "write `path: %.*s`: `path` names a file, `patch` holds the patch itself",
                      SLICE_ARGS(text));
}
