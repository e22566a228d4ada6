// resource/label_selector.h
//
// Kubernetes selectors for labels or annotations:
//
//     app=web, tier in (front, back), !legacy, version>3
//
// Source: k8s.io/apimachinery/pkg/labels.
#pragma once

#include "base/diagnostics.h"
#include "doc/decode.h"

struct label_selector;

// An empty string selects everything. NULL: diagnosed at the position of the text.
struct label_selector *label_selector_parse(struct arena *, struct diagnostics *, struct text);

// `labels` is the map `metadata.labels` or `metadata.annotations` of a resource, or NULL. Values are compared as
// strings.
bool label_selector_matches(const struct label_selector *, const struct node *labels);
