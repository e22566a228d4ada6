// pipeline/plugin_exchange.h
//
// How objects go to a program and come back. What the build remembers of an object beside its tree (former
// names, prefixes, hash suffix) travels as the annotations in which kustomize keeps it; what a program drops is
// forgotten.
#pragma once

#include "pipeline/kust_target.h"

// The YAML of a configuration object.
bool plugin_config_text(struct kust_target *, const struct resource *config, struct slice *text);

// All objects as documents, for exec plugins. False: diagnosed.
bool plugin_write_documents(struct kust_target *, const struct resource_map *, struct buffer *);

// A ResourceList for functions: all objects, or without any (a generator) the configuration itself. False: diagnosed.
bool plugin_write_list(struct kust_target *, const struct resource_map *, const struct resource *config,
                       struct buffer *);

// The objects that a program has printed; `shown` is what positions in it are called. Results in a ResourceList
// become warnings. False: diagnosed.
bool plugin_read(struct kust_target *, struct slice output, struct slice shown, struct position,
                 struct resource_list *);

// What a generator printed: annotations say whether names get a hash, and the behavior. False: diagnosed.
bool plugin_take_options(struct kust_target *, struct resource_list *);

// Puts what a transformer printed in the place of the objects: those with the same id change, others come and go.
// False: diagnosed.
bool plugin_replace(struct kust_target *, const struct resource_list *, struct resource_map *);

// Compares what a validator printed with the objects. False: diagnosed, one was changed.
bool plugin_check_unchanged(struct kust_target *, const struct resource_list *, struct resource_map *, struct position);
