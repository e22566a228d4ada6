#include "resource/written_notes.h"

#include "base/buffer.h"

static void add_note(struct arena *arena, struct written_notes *notes, const char *key, struct slice text,
                     enum node_style style)
{
    list_append(arena, notes, ((struct written_note){slice_from(key), text, style}));
}

static void add_names(struct buffer *out, const struct name *name)
{
    if (out->length)
        buffer_add_byte(out, ',');
    buffer_add_slice(out, name->text);
}

static void note_affixes(struct arena *arena, struct written_notes *notes, const char *key,
                         const struct name_list *names)
{
    struct buffer text = {0};
    for (size_t i = 0; i < names->count; i++)
        add_names(&text, names->items[i]);
    if (names->count)
        add_note(arena, notes, key, arena_copy(arena, buffer_slice(&text)), STYLE_SINGLE_QUOTED);
    buffer_free(&text);
}

static void note_previous(struct arena *arena, struct written_notes *notes, const struct resource *resource)
{
    struct buffer names = {0}, namespaces = {0}, kinds = {0};
    for (size_t i = 0; i < resource->previous.count; i++) {
        add_names(&names, resource->previous.items[i].name);
        add_names(&namespaces, resource->previous.items[i].namespace);
        add_names(&kinds, resource->previous.items[i].kind);
    }
    if (resource->previous.count) {
        add_note(arena, notes, "internal.config.kubernetes.io/previousNames", arena_copy(arena, buffer_slice(&names)),
                 STYLE_SINGLE_QUOTED);
        add_note(arena, notes, "internal.config.kubernetes.io/previousNamespaces",
                 arena_copy(arena, buffer_slice(&namespaces)), STYLE_SINGLE_QUOTED);
        add_note(arena, notes, "internal.config.kubernetes.io/previousKinds", arena_copy(arena, buffer_slice(&kinds)),
                 STYLE_SINGLE_QUOTED);
    }
    buffer_free(&names);
    buffer_free(&namespaces);
    buffer_free(&kinds);
}

static void note_history(struct arena *arena, struct written_notes *notes, const struct resource *resource)
{
    for (size_t i = 0; i < NOTES; i++)
        if (resource->noted[i] == NOTE_PREFIXES)
            note_affixes(arena, notes, "internal.config.kubernetes.io/prefixes", &resource->prefixes);
        else if (resource->noted[i] == NOTE_SUFFIXES)
            note_affixes(arena, notes, "internal.config.kubernetes.io/suffixes", &resource->suffixes);
        else if (resource->noted[i] == NOTE_PREVIOUS)
            note_previous(arena, notes, resource);
}

static struct slice behavior_text(uint8_t behavior)
{
    return behavior == BEHAVIOR_CREATE    ? slice_literal("create")
           : behavior == BEHAVIOR_MERGE   ? slice_literal("merge")
           : behavior == BEHAVIOR_REPLACE ? slice_literal("replace")
                                          : slice_literal("unspecified");
}

void written_notes_of_generator(struct arena *arena, const struct resource *resource, struct written_notes *notes)
{
    add_note(arena, notes, "internal.config.kubernetes.io/generatorBehavior", behavior_text(resource->behavior),
             STYLE_PLAIN);
    add_note(arena, notes, "internal.config.kubernetes.io/needsHashSuffix", slice_literal("enabled"), STYLE_PLAIN);
}

void written_notes_of(struct arena *arena, const struct resource *resource, struct written_notes *notes)
{
    if (resource->generated)
        written_notes_of_generator(arena, resource, notes);
    note_history(arena, notes, resource);
}
