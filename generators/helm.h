// generators/helm.h
//
// One chart that helm renders, whichever of its three forms stands in the kustomization, and the values file
// that helm is given.
#pragma once

#include "generators/generator.h"

// An entry of `helmCharts`.
struct helm_chart {
    struct position position;
    struct text name, version, repository, release_name, namespace, values_file, values_merge, kube_version,
        name_template;
    struct text_list additional_values_files, api_versions;
    struct node *values_inline;
    bool include_crds, skip_hooks, skip_tests, debug, devel;
    struct text chart_home, config_home;  // of `helmGlobals`, or the object's own
    bool from_object;  // its values follow the rules of resources, not those of kustomization files (doc/scalar.h)
};

// The text of the values file: that of the chart or `valuesFile`, with the inline ones over it (`override`),
// below it (`merge`) or in its place (`replace`). `pulled`: helm has put the file into the private directory. False:
// diagnosed.
bool helm_values_text(struct generate_context *, const struct helm_chart *, struct text values_file, bool pulled,
                      struct slice *text);
