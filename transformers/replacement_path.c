// transformers/replacement_path.c
//
// Explains field paths of replacements that lead to nothing.
#include "transformers/replacement.h"

#include "transform/resource_typo.h"
#include "yaml/inline_text.h"
#include "yaml/read.h"

// Field paths of targets lead into strings that contain YAML or JSON.
static const struct node *open_text(void *state, const struct node *scalar)
{
    struct transform_context *context = state;
    struct read_context read = transform_read_context(context);
    size_t mark = context->diagnostics->count;
    const struct source *source = file_loader_inline(context->files, node_text(scalar), (struct position){0});
    struct node *document = NULL;
    if (!yaml_read_first(&read, source, &document))
        document = NULL;
    diagnostics_forget(context->diagnostics, mark);
    return document;
}

struct path_misfit replacement_find_misfit(struct transform_context *context, const struct field_path *path,
                                           bool is_target, const struct node *root)
{
    struct path_parts parts = path_parts_of_field(context->arena, path);
    parts.names = context->names;
    parts.is_single = !is_target;
    parts.open = is_target ? open_text : NULL;
    parts.state = context;
    struct path_misfit misfit = path_misfit_find(context->arena, &parts, root);
    resource_correct_misfit(context->resources, root, &parts, &misfit);
    return misfit;
}

struct slice replacement_misfit_hint(struct transform_context *context, const struct field_path *path,
                                     const struct path_misfit *misfit, const struct node *root)
{
    const struct path_parts parts = path_parts_of_field(context->arena, path);
    return resource_path_hint(context->resources, root, &parts, misfit);
}

bool replacement_refuses_key(struct transform_context *context, const struct field_path *path,
                             const struct path_misfit *misfit, const struct node *root)
{
    const struct path_parts parts = path_parts_of_field(context->arena, path);
    return !misfit->is_in_text && resource_refuses_key(root, &parts, misfit->part);
}

bool replacement_refuses_path(struct transform_context *context, const struct field_path *path, size_t first,
                              const struct node *root, struct slice *near)
{
    const struct path_parts parts = path_parts_of_field(context->arena, path);
    return resource_refuses_path(context->resources, root, &parts, first, near);
}

struct position replacement_misfit_position(struct transform_context *context, struct text path,
                                            const struct path_misfit *misfit)
{
    return inline_text_position(context->diagnostics->sources, context->arena, path.slice, path.position,
                                misfit->start);
}
