// check/objects.h
//
// The finished objects of a root, indexed by kind and name, and their Pod templates, indexed by label.
// Built when the first rule asks for it.
#pragma once

#include "check/object_fields.h"

// A source of Pods: a Pod, the template of a built-in workload, or a custom resource's template with the same form.
struct pod {
    const struct resource *resource;
    const struct node *labels, *spec;  // NULL: absent
    const char *path;                  // of the template: "spec.template"; empty for a Pod
};

// Key and value of a label → the numbers of what has the label, and their count.
struct label_index {
    struct hash_index items, counted;
    struct {
        size_t *items;
        size_t count, capacity;
    } counts;
};

struct object_reference_list;

struct made_object {
    struct slice kind, name, namespace;
};

struct objects {
    const struct resource_map *resources;
    struct {
        struct pod *items;
        size_t count, capacity;
    } pods;
    struct {
        const struct resource **items;
        size_t count, capacity;
    } services, operated, definitions;  // custom resources of operators; CustomResourceDefinitions
    struct hash_index by_name, by_id;   // kind and name, with and without the namespace → number of an object
    struct label_index pods_by_label, services_by_label;
    struct hash_index definitions_by_kind, operated_by_name;
    struct hash_index domains;     // of the groups of `operated`, and their parent domains
    struct hash_index namespaces;  // that objects are in
    struct {
        struct made_object *items;
        size_t count, capacity;
    } made;  // objects that operators create, by the names in their custom resources
    struct hash_index made_by_name;
    struct object_reference_list *references;  // set on first use (check/references.h)
};

struct objects *judge_objects(struct judge *);
// The Pod template of a built-in workload. False: the object is not one.
bool pod_of(const struct resource *, struct pod *);
size_t label_index_count(const struct label_index *, struct slice key, struct slice value);

// True if two namespaces may be the same. An object without one gets it when it is applied.
bool namespaces_overlap(struct slice, struct slice);
struct slice object_namespace(const struct resource *);
// Takes the place of the namespace when an object in any namespace will do: in object_id_hash, and in names for
// judge_offer and sighting_needs.
#define ANY_NAMESPACE slice_literal("*")
uint64_t object_id_hash(struct slice kind, struct slice name, struct slice namespace);
// True for a namespace that every cluster has: "kube-system".
bool is_given_namespace(struct slice name);

// An object of the kind (in any group) with this name that is visible from the namespace; empty: from any. NULL: there
// is none.
const struct resource *objects_find(const struct objects *, struct slice kind, struct slice name,
                                    struct slice namespace);
// The CustomResourceDefinition of an object's kind; NULL: the root has none.
const struct resource *objects_definition(const struct objects *, const struct resource *);
// True if an object says that an operator makes an object of this kind and name.
bool objects_create(const struct objects *, struct slice kind, struct slice name, struct slice namespace);
bool objects_use_namespace(const struct objects *, struct slice namespace);
// Operators name their objects after the custom resource. True if the string begins with the name of one.
bool objects_have_operator(const struct objects *, struct slice text, struct slice namespace);
// Finds "strimzi.io" if an object of an operator has the group kafka.strimzi.io.
bool objects_have_domain(const struct objects *, struct slice domain);

// The steps to the specification of a Pod: "spec.template.spec".
struct pod_trail {
    struct field_trail template, spec;
};
void pod_trail_set(struct pod_trail *, const struct pod *);

// Calls `found` for each container of a Pod, in all its lists.
void for_each_container(const struct pod *,
                        void (*found)(void *state, const struct node *container, const struct field_trail *),
                        void *state);
