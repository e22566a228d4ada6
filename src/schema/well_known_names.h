// schema/well_known_names.h
//
// The words of Kubernetes and kustomize that the program itself looks up, interned before any input is read: an
// identifier for NAME(identifier), and the string. To add one, add a line.
#pragma once

#include "base/name.h"

#define WELL_KNOWN_NAMES(X)                                                                                            \
    X(empty, "")                                                                                                       \
    X(apiVersion, "apiVersion")                                                                                        \
    X(kind, "kind")                                                                                                    \
    X(metadata, "metadata")                                                                                            \
    X(name, "name")                                                                                                    \
    X(namespace, "namespace")                                                                                          \
    X(needs_hash_suffix, "internal.config.kubernetes.io/needsHashSuffix")                                              \
    X(labels, "labels")                                                                                                \
    X(annotations, "annotations")                                                                                      \
    X(spec, "spec")                                                                                                    \
    X(data, "data")                                                                                                    \
    X(binaryData, "binaryData")                                                                                        \
    X(stringData, "stringData")                                                                                        \
    X(type, "type")                                                                                                    \
    X(immutable, "immutable")                                                                                          \
    X(items, "items")                                                                                                  \
    X(functionConfig, "functionConfig")                                                                                \
    X(subjects, "subjects")                                                                                            \
    X(roleRef, "roleRef")                                                                                              \
    X(apiGroup, "apiGroup")                                                                                            \
    X(default_, "default")                                                                                             \
    X(patch_directive, "$patch")                                                                                       \
    X(containers, "containers")                                                                                        \
    X(initContainers, "initContainers")                                                                                \
    X(image, "image")                                                                                                  \
    X(v1, "v1")                                                                                                        \
    X(ConfigMap, "ConfigMap")                                                                                          \
    X(Secret, "Secret")                                                                                                \
    X(ServiceAccount, "ServiceAccount")                                                                                \
    X(Namespace, "Namespace")                                                                                          \
    X(CustomResourceDefinition, "CustomResourceDefinition")                                                            \
    X(APIService, "APIService")                                                                                        \
    X(apiregistration_group, "apiregistration.k8s.io")                                                                 \
    X(RoleBinding, "RoleBinding")                                                                                      \
    X(ClusterRoleBinding, "ClusterRoleBinding")                                                                        \
    X(path, "path")                                                                                                    \
    X(value, "value")                                                                                                  \
    X(from, "from")                                                                                                    \
    X(op, "op")                                                                                                        \
    X(targets, "targets")                                                                                              \
    X(fieldSpecs, "fieldSpecs")

enum well_known_name {
#define NAME_IDENTIFIER(identifier, text) NAME_##identifier,
    WELL_KNOWN_NAMES(NAME_IDENTIFIER)
#undef NAME_IDENTIFIER
        WELL_KNOWN_NAME_COUNT
};

// Filled in by the first well_known_names_init; constant from then on.
extern struct name well_known_names[WELL_KNOWN_NAME_COUNT];

// NAME(metadata): the name of a string that the program itself looks up.
#define NAME(identifier) ((const struct name *)&well_known_names[NAME_##identifier])

// A table that contains them.
void well_known_names_init(struct name_table *);
