// pipeline/exec_plugins.h
//
// Exec plugins, the older kind: programs below the plugin home that are found by the apiVersion and kind of their
// configuration.
//
//     $KUSTOMIZE_PLUGIN_HOME/example.com/v1/ingresses/Ingresses
//
// The arguments of a plugin are a file with the configuration, then the words of `argsOneLiner` and `argsFromFile`. A
// transformer reads all objects from standard input.
#pragma once

#include "pipeline/kust_target.h"

struct exec_plugin;

// NULL: diagnosed.
const struct exec_plugin *exec_plugin_configure(struct kust_target *, const struct resource *config);

// Runs a plugin; `objects` is NULL for a generator. False: diagnosed.
bool exec_plugin_run(struct kust_target *, const struct exec_plugin *, const struct resource *config,
                     const struct resource_map *objects, struct slice *output);
