#include "schema/schema_print.h"

#include <stdio.h>

#include "schema/schema_tables.h"

// The approximate length of a line of rows.
enum { LINE_LENGTH = 110 };

struct table {
    struct buffer *out;
    size_t line_start;
};

static void start(struct table *table, const char *declaration)
{
    buffer_add_format(table->out, "\nstatic const struct %s[] = {\n   ", declaration);
    table->line_start = table->out->length;
}

static void end_row(struct table *table, bool last)
{
    buffer_add_byte(table->out, ',');
    if (last)
        buffer_add_text(table->out, "\n};\n");
    else if (table->out->length - table->line_start > LINE_LENGTH) {
        buffer_add_text(table->out, "\n   ");
        table->line_start = table->out->length;
    }
}

static void print_text(struct buffer *out, struct schema_text text)
{
    buffer_add_format(out, "{%u, %u}", text.offset, text.length);
}

// One literal per page, in several lines. The NULs between the last string and the end of the page are left out.
static void print_texts(const struct schema *schema, struct buffer *out)
{
    buffer_add_format(out, "\nstatic const char builtin_texts[][%d] = {\n", SCHEMA_TEXT_PAGE);
    for (uint32_t page = 0; page < schema->text_size; page += SCHEMA_TEXT_PAGE) {
        uint32_t end = schema->text_size - page < SCHEMA_TEXT_PAGE ? schema->text_size : page + SCHEMA_TEXT_PAGE;
        while (end > page && !schema->texts[end - 1])
            end--;
        for (uint32_t i = page; i < end; i++) {
            if ((i - page) % (LINE_LENGTH - 10) == 0)
                buffer_add_text(out, i == page ? "    \"" : "\"\n    \"");
            unsigned char byte = (unsigned char)schema->texts[i];
            if (byte < ' ' || byte > '~' || byte == '"' || byte == '\\' || byte == '?')
                buffer_add_format(out, "\\%03o", byte);
            else
                buffer_add_byte(out, (char)byte);
        }
        buffer_add_text(out, "\",\n");
    }
    buffer_add_text(out, "};\n");
}

static void print_types(const struct schema *schema, struct buffer *out)
{
    struct table table = {out, 0};
    start(&table, "schema_type_row builtin_types");
    for (uint32_t i = 0; i < schema->type_count; i++) {
        const struct schema_type_row *row = &schema->types[i];
        buffer_add_format(out, " {%u, %u, %u, %u, %u}", row->items, row->values, row->field_start, row->field_count,
                          row->merge);
        end_row(&table, i + 1 == schema->type_count);
    }
}

static void print_fields(const struct schema_field_row *rows, uint32_t count, const char *declaration,
                         struct buffer *out)
{
    struct table table = {out, 0};
    start(&table, declaration);
    for (uint32_t i = 0; i < count; i++) {
        buffer_add_text(out, " {");
        print_text(out, rows[i].name);
        buffer_add_format(out, ", %u}", rows[i].type);
        end_row(&table, i + 1 == count);
    }
}

static void print_merges(const struct schema *schema, struct buffer *out)
{
    struct table table = {out, 0};
    start(&table, "schema_merge_row builtin_merges");
    for (uint32_t i = 0; i < schema->merge_count; i++) {
        const struct schema_merge_row *row = &schema->merges[i];
        buffer_add_format(out, " {%u, {", row->key_count);
        for (uint32_t k = 0; k < row->key_count || k == 0; k++) {
            buffer_add_text(out, k ? ", " : "");
            print_text(out, row->keys[k]);
        }
        buffer_add_text(out, "}}");
        end_row(&table, i + 1 == schema->merge_count);
    }
}

static void print_kinds(const struct schema_kind_row *rows, uint32_t count, const char *declaration, struct buffer *out)
{
    struct table table = {out, 0};
    start(&table, declaration);
    for (uint32_t i = 0; i < count; i++) {
        buffer_add_text(out, " {");
        print_text(out, rows[i].kind);
        buffer_add_text(out, ", ");
        print_text(out, rows[i].api_version);
        buffer_add_format(out, ", %u}", rows[i].type);
        end_row(&table, i + 1 == count);
    }
}

void schema_print(const struct schema *schema, const char *generator, const char *facts, struct buffer *out)
{
    buffer_add_format(out, "// Made by %s from %s: do not edit.\n", generator, facts);
    buffer_add_text(out, "#pragma once\n\n#include \"schema/schema_tables.h\"\n");
    print_texts(schema, out);
    print_types(schema, out);
    print_fields(schema->fields, schema->field_count, "schema_field_row builtin_fields", out);
    print_merges(schema, out);
    print_fields(schema->definitions, schema->definition_count, "schema_field_row builtin_definitions", out);
    print_kinds(schema->kinds, schema->kind_count, "schema_kind_row builtin_kinds", out);
    print_kinds(schema->scopes, schema->scope_count, "schema_kind_row builtin_scopes", out);
    buffer_add_text(out, "\nstatic const struct schema builtin_schema = {\n"
                         "    .texts = (const char *)builtin_texts,\n"
                         "    .types = builtin_types,\n"
                         "    .fields = builtin_fields,\n"
                         "    .merges = builtin_merges,\n"
                         "    .definitions = builtin_definitions,\n"
                         "    .kinds = builtin_kinds,\n"
                         "    .scopes = builtin_scopes,\n");
    buffer_add_format(out, "    .text_size = %u,\n", schema->text_size);
    buffer_add_format(out, "    .type_count = %u,\n", schema->type_count);
    buffer_add_format(out, "    .field_count = %u,\n", schema->field_count);
    buffer_add_format(out, "    .merge_count = %u,\n", schema->merge_count);
    buffer_add_format(out, "    .definition_count = %u,\n", schema->definition_count);
    buffer_add_format(out, "    .kind_count = %u,\n", schema->kind_count);
    buffer_add_format(out, "    .scope_count = %u,\n};\n", schema->scope_count);
}
