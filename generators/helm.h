// generators/helm.h
//
// A chart that helm renders, whichever of three ways the kustomization uses to configure it, and its values file.
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
    bool from_object;  // its values are typed as in resources, not as in kustomization files (doc/scalar.h)
};

// Creates the text of the values file: the values of the chart or of `valuesFile`, and the inline ones, which override
// those (`override`), are overridden by them (`merge`), or replace them (`replace`). `pulled`: helm has put the file
// into the private directory. False: diagnosed.
bool helm_values_text(struct generate_context *, const struct helm_chart *, struct text values_file, bool pulled,
                      struct slice *text);
