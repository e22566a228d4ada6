// base/well_known_names.h
//
// Texts that the program itself looks up, interned before any input is read: an identifier for
// NAME(identifier), and the text. To add one is to add a line.
#pragma once

#define WELL_KNOWN_NAMES(X)                     \
    X(empty, "")                                \
    X(apiVersion, "apiVersion")                 \
    X(kind, "kind")                             \
    X(metadata, "metadata")                     \
    X(name, "name")                             \
    X(namespace, "namespace")                   \
    X(labels, "labels")                         \
    X(annotations, "annotations")               \
    X(spec, "spec")                             \
    X(data, "data")                             \
    X(binaryData, "binaryData")                 \
    X(stringData, "stringData")                 \
    X(type, "type")                             \
    X(immutable, "immutable")                   \
    X(items, "items")                           \
    X(functionConfig, "functionConfig")         \
    X(subjects, "subjects")                     \
    X(roleRef, "roleRef")                       \
    X(apiGroup, "apiGroup")                     \
    X(default_, "default")                      \
    X(merge_key, "<<")                          \
    X(patch_directive, "$patch")                \
    X(containers, "containers")                 \
    X(initContainers, "initContainers")         \
    X(image, "image")                           \
    X(v1, "v1")                                 \
    X(ConfigMap, "ConfigMap")                   \
    X(Secret, "Secret")                         \
    X(ServiceAccount, "ServiceAccount")         \
    X(Namespace, "Namespace")                   \
    X(CustomResourceDefinition, "CustomResourceDefinition") \
    X(APIService, "APIService")                 \
    X(apiregistration_group, "apiregistration.k8s.io") \
    X(RoleBinding, "RoleBinding")               \
    X(ClusterRoleBinding, "ClusterRoleBinding") \
    X(List, "List")                             \
    X(group, "group")                           \
    X(version, "version")                       \
    X(path, "path")                             \
    X(create, "create")                         \
    X(value, "value")                           \
    X(from, "from")                             \
    X(op, "op")                                 \
    X(target, "target")                         \
    X(patch, "patch")                           \
    X(options, "options")                       \
    X(fields, "fields")                         \
    X(pairs, "pairs")                           \
    X(source, "source")                         \
    X(targets, "targets")                       \
    X(fieldPath, "fieldPath")                   \
    X(fieldSpecs, "fieldSpecs")
