#include "compare/trace_mask.h"

#include <sodium.h>

#include "compare/trace_field.h"

static struct slice cover(struct arena *arena, struct slice text)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, (const unsigned char *)text.data, text.length);
    return arena_format(arena, "*** (%zu byte%s, sha256 %02x%02x%02x%02x)", text.length, text.length == 1 ? "" : "s",
                        digest[0], digest[1], digest[2], digest[3]);
}

struct masking trace_masking(struct build *build, const struct resource *object, const struct compare_options *options)
{
    return (struct masking){
        .arena = &build->arena,
        .options = options,
        .object = object,
        .sources = &build->sources,
        .cover = cover,
    };
}

// The path as in differences, which is the form that masks use.
static struct slice path_of(const struct masking *masking, const struct trace_field *field)
{
    struct arena_text path = {0};
    for (size_t i = 0; i < field->count && masking->options->masked_count; i++) {
        bool inside = field->marker && i == field->inside, brackets = field->items[i].brackets;
        arena_text_add(masking->arena, &path, slice_from(inside ? " → " : ""));
        arena_text_add(masking->arena, &path, slice_from(brackets ? "[" : i && !inside ? "." : ""));
        arena_text_add(masking->arena, &path, field->items[i].text);
        arena_text_add(masking->arena, &path, slice_from(brackets ? "]" : ""));
    }
    return path.slice;
}

const struct node *trace_masked(const struct masking *masking, struct slice path, const struct node *node)
{
    struct trace_field field = {0};
    struct slice problem;
    if (!node || masking->options->show_secrets)
        return node;
    if (path.length)
        trace_field_parse(masking->arena, path, &field, &problem);
    struct walk_step *steps = arena_array(masking->arena, struct walk_step, field.count);
    for (size_t i = 0; i < field.count; i++)
        steps[i] = (struct walk_step){.kind = field.items[i].brackets ? STEP_ITEM : STEP_FIELD,
                                      .text = field.items[i].text};
    return mask_value(masking, steps, field.count, path_of(masking, &field), node);
}
