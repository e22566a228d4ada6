// The formats for people and shells: a table, one reference per line, and comma-separated values.
#include "base/columns.h"
#include "base/shown.h"
#include "images/formats.h"

struct table {
    struct arena *arena;
    size_t column_count;
    struct columns rows;
};

static void add_row(struct table *table, const struct columns_row *cells)
{
    struct columns_row row = {0};
    for (size_t i = 0; i < table->column_count; i++)
        row.cells[i] = shown_escaped(table->arena, cells->cells[i]);
    list_append(table->arena, &table->rows, row);
}

static struct slice image_text(struct arena *arena, const struct image_use *use)
{
    return use->is_valid ? image_reference_name(arena, &use->reference) : use->text;
}

// The effective tag: a reference without a tag or digest means `latest`.
static struct slice tag_of(const struct image_use *use)
{
    if (!use->is_valid || use->reference.tag.length || use->reference.digest.length)
        return use->reference.tag;
    return slice_literal("latest");
}

static struct slice place_of(struct arena *arena, const struct image_use *use)
{
    return use->file.length ? arena_format(arena, "%.*s:%u", SLICE_ARGS(use->file), use->line) : (struct slice){0};
}

static void add_use(struct table *table, const struct image_list *list, const struct image_use *use)
{
    struct arena *arena = list->arena;
    struct slice object = image_use_object(arena, use), holder = use->holder.length ? use->holder : use->path;
    struct columns_row row = {{image_text(arena, use), tag_of(use), use->reference.digest}};
    row.cells[3] = arena_format(arena, "%.*s %.*s%s", SLICE_ARGS(object),
                                SLICE_ARGS(use->is_guess ? use->path : holder), use->is_guess ? " (guess)" : "");
    row.cells[4] = place_of(arena, use);
    row.cells[5] = use->root;
    add_row(table, &row);
}

static void write_unique(const struct image_list *list, struct buffer *out)
{
    struct table table = {.arena = list->arena, .column_count = 4};
    size_t end;
    const struct columns_row head = {
        {slice_literal("IMAGE"), slice_literal("TAG"), slice_literal("DIGEST"), slice_literal("USES")}};
    add_row(&table, &head);
    for (size_t first = 0; first < list->uses.count; first = end) {
        const struct image_use *use = &list->uses.items[first];
        end = images_same_end(list, first);
        const struct columns_row row = {{image_text(list->arena, use), tag_of(use), use->reference.digest,
                                         arena_format(list->arena, "%zu", end - first)}};
        add_row(&table, &row);
    }
    columns_write(&table.rows, SIZE_MAX, out);
}

void images_write_text(const struct image_list *list, struct buffer *out)
{
    struct table table = {.arena = list->arena, .column_count = list->many_roots ? 6 : 5};
    const struct columns_row head = {{slice_literal("IMAGE"), slice_literal("TAG"), slice_literal("DIGEST"),
                                      slice_literal("WHERE"), slice_literal("SET AT"), slice_literal("ROOT")}};
    if (!list->uses.count)
        return;
    if (list->unique) {
        write_unique(list, out);
        return;
    }
    add_row(&table, &head);
    for (size_t i = 0; i < list->uses.count; i++)
        add_use(&table, list, &list->uses.items[i]);
    columns_write(&table.rows, SIZE_MAX, out);
}

void images_write_list(const struct image_list *list, struct buffer *out)
{
    size_t end;
    for (size_t first = 0; first < list->uses.count; first = end) {
        end = images_same_end(list, first);
        if (!list->uses.items[first].is_valid)
            continue;
        buffer_add_slice(out, list->uses.items[first].reference.normalized);
        buffer_add_byte(out, '\n');
    }
}

// --- CSV (RFC 4180). As in the table, control characters are escaped.

static void add_cell(struct buffer *out, struct slice text, char end)
{
    struct buffer shown = {0};
    shown_escape(text, &shown);
    bool quoted = false;
    for (size_t i = 0; i < shown.length; i++)
        quoted = quoted || shown.data[i] == ',' || shown.data[i] == '"';
    if (quoted)
        buffer_add_byte(out, '"');
    for (size_t i = 0; i < shown.length; i++) {
        if (shown.data[i] == '"')
            buffer_add_byte(out, '"');
        buffer_add_byte(out, shown.data[i]);
    }
    if (quoted)
        buffer_add_byte(out, '"');
    if (end == '\n')
        buffer_add_byte(out, '\r');
    buffer_add_byte(out, end);
    buffer_free(&shown);
}

static void csv_use(const struct image_list *list, const struct image_use *use, struct buffer *out)
{
    add_cell(out, use->text, ',');
    add_cell(out, use->reference.registry, ',');
    add_cell(out, use->reference.repository, ',');
    add_cell(out, use->reference.tag, ',');
    add_cell(out, use->reference.digest, list->unique ? '\n' : ',');
    if (list->unique)
        return;
    add_cell(out, use->root, ',');
    add_cell(out, image_use_object(list->arena, use), ',');
    add_cell(out, use->path, ',');
    add_cell(out, use->file, ',');
    add_cell(out, use->line ? arena_format(list->arena, "%u", use->line) : (struct slice){0}, '\n');
}

void images_write_csv(const struct image_list *list, struct buffer *out)
{
    buffer_add_text(out, "reference,registry,repository,tag,digest");
    buffer_add_text(out, list->unique ? "\r\n" : ",root,object,path,file,line\r\n");
    for (size_t i = 0; i < list->uses.count; i = list->unique ? images_run_end(list, i) : i + 1)
        csv_use(list, &list->uses.items[i], out);
}
