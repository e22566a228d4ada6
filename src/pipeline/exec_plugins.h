// pipeline/exec_plugins.h
//
// The older kind of plugins: a program below the plugin home, found by the apiVersion and kind of its
// configuration.
//
//     $KUSTOMIZE_PLUGIN_HOME/example.com/v1/ingresses/Ingresses
//
// It is called with a file that holds the configuration, and the words of `argsOneLiner` and `argsFromFile`. A
// transformer reads all objects on its input.
#pragma once

#include "pipeline/kust_target.h"

struct exec_plugin;

// NULL: diagnosed.
const struct exec_plugin *exec_plugin_configure(struct kust_target *, const struct resource *config);

// Runs it; `objects` is NULL for a generator. False: diagnosed.
bool exec_plugin_run(struct kust_target *, const struct exec_plugin *, const struct resource *config,
                     const struct resource_map *objects, struct slice *output);
