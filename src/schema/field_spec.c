#include "schema/field_spec.h"

#include "doc/scalar.h"
#include "schema/well_known_names.h"

// --- Paths.

// A step that kustomize reads as an index of a list: `5`, `-`, `*`, `[name=web]`.
static bool is_list_place(struct slice step)
{
    if (slice_equals(step, "-") || slice_equals(step, "*"))
        return true;
    if (step.length >= 2 && step.data[0] == '[' && step.data[step.length - 1] == ']')
        return true;
    enum { DIGITS_MAX = 18 };  // longer numbers don't fit into 64 bits, or nobody writes them
    size_t start = step.length > 1 && (step.data[0] == '-' || step.data[0] == '+');
    for (size_t i = start; i < step.length; i++)
        if (step.data[i] < '0' || step.data[i] > '9')
            return false;
    return step.length > start && step.length - start <= DIGITS_MAX;
}

static struct field_step step_new(struct name_table *names, struct slice text)
{
    bool sequence = slice_ends_with(text, slice_literal("[]"));
    if (sequence)
        text.length -= 2;
    return (struct field_step){name_intern(names, text), sequence, is_list_place(text)};
}

// Cuts at the first `/` without a `\` before it, and unescapes `\/`. `*rest` is the part after it. False if there is
// none.
static bool cut_step(struct arena *arena, struct slice path, struct slice *step, struct slice *rest)
{
    bool more = slice_cut(path, '/', step, rest);
    struct arena_text text = {0};
    while (more && step->length && step->data[step->length - 1] == '\\') {
        arena_text_add(arena, &text, slice_part(*step, 0, step->length - 1));
        arena_text_add(arena, &text, slice_literal("/"));
        more = slice_cut(*rest, '/', step, rest);
    }
    if (text.slice.length) {
        arena_text_add(arena, &text, *step);
        *step = text.slice;
    }
    return more;
}

static void parse_path(struct arena *arena, struct name_table *names, struct field_spec *spec)
{
    struct slice rest = spec->path;
    if (rest.length > 1 && rest.data[0] == '/')
        rest = slice_from_index(rest, 1);
    size_t capacity = 1;
    for (size_t i = 0; i < rest.length; i++)
        capacity += rest.data[i] == '/';
    struct field_step *steps = arena_array(arena, struct field_step, capacity);
    for (bool more = true; more;) {
        struct slice step;
        more = cut_step(arena, rest, &step, &rest);
        steps[spec->step_count++] = step_new(names, step);
    }
    spec->steps = steps;
}

static const struct name *intern(struct name_table *names, struct slice text)
{
    return text.length ? name_intern(names, text) : NAME(empty);
}

struct field_spec field_spec_new_unparsed(struct name_table *names, struct slice group, struct slice version,
                                          struct slice kind, struct slice path, bool create)
{
    return (struct field_spec){
        .group = intern(names, group),
        .version = intern(names, version),
        .kind = intern(names, kind),
        .create = create,
        .path = path,
    };
}

struct field_spec field_spec_new(struct arena *arena, struct name_table *names, struct slice group,
                                 struct slice version, struct slice kind, struct slice path, bool create)
{
    struct field_spec spec = field_spec_new_unparsed(names, group, version, kind, path, create);
    parse_path(arena, names, &spec);
    return spec;
}

const struct field_spec *field_spec_parsed(struct arena *arena, struct name_table *names, const struct field_spec *spec)
{
    if (spec->steps)
        return spec;
    struct field_spec *parsed = arena_new(arena, struct field_spec);
    *parsed = *spec;
    parse_path(arena, names, parsed);
    return parsed;
}

// --- Lists.

static bool fits(const struct name *wanted, const struct name *actual)
{
    return name_is_empty(wanted) || wanted == actual;
}

bool field_spec_selects(const struct field_spec *spec, const struct name *group, const struct name *version,
                        const struct name *kind)
{
    return fits(spec->kind, kind) && fits(spec->group, group) && fits(spec->version, version);
}

bool field_specs_merge(struct arena *arena, struct field_specs *specs, struct field_spec spec, bool *conflict)
{
    *conflict = false;
    for (size_t i = 0; i < specs->count; i++) {
        const struct field_spec *present = &specs->items[i];
        if (!slice_equal(present->path, spec.path) ||
            !field_spec_selects(&spec, present->group, present->version, present->kind))
            continue;
        *conflict = present->create != spec.create;
        return !*conflict;
    }
    list_append(arena, specs, spec);
    return true;
}

// --- Walking.

static bool walk(const struct field_walk *, const struct field_spec *, size_t step, struct node **place);

static enum node_kind leaf_kind(enum field_leaf leaf)
{
    return leaf == FIELD_LEAF_MAP ? NODE_MAP : leaf == FIELD_LEAF_SEQUENCE ? NODE_SEQUENCE : NODE_SCALAR;
}

// Turns any node into an empty one of a kind.
static void make_empty(struct node *node, enum node_kind kind)
{
    *node = (struct node){.kind = (uint8_t)kind, .style = STYLE_PLAIN, .tag = TAG_IMPLICIT, .position = node->position};
    if (kind == NODE_SCALAR)
        node->text = "";
}

static bool walk_map(const struct field_walk *context, const struct field_spec *spec, size_t step, struct node *map)
{
    const struct field_step *at = &spec->steps[step];
    if (name_is_empty(at->key))
        return diagnose(context->diagnostics, spec->position.line ? spec->position : map->position,
                        "the path '%.*s' of a field spec has an empty element", SLICE_ARGS(spec->path));
    if (at->no_key)
        return diagnose(context->diagnostics, spec->position.line ? spec->position : map->position,
                        "the element '%.*s' of the path '%.*s' of a field spec is not a field name",
                        SLICE_ARGS(at->key->text), SLICE_ARGS(spec->path));

    bool last = step + 1 == spec->step_count;
    bool creates = context->create && spec->create && context->create_leaf != FIELD_LEAF_ANY && !at->sequence;
    enum node_kind kind = at->sequence ? NODE_SEQUENCE : last ? leaf_kind(context->create_leaf) : NODE_MAP;
    struct map_entry *entry = node_map_find(map, at->key);
    if (!entry) {
        if (!creates)
            return true;
        struct node *made = node_new_map(context->arena, map->position);
        make_empty(made, kind);
        node_map_set_unquoted(context->arena, map, at->key, made);
        entry = node_map_find(map, at->key);
    } else if ((creates || at->sequence) && kind != NODE_SCALAR && node_is_null(entry->value)) {
        // A null that becomes a scalar keeps its text, because kustomize puts the prefix before it.
        make_empty(entry->value, kind);
    }
    return walk(context, spec, step + 1, &entry->value);
}

static bool walk(const struct field_walk *context, const struct field_spec *spec, size_t step, struct node **place)
{
    struct node *node = *place;
    if (step == spec->step_count)
        return context->visit(context->state, place);
    if (node_is_null(node))
        return true;
    switch ((enum node_kind)node->kind) {
    case NODE_MAP:
        return walk_map(context, spec, step, node);
    case NODE_SEQUENCE:
        for (uint32_t i = 0; i < node->count; i++)
            if (!walk(context, spec, step, &node->items[i]))
                return false;
        return true;
    case NODE_SCALAR:
        break;
    }
    struct position path = context->overwritten ? overwritten_path(context->overwritten, node) : (struct position){0};
    if (path.line) {
        diagnose(context->diagnostics, path, "the replacement writes %s over a map or a list", node_kind_phrase(node));
        diagnose_hint(context->diagnostics, "end the path with the name of the field to set");
        return false;
    }
    diagnose(context->diagnostics, node->position, "expected a map or a list on the way to '%.*s', found %s",
             SLICE_ARGS(spec->path), node_kind_phrase(node));
    if (spec->position.line) {
        struct slice text = position_text(context->diagnostics->sources, context->arena, spec->position);
        diagnose_hint(context->diagnostics, "write a map there, or correct the field spec at %.*s", SLICE_ARGS(text));
    } else if (node_lacks_space(node)) {
        diagnose_hint(context->diagnostics, "write a space after the ':'");
    } else {
        diagnose_hint(context->diagnostics, step && spec->steps[step - 1].sequence
                                                ? "write a list of maps there, with '- ' before each one"
                                                : "write a map there, with its keys on the lines below");
    }
    return false;
}

bool field_spec_walk(const struct field_walk *context, const struct field_spec *spec, struct node *root)
{
    return walk(context, spec, 0, &root);
}
