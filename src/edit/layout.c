#include "edit/layout.h"

#include "doc/yaml_write.h"

// The order of new fields. A line of the text that starts with one of these names, in whatever case, and a colon is
// the field's line.
const char *const layout_field_order[LAYOUT_FIELD_COUNT] = {
    "apiVersion", "kind", "metadata", "sortOptions", "resources", "bases", "namePrefix", "nameSuffix", "namespace",
    "crds", "commonLabels", "labels", "commonAnnotations", "patchesStrategicMerge", "patchesJson6902", "patches",
    "configMapGenerator", "secretGenerator", "helmCharts", "helmChartInflationGenerator", "helmGlobals",
    "generatorOptions", "vars", "images", "replacements", "replicas", "configurations", "generators", "transformers",
    "validators", "components", "openapi", "buildMetadata",
};

// --- Members: kustomize leaves out empty ones, but for these.

enum always {
    OMIT,
    ZERO,         // printed as 0
    EMPTY_TEXT,   // printed as ""
    EMPTY_MAP,    // printed as {}, with the members that are always there
    NULL_VALUE,   // printed as null
    AS_GIVEN,     // printed even when empty, if it is there
};

static const struct {
    const char *path;
    enum always always;
} members[] = {
    {"replicas.count", ZERO},
    {"vars.name", EMPTY_TEXT},
    {"vars.objref", EMPTY_MAP},
    {"vars.objref.name", EMPTY_TEXT},
    {"vars.fieldref", EMPTY_MAP},
    {"replacements.targets.select", NULL_VALUE},
    {"replacements.sourceValue", AS_GIVEN},
    {"sortOptions.legacySortOptions.orderFirst", NULL_VALUE},
    {"sortOptions.legacySortOptions.orderLast", NULL_VALUE},
};

static enum always always_of(struct slice path)
{
    for (size_t i = 0; i < countof(members); i++)
        if (slice_equals(path, members[i].path))
            return members[i].always;
    return OMIT;
}

static struct node *new_plain(struct edit *edit, const char *text)
{
    return node_new_scalar(&edit->build->arena, slice_from(text), STYLE_PLAIN, TAG_IMPLICIT, (struct position){0});
}

static struct node *member(struct edit *, const struct decode_field *, struct slice path, const struct node *);

static struct node *structure(struct edit *edit, const struct decode_type *type, struct slice path,
                              const struct node *value)
{
    struct arena *arena = &edit->build->arena;
    struct node *result = edit_new_map(edit);
    for (size_t i = 0; i < type->field_count; i++) {
        const char *name = type->fields[i].name;
        struct slice at = arena_format(arena, "%.*s.%s", SLICE_ARGS(path), name);
        struct node *printed = member(edit, &type->fields[i], at, edit_get(value, name));
        if (printed)
            node_map_set(arena, result, name_intern(&edit->build->names, slice_from(name)), printed);
    }
    return result;
}

static struct node *absent(struct edit *edit, const struct decode_field *field, struct slice path)
{
    switch (always_of(path)) {
    case ZERO:
        return new_plain(edit, "0");
    case EMPTY_TEXT:
        return edit_new_text(edit, (struct slice){0});
    case EMPTY_MAP:
        return structure(edit, field->type, path, NULL);
    case NULL_VALUE:
        return new_plain(edit, "null");
    default:
        return NULL;
    }
}

static struct node *texts(struct edit *edit, const struct node *value)
{
    struct arena *arena = &edit->build->arena;
    struct node *result = value->kind == NODE_MAP ? edit_new_map(edit) : edit_new_list(edit);
    for (uint32_t i = 0; i < value->count; i++) {
        const struct node *item = value->kind == NODE_MAP ? value->entries[i].value : value->items[i];
        struct node *text = edit_new_text(edit, node_is_null(item) ? (struct slice){0} : node_text(item));
        if (value->kind == NODE_MAP)
            node_map_set(arena, result, value->entries[i].key, text);
        else
            node_sequence_append(arena, result, text);
    }
    return result;
}

static bool is_true(const struct node *value)
{
    struct scalar_value meaning = node_is_scalar(value) ? scalar_resolve_yaml11(node_text(value))
                                                        : (struct scalar_value){0};
    return meaning.type == SCALAR_BOOL && meaning.boolean;
}

// A map whose members have no shape of their own: booleans.
static struct node *options(struct edit *edit, const struct node *value)
{
    struct node *result = edit_new_map(edit);
    for (uint32_t i = 0; value->kind == NODE_MAP && i < value->count; i++) {
        const struct node *item = value->entries[i].value;
        if (is_true(item))
            node_map_set(&edit->build->arena, result, value->entries[i].key, new_plain(edit, "true"));
    }
    return result;
}

// NULL: left out.
static struct node *member(struct edit *edit, const struct decode_field *field, struct slice path,
                           const struct node *value)
{
    struct arena *arena = &edit->build->arena;
    bool given = value && always_of(path) != OMIT;
    if (!value)
        return absent(edit, field, path);
    switch (field->kind) {
    case DECODE_TEXT:
        return value->count || given ? edit_new_text(edit, node_text(value)) : absent(edit, field, path);
    case DECODE_BOOL:
        return is_true(value) ? new_plain(edit, "true") : NULL;
    case DECODE_INTEGER: {
        struct scalar_value number = scalar_resolve_yaml11(node_text(value));
        bool zero = number.type == SCALAR_FLOAT ? number.number == 0 : number.integer == 0;
        return zero ? absent(edit, field, path) : node_for_writer(arena, value);
    }
    case DECODE_TEXT_LIST:
    case DECODE_TEXT_MAP:
        return value->count || given ? texts(edit, value) : NULL;
    case DECODE_STRUCT:
        return structure(edit, field->type, path, value);
    case DECODE_LIST: {
        struct node *list = edit_new_list(edit);
        for (uint32_t i = 0; i < value->count; i++)
            node_sequence_append(arena, list, structure(edit, field->type, path, value->items[i]));
        return value->count ? list : NULL;
    }
    case DECODE_MAP:
        return value->count ? node_for_writer(arena, value) : NULL;
    case DECODE_NODE:
        return options(edit, value);
    }
    return NULL;
}

// --- Comments: which lines of the text belong to which field.

struct found_field {
    const char *name;
    struct buffer comments;
};

struct found_fields {
    struct found_field *items;
    size_t count, capacity;
};

static bool is_comment_or_blank(struct slice line)
{
    while (line.length && line.data[0] == ' ')
        line = slice_from_index(line, 1);
    return !line.length || line.data[0] == '#';
}

static const char *field_of_line(struct slice line)
{
    for (size_t i = 0; i < LAYOUT_FIELD_COUNT; i++) {
        size_t length = strlen(layout_field_order[i]);
        if (line.length > length && line.data[length] == ':' &&
            slice_equal_ignoring_case(slice_part(line, 0, length), slice_from(layout_field_order[i])))
            return layout_field_order[i];
    }
    return NULL;
}

static void add_line(struct buffer *out, struct slice line)
{
    buffer_add_slice(out, line);
    buffer_add_byte(out, '\n');
}

// Comments that stand among the lines of a field move above it; those behind the last field are lost.
static void find_fields(struct edit *edit, struct found_fields *found)
{
    struct slice rest = edit->source->content, line;
    struct buffer pending = {0};
    while (slice_cut(rest, '\n', &line, &rest)) {
        if (is_comment_or_blank(line)) {
            add_line(&pending, line);
            continue;
        }
        const char *name = field_of_line(line);
        if (name) {
            struct found_field field = {.name = name};
            list_append(&edit->build->arena, found, field);
        }
        if (!pending.length || !found->count)
            continue;
        buffer_add_slice(&found->items[found->count - 1].comments, buffer_slice(&pending));
        pending.length = 0;
    }
    buffer_free(&pending);
}

// --- Fields.

struct layout {
    struct edit *edit;
    struct yaml_writer *writer;
    struct buffer *out;
};

static const struct decode_field *shape_of(const struct edit *edit, const char *name)
{
    for (size_t i = 0; i < edit->shape.field_count; i++)
        if (strcmp(edit->shape.fields[i].name, name) == 0)
            return &edit->shape.fields[i];
    return NULL;
}

static bool write_field(struct layout *layout, const char *name)
{
    struct edit *edit = layout->edit;
    const struct decode_field *field = shape_of(edit, name);
    struct node *value = field ? member(edit, field, slice_from(name), edit_get(edit->root, name)) : NULL;
    if (!value)
        return true;
    struct node *document = edit_new_map(edit);
    node_map_set(&edit->build->arena, document, name_intern(&edit->build->names, slice_from(name)), value);
    return yaml_write_document(layout->writer, layout->out, document);
}

static bool is_found(const struct found_fields *found, const char *name)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->items[i].name == name)
            return true;
    return false;
}

bool layout_write(struct edit *edit, struct buffer *out)
{
    struct found_fields found = {0};
    struct layout layout = {edit, yaml_writer_new(&edit->build->diagnostics), out};
    find_fields(edit, &found);
    bool written = true;
    for (size_t i = 0; i < found.count; i++) {
        buffer_add_slice(out, buffer_slice(&found.items[i].comments));
        written = written && write_field(&layout, found.items[i].name);
        buffer_free(&found.items[i].comments);
    }
    for (size_t i = 0; written && i < LAYOUT_FIELD_COUNT; i++)
        if (!is_found(&found, layout_field_order[i]))
            written = write_field(&layout, layout_field_order[i]);
    yaml_writer_free(layout.writer);
    return written;
}
