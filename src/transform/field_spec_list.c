#include "transform/field_spec_list.h"

#include "transform/matches.h"

static const struct decode_field field_spec_entry_fields[] = {
    {"group", DECODE_TEXT, offsetof(struct field_spec_entry, group), NULL},
    {"version", DECODE_TEXT, offsetof(struct field_spec_entry, version), NULL},
    {"kind", DECODE_TEXT, offsetof(struct field_spec_entry, kind), NULL},
    {"path", DECODE_STEPS, offsetof(struct field_spec_entry, path), NULL},
    {"create", DECODE_BOOL, offsetof(struct field_spec_entry, create), NULL},
};
const struct decode_type field_spec_entry_type = DECODE_TYPE("field spec", struct field_spec_entry,
                                                             field_spec_entry_fields);

struct field_specs *field_specs_from_entries(struct transform_context *context,
                                             const struct field_spec_entries *entries)
{
    struct field_specs *specs = arena_new(context->arena, struct field_specs);
    for (size_t i = 0; i < entries->count; i++) {
        const struct field_spec_entry *entry = entries->items[i];
        struct field_spec spec = field_spec_new(context->arena, context->names, entry->group.slice,
                                                entry->version.slice, entry->kind.slice, entry->path.slice,
                                                entry->create);
        spec.position = entry->path.position.line ? entry->path.position : entry->position;
        list_append(context->arena, specs, spec);
    }
    return specs;
}

static bool diagnose_conflict(struct transform_context *context, const struct field_specs *specs,
                              const struct field_spec *spec, struct position position)
{
    for (size_t i = 0; i < specs->count; i++)
        if (slice_equal(specs->items[i].path, spec->path) && specs->items[i].position.line)
            position = specs->items[i].position;
    diagnose(context->diagnostics, position, "the field '%.*s' is also set by default, but with `create: %s`",
             SLICE_ARGS(spec->path), spec->create ? "true" : "false");
    diagnose_hint(context->diagnostics, "give it the same `create`, or remove it");
    return false;
}

bool field_specs_add(struct transform_context *context, struct field_specs *specs, const struct field_specs *more,
                     struct position position)
{
    for (size_t i = 0; i < more->count; i++) {
        bool conflict;
        field_specs_merge(context->arena, specs, more->items[i], &conflict);
        if (conflict)
            return diagnose_conflict(context, specs, &more->items[i], position);
    }
    return true;
}

void *configuration_object_decode(struct transform_context *context, const struct decode_type *type,
                                  const struct node *object)
{
    if (context->matches)
        notify_match(
            context,
            (struct match){.kind = MATCH_CONFIGURATION, .position = object->position, .type = type, .object = object});
    return decode_configuration(context->arena, context->diagnostics, type, object);
}
