// transformers/affix.h
//
// A text before or behind the names of objects. Both kinds share everything but the side.
#pragma once

#include "transformers/transformer.h"

struct affix;

enum affix_side { AFFIX_PREFIX, AFFIX_SUFFIX };

// For the value of namePrefix or nameSuffix. NULL: diagnosed, or nothing to do and `*skip` is set.
const struct affix *affix_configure(struct transform_context *, enum affix_side, const struct node *value, bool *skip);
// For a configuration object. NULL: diagnosed.
const struct affix *affix_configure_object(struct transform_context *, enum affix_side, const struct node *object);

bool affix_apply(struct transform_context *, const struct affix *, struct resource_map *);
