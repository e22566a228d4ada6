// pipeline/external_plugins.h
//
// Generators, transformers and validators that are programs: functions and exec plugins. None runs without
// --enable-alpha-plugins.
#pragma once

#include "pipeline/level.h"

struct external_plugin;

// The plugin that a configuration object asks for; `role` is "generator" and so on. NULL: diagnosed.
const struct external_plugin *external_plugin_configure(struct level *, const struct resource *config,
                                                        const char *role);

// False: diagnosed.
bool external_plugin_generate(struct level *, const struct external_plugin *, struct resource_list *made);
bool external_plugin_transform(struct level *, const struct external_plugin *, struct resource_map *);
bool external_plugin_validate(struct level *, const struct external_plugin *, struct resource_map *);
