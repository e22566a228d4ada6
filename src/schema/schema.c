#include "schema/schema.h"

#include "schema/builtin_table.h"
#include "schema/schema_tables.h"

const struct schema *schema_builtin(void)
{
    return &builtin_schema;
}

static struct slice text_of(const struct schema *schema, struct schema_text text)
{
    return (struct slice){schema->texts + text.offset, text.length};
}

static const struct schema_kind_row *find_kind(const struct schema *schema, const struct schema_kind_row *rows,
                                               uint32_t count, struct slice api_version, struct slice kind)
{
    for (uint32_t low = 0, high = count; low < high;) {
        uint32_t middle = low + (high - low) / 2;
        int order = slice_compare(kind, text_of(schema, rows[middle].kind));
        if (!order)
            order = slice_compare(api_version, text_of(schema, rows[middle].api_version));
        if (!order)
            return &rows[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static struct schema_type type_from_number(const struct schema *schema, uint32_t number)
{
    return number ? (struct schema_type){schema, number} : (struct schema_type){0};
}

static void note(atomic_bool *asked)
{
    if (!atomic_load_explicit(asked, memory_order_relaxed))
        atomic_store_explicit(asked, true, memory_order_relaxed);
}

struct schema_type schema_of_kind(const struct schema *schema, struct slice api_version, struct slice kind)
{
    if (schema && schema->use)
        note(&schema->use->types);
    const struct schema_kind_row *row =
        schema ? find_kind(schema, schema->kinds, schema->kind_count, api_version, kind) : NULL;
    return type_from_number(schema, row ? row->type : 0);
}

static const struct schema_type_row *row_of(struct schema_type type)
{
    return &type.schema->types[type.number - 1];
}

struct schema_type schema_field(struct schema_type type, struct slice field)
{
    if (!schema_type_known(type))
        return type;
    const struct schema_type_row *row = row_of(type);
    for (uint32_t low = row->field_start, high = row->field_start + row->field_count; low < high;) {
        uint32_t middle = low + (high - low) / 2;
        int order = slice_compare(field, text_of(type.schema, type.schema->fields[middle].name));
        if (!order)
            return type_from_number(type.schema, type.schema->fields[middle].type);
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return type_from_number(type.schema, row->values);
}

struct schema_type schema_items(struct schema_type type)
{
    return schema_type_known(type) ? type_from_number(type.schema, row_of(type)->items) : type;
}

struct schema_merge schema_list_merge(struct schema_type type)
{
    struct schema_merge merge = {0};
    uint32_t number = schema_type_known(type) ? row_of(type)->merge : 0;
    if (!number)
        return merge;
    const struct schema_merge_row *row = &type.schema->merges[number - 1];
    merge.merge = true;
    merge.key_count = (uint8_t)row->key_count;
    for (uint32_t i = 0; i < row->key_count; i++)
        merge.keys[i] = text_of(type.schema, row->keys[i]);
    return merge;
}

// Kinds that are newer than the built-in facts, and that v5.8.3 treats as cluster-scoped.
static bool is_cluster_scoped_since_v5_8_3(struct slice api_version, struct slice kind)
{
    return slice_equals(api_version, "admissionregistration.k8s.io/v1") &&
           (slice_equals(kind, "ValidatingAdmissionPolicy") || slice_equals(kind, "ValidatingAdmissionPolicyBinding"));
}

enum scope schema_scope(const struct schema *schema, enum release release, struct slice api_version, struct slice kind)
{
    if (release >= RELEASE_V5_8_3 && is_cluster_scoped_since_v5_8_3(api_version, kind))
        return SCOPE_CLUSTER;
    const struct schema_kind_row *row =
        find_kind(&builtin_schema, builtin_schema.scopes, builtin_schema.scope_count, api_version, kind);
    if (schema && schema->use && !row)
        note(&schema->use->scopes);
    if (schema && !row)
        row = find_kind(schema, schema->scopes, schema->scope_count, api_version, kind);
    return row ? (enum scope)row->type : SCOPE_UNKNOWN;
}

const struct schema *schema_tracked(struct arena *arena, const struct schema *schema, struct schema_use *use)
{
    struct schema *tracked = arena_new(arena, struct schema);
    *tracked = *schema;
    tracked->use = use;
    return tracked;
}
