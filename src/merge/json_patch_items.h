// merge/json_patch_items.h
//
// What the indexes in a JSON pointer stand for: in `/spec/containers/0/image`, `containers/0` is the container 'app'.
#pragma once

#include "resource/resource.h"

// "'containers/0' is 'app'", for each index in the pointer that leads to an item with a name or another merge key. An
// item that is in a different file from the resource comes with its place, and `*meant` gets the similar name of
// another item, if there is one. Empty: there is no such item.
struct slice json_patch_items_text(const struct resource_context *, const struct resource *, const struct node *root,
                                   struct slice pointer, struct slice *meant);
