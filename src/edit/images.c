#include "edit/images.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

// --- Arguments.

// Tag and digest come after the first slash, because registries may have ports.
void edit_split_image(struct slice text, struct image_argument *image)
{
    size_t slash = slice_find_byte(text, '/');
    size_t from = slash == SLICE_NOT_FOUND || slash == 0 ? 0 : slash;
    struct slice rest = slice_from_index(text, from);
    size_t at = slice_find_byte(rest, '@'), colon = slice_find_byte(rest, ':');
    size_t end = at < colon ? at : colon;
    if (end == SLICE_NOT_FOUND) {
        image->new_name = text;
        return;
    }
    image->new_name = slice_part(text, 0, from + end);
    if (at < colon) {
        image->digest = slice_from_index(rest, at + 1);
        return;
    }
    image->new_tag = slice_part(rest, colon + 1, at);
    if (at != SLICE_NOT_FOUND)
        image->digest = slice_from_index(rest, at + 1);
}

static bool parse_image(struct build *build, struct slice argument, struct image_argument *image)
{
    struct slice name, text;
    *image = (struct image_argument){0};
    bool renames = slice_cut(argument, '=', &name, &text);
    edit_split_image(renames ? text : argument, image);
    if (!renames && slice_equal(image->new_name, argument)) {
        diagnose(&build->diagnostics, (struct position){0}, "the image '%.*s' has no new name, tag, or digest",
                 SLICE_ARGS(argument));
        diagnose_hint(&build->diagnostics, "write NAME=NEWNAME, NAME:TAG, NAME@DIGEST, or NAME=NEWNAME:TAG@DIGEST");
        return diagnose_phrase(&build->diagnostics, "invalid format of image, use one of the following options");
    }
    image->name = renames && name.length ? name : image->new_name;
    if (!renames || !name.length)
        image->new_name = (struct slice){0};
    return true;
}

bool edit_parse_images(struct build *build, const char *const *arguments, size_t count, struct image_arguments *images)
{
    for (size_t i = 0; i < count; i++) {
        struct image_argument image;
        if (!parse_image(build, slice_from(arguments[i]), &image))
            return false;
        size_t at = 0;
        while (at < images->count && !slice_equal(images->items[at].name, image.name))
            at++;
        if (at < images->count)
            images->items[at] = image;
        else
            list_append(&build->arena, images, image);
    }
    return true;
}

bool edit_parse_replicas(struct build *build, const char *const *arguments, size_t count,
                         struct replica_arguments *replicas)
{
    for (size_t i = 0; i < count; i++) {
        struct slice name, text, argument = slice_from(arguments[i]);
        bool cut = slice_cut(argument, '=', &name, &text);
        bool digits = text.length > 0;
        size_t sign = text.length > 1 && strchr("+-", text.data[0]);
        for (size_t k = sign; k < text.length; k++)
            digits = digits && text.data[k] >= '0' && text.data[k] <= '9';
        errno = 0;
        int64_t number = digits && cut ? strtoll(text.data, NULL, 10) : 0;
        if (!cut || !digits || errno) {
            diagnose(&build->diagnostics, (struct position){0}, "expected NAME=COUNT, found '%s'", arguments[i]);
            diagnose_hint(&build->diagnostics, "use a whole number, as in web=3");
            return diagnose_phrase(&build->diagnostics,
                                   "invalid format of replica, use the following format: <name>=<count>");
        }
        struct replica_argument replica = {name, arena_format(&build->arena, "%" PRId64, number)};
        size_t at = 0;
        while (at < replicas->count && !slice_equal(replicas->items[at].name, name))
            at++;
        if (at < replicas->count)
            replicas->items[at] = replica;
        else
            list_append(&build->arena, replicas, replica);
    }
    return true;
}

// --- The sorted lists.

struct named_entry {
    struct slice name;
    struct node *node;
    size_t order;
};

struct named_entries {
    struct named_entry *items;
    size_t count, capacity;
};

static int compare_names(const void *left, const void *right)
{
    const struct named_entry *a = left, *b = right;
    int order = slice_compare(a->name, b->name);
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

static void add_entry(struct edit *edit, struct named_entries *entries, struct slice name, struct node *node)
{
    struct named_entry entry = {name, node, entries->count};
    list_append(&edit->build->arena, entries, entry);
}

static struct named_entry *find_entry(struct named_entries *entries, struct slice name)
{
    for (size_t i = 0; i < entries->count; i++)
        if (slice_equal(entries->items[i].name, name))
            return &entries->items[i];
    return NULL;
}

// The entries of a list, in order.
static struct named_entries read_entries(struct edit *edit, const char *field)
{
    struct named_entries entries = {0};
    const struct node *list = edit_get(edit->root, field);
    for (uint32_t i = 0; list && i < list->count; i++) {
        struct node *node = node_is_map(list->items[i]) ? list->items[i] : edit_new_map(edit);
        add_entry(edit, &entries, edit_get_text(node, "name"), node);
    }
    return entries;
}

// Sorts by name, and keeps the first of several entries with the same name.
static void write_entries(struct edit *edit, const char *field, struct named_entries *entries)
{
    struct node *list = edit_new_list(edit);
    if (entries->count)
        qsort(entries->items, entries->count, sizeof *entries->items, compare_names);
    for (size_t i = 0; i < entries->count; i++)
        if (i == 0 || !slice_equal(entries->items[i].name, entries->items[i - 1].name))
            node_sequence_append(&edit->build->arena, list, entries->items[i].node);
    edit_set(edit, edit->root, field, list);
}

// The entry with a name, which is created if necessary.
static struct node *entry_of(struct edit *edit, struct named_entries *entries, struct slice name)
{
    struct named_entry *entry = find_entry(entries, name);
    if (entry)
        return entry->node;
    struct node *node = edit_new_map(edit);
    edit_set_text(edit, node, "name", name);
    add_entry(edit, entries, name, node);
    return node;
}

// --- Images.

static void set_member(struct edit *edit, struct node *entry, const char *field, struct slice text, bool *keeps)
{
    if (slice_equals(text, "*")) {
        // Even a `*` for another member drops the suffix of the tag.
        *keeps = true;
        return;
    }
    edit_set_text(edit, entry, field, text);
}

// If several old entries have the same name, `*` keeps the value of the first: kustomize considers no other.
static void set_image(struct edit *edit, struct named_entries *entries, const struct image_argument *image)
{
    struct node *entry = entry_of(edit, entries, image->name);
    bool keeps = false;
    set_member(edit, entry, "newName", image->new_name, &keeps);
    set_member(edit, entry, "newTag", image->new_tag, &keeps);
    set_member(edit, entry, "digest", image->digest, &keeps);
    edit_drop(entry, "tagSuffix");
}

void edit_set_images(struct edit *edit, const struct image_arguments *images)
{
    struct named_entries entries = read_entries(edit, "images");
    for (size_t i = 0; i < images->count; i++)
        set_image(edit, &entries, &images->items[i]);
    write_entries(edit, "images", &entries);
}

// --- Replicas.

void edit_set_replicas(struct edit *edit, const struct replica_arguments *replicas)
{
    struct named_entries entries = read_entries(edit, "replicas");
    for (size_t i = 0; i < replicas->count; i++) {
        struct node *entry = entry_of(edit, &entries, replicas->items[i].name);
        edit_set(edit, entry, "count",
                 node_new_scalar(&edit->build->arena, replicas->items[i].count, STYLE_PLAIN, TAG_IMPLICIT,
                                 (struct position){0}));
    }
    write_entries(edit, "replicas", &entries);
}
