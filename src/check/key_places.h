// check/key_places.h
//
// Where the keys of finished objects are written. A key that a JSON patch or a replacement has added is written only in
// the path of that step.
#pragma once

#include "check/judge.h"

// Remembers the paths through which a step is about to change objects.
void key_places_note(struct judge *, const struct match *);

// The position of the key of an entry of `map`, a part of the object. If the key is in no file, that of the value.
struct position key_place(struct judge *, const struct resource *, const struct node *map, const struct map_entry *);

// True if a replacement has created the entry, so its key appears only in the path.
bool key_is_created(const struct judge *, const struct map_entry *);

// The path of a JSON patch that put this map in place of a list; empty: none did. `*replaces`: its operation is
// `replace`.
struct text path_over_list(const struct judge *, const struct node *map, bool *replaces);

// The position of the part of a path that starts at this byte, which is that of the path if it is not written in one
// piece.
struct position path_part_place(struct judge *, struct text path, size_t start);
// The same for the last part of a JSON pointer.
struct position pointer_end_place(struct judge *, const struct node *pointer);

// The rest of the line from a position on; empty if its file is unknown.
struct slice line_from(struct judge *, struct position);
