// resource/selector.h
//
// Which resources a patch, a replacement, or a value applies to: group, version, kind, name, and namespace as anchored
// regular expressions, labels and annotations as Kubernetes selectors.
#pragma once

#include "doc/decode.h"
#include "resource/resource_map.h"

// As written in a kustomization.
struct selector {
    struct position position;
    struct text group, version, kind, name, namespace;
    struct text label_selector, annotation_selector;
};

extern const struct decode_type selector_type;
// For `Deployment/web` instead of a map with these fields, of this type or another.
bool selector_hint_string(struct diagnostics *, const struct node *found, bool is_item);

// The compiled form, whose expressions and selectors are parsed once.
struct compiled_selector;

// NULL: diagnosed (an expression that does not parse). A malformed label or annotation selector is an error only once
// it is evaluated, for a resource that matches in everything else.
struct compiled_selector *selector_compile(struct resource_context *, const struct selector *);

// What it was compiled from.
const struct selector *selector_written(const struct compiled_selector *);

// True if a malformed label or annotation selector has been evaluated and diagnosed.
bool selector_failed(const struct compiled_selector *);

// The rule for patch targets: the current group, version, and kind; the original or current name and effective
// namespace.
bool selector_matches(const struct compiled_selector *, const struct resource *);
// Compares labels and annotations only.
bool selector_matches_labels(const struct compiled_selector *, const struct resource *);

// The rule for replacements: the expressions must match the current or a previous ID of the resource, with namespaces
// as written.
bool selector_matches_any_id(const struct compiled_selector *, const struct resource *);
// True if the selector has a condition on the ID, or on labels or annotations.
bool selector_has_id(const struct compiled_selector *);
bool selector_has_labels(const struct compiled_selector *);
// Parses the label and annotation selectors. False: diagnosed, now or before.
bool selector_parse_labels(const struct compiled_selector *);
// The name, if it is literal and not an expression that can match several; otherwise NULL.
const struct name *selector_exact_name(const struct compiled_selector *);

// The matching resources of the map, in order. The list is in the arena. A literal name is looked up; anything else is
// compared with every resource.
struct resource_list selector_select(const struct compiled_selector *, struct resource_map *);
