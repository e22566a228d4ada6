#include "pipeline/external_plugins.h"

#include "pipeline/exec_plugins.h"
#include "pipeline/functions.h"
#include "pipeline/plugin_exchange.h"
#include "schema/api.h"

struct external_plugin {
    const struct resource *config;
    const struct function *function;    // either this
    const struct exec_plugin *program;  // or this
};

// True for a resource such as a Service, which isn't the configuration of a plugin.
static bool is_of_kubernetes(const struct resource *config)
{
    return config->id.gvk.version->text.length && api_is_own_group(config->id.gvk.group->text);
}

const struct external_plugin *external_plugin_configure(struct kust_target *target, const struct resource *config,
                                                        const char *role)
{
    struct build *build = target->build;
    struct position position = resource_position(config);
    struct slice kind = config->id.gvk.kind->text;
    if (build_is_in_memory(&build->options)) {
        diagnose(&build->diagnostics, position, "the %s '%.*s' is not built in, and this build runs no programs", role,
                 SLICE_ARGS(kind));
        return NULL;
    }
    struct external_plugin *plugin = arena_new(&build->arena, struct external_plugin);
    plugin->config = config;
    bool failed;
    plugin->function = function_configure(target, config, &failed);
    if (plugin->function || failed)
        return failed ? NULL : plugin;
    if (!build->options.enable_plugins) {
        const struct map_entry *near = resource_misspelled_version(config);
        diagnose(&build->diagnostics, position,
                 "the %s '%.*s' is not built in, and external plugins require --enable-alpha-plugins", role,
                 SLICE_ARGS(kind));
        if (near)
            diagnose_hint(&build->diagnostics, "correct '%.*s' first", SLICE_ARGS(near->key->text));
        else if (is_of_kubernetes(config))
            diagnose_hint(&build->diagnostics, "list Kubernetes resources under `resources`");
        else
            diagnose_hint(&build->diagnostics,
                          "set `apiVersion: builtin` if you mean a built-in plugin; if you trust this one, run '%s "
                          "build --enable-alpha-plugins …'",
                          diagnostics_program(&build->diagnostics));
        return NULL;
    }
    plugin->program = exec_plugin_configure(target, config);
    return plugin->program ? plugin : NULL;
}

// Runs a plugin and reads what it prints. `*ran` becomes false if there was nothing to run it on.
static bool run(struct kust_target *target, const struct external_plugin *plugin, const struct resource_map *objects,
                struct resource_list *printed, bool *ran)
{
    struct slice output = {0};
    struct slice shown = arena_format(&target->build->arena, "output of '%.*s'",
                                      SLICE_ARGS(plugin->config->id.name->text));
    *ran = true;
    bool done = plugin->function ? function_run(target, plugin->function, plugin->config, objects, &output, ran)
                                 : exec_plugin_run(target, plugin->program, plugin->config, objects, &output);
    return done && plugin_read(target, output, shown, resource_position(plugin->config), printed);
}

bool external_plugin_generate(struct kust_target *target, const struct external_plugin *plugin,
                              struct resource_list *made)
{
    bool ran;
    return run(target, plugin, NULL, made, &ran) && plugin_take_options(target, made);
}

bool external_plugin_transform(struct kust_target *target, const struct external_plugin *plugin,
                               struct resource_map *objects)
{
    struct resource_list printed = {0};
    bool ran;
    if (!run(target, plugin, objects, &printed, &ran))
        return false;
    return !ran || plugin_replace(target, &printed, objects);
}

bool external_plugin_validate(struct kust_target *target, const struct external_plugin *plugin,
                              struct resource_map *objects)
{
    struct resource_list printed = {0};
    bool ran;
    if (!run(target, plugin, objects, &printed, &ran))
        return false;
    return plugin_check_unchanged(target, &printed, objects, resource_position(plugin->config));
}
