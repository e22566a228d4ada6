// pipeline/external_plugins.h
//
// Generators, transformers, and validators that are programs: functions and exec plugins. They run only with
// --enable-alpha-plugins.
#pragma once

#include "pipeline/kust_target.h"

struct external_plugin;

// Returns the plugin that a configuration object asks for. `role` is "generator", "transformer", or "validator".
// NULL: diagnosed.
const struct external_plugin *external_plugin_configure(struct kust_target *, const struct resource *config,
                                                        const char *role);

// False: diagnosed.
bool external_plugin_generate(struct kust_target *, const struct external_plugin *, struct resource_list *made);
bool external_plugin_transform(struct kust_target *, const struct external_plugin *, struct resource_map *);
bool external_plugin_validate(struct kust_target *, const struct external_plugin *, struct resource_map *);
