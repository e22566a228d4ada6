// pipeline/plugin_exchange.h
//
// Passes objects to a program and reads them back. What the build knows about an object beyond its tree (former names,
// prefixes, hash suffix) is passed in the annotations that kustomize uses. The build forgets whatever a program drops.
#pragma once

#include "pipeline/kust_target.h"

// Stores the YAML of a configuration object in `*text`. False: diagnosed.
bool plugin_config_text(struct kust_target *, const struct resource *config, struct slice *text);

// Writes all objects as documents, for exec plugins. False: diagnosed.
bool plugin_write_documents(struct kust_target *, const struct resource_map *, struct buffer *);

// Writes a ResourceList for a function. Its items are the objects, or, for a generator (NULL), the configuration.
// False: diagnosed.
bool plugin_write_list(struct kust_target *, const struct resource_map *, const struct resource *config,
                       struct buffer *);

// Reads the objects that a program has printed. `shown` names the output in positions. Results in a ResourceList become
// warnings. False: diagnosed.
bool plugin_read(struct kust_target *, struct slice output, struct slice shown, struct position,
                 struct resource_list *);

// Applies the annotations of generated objects that say whether their names get a hash and which behavior they have,
// and removes them. False: diagnosed.
bool plugin_take_options(struct kust_target *, struct resource_list *);

// Replaces the objects with what a transformer printed: objects with the same ID are updated, the others are added or
// removed. False: diagnosed.
bool plugin_replace(struct kust_target *, const struct resource_list *, struct resource_map *);

// Compares what a validator printed with the objects. False: diagnosed (it changed one).
bool plugin_check_unchanged(struct kust_target *, const struct resource_list *, struct resource_map *, struct position);
