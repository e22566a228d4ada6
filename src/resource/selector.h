// resource/selector.h
//
// Which objects a patch, a replacement or a value is aimed at: group, version, kind, name and
// namespace as anchored regular expressions, labels and annotations as Kubernetes selectors.
#pragma once

#include "doc/decode.h"
#include "resource/resource_map.h"

// As it stands in a kustomization.
struct selector {
    struct position position;
    struct text group, version, kind, name, namespace;
    struct text label_selector, annotation_selector;
};

extern const struct decode_type selector_type;

// Compiled: expressions and selectors are parsed once.
struct compiled_selector;

// NULL: diagnosed (an expression that does not parse). Selectors of labels and annotations that do not parse
// are an error only when they are asked: for an object that fits in everything else.
struct compiled_selector *selector_compile(struct resource_context *, const struct selector *);

// What it was compiled from.
const struct selector *selector_written(const struct compiled_selector *);

// True when that has happened; it is diagnosed.
bool selector_failed(const struct compiled_selector *);

// The rule of patch targets: group, version and kind as they are now; name and namespace (in effective form) as
// they were first or are now.
bool selector_matches(const struct compiled_selector *, const struct resource *);
// Only labels and annotations.
bool selector_matches_labels(const struct compiled_selector *, const struct resource *);

// The rule of replacements: the expressions must fit one of the ids that the object has or had, with namespaces as they
// are written.
bool selector_matches_any_id(const struct compiled_selector *, const struct resource *);
// True where there is a condition of this kind.
bool selector_has_id(const struct compiled_selector *);
bool selector_has_labels(const struct compiled_selector *);
// Asks whether the selectors of labels and annotations parse. False: diagnosed, now or before.
bool selector_parse_labels(const struct compiled_selector *);
// The name, where it is no expression that fits several; else NULL.
const struct name *selector_exact_name(const struct compiled_selector *);

// The objects of the map that match, in order. The list is in the arena. An exact name is looked up, anything else is
// compared with every object.
struct resource_list selector_select(const struct compiled_selector *, struct resource_map *);
