// check/judge.h
//
// What the rules see of one root while it is built, and where they say what they find. Nothing here is a diagnostic:
// what is said is kept beyond the end of the build, since a patch that fits nothing in this root may fit in another.
//
//     struct check *check = check_new(arena, levels);
//     struct judge *judge = judge_new(check, root, build);
//     options.observer = judge_observer(judge);
//     judge_end(judge, build_run(build, &options, directory));      before the build is freed
//     check_end(check, …);                                          check/findings.h
#pragma once

#include "base/hash_index.h"
#include "check/suppression.h"
#include "load/glob.h"
#include "pipeline/build.h"
#include "pipeline/observer.h"
#include "transform/matches.h"

struct file_loader;
struct judge;

// One kustomization on its way from the root.
struct visit {
    const struct file_loader *files;  // while the root is built
    struct slice file;                // the kustomization, as messages name it
    size_t parent;                    // SIZE_MAX: it is the root
    bool component;
    bool is_outside;  // of the directory of the root
    bool is_remote;   // of a repository elsewhere, whose author is not there to read what is wrong
};

// What a rule has said of one root.
struct sighting {
    const struct rule *rule;
    enum level level;  // at most; LEVEL_OFF: that of the rule
    bool fits;         // it is right here, so that it is right wherever it stands in a root
    bool may_fit;      // in another root
    bool is_of_file;   // of a kustomization file, whoever builds it
    struct slice file;
    uint32_t key_line, key_column;  // which entry it is about
    struct slice output;            // of a program, in which the entry is; empty: it is in the file
    uint32_t line, column, end_line, end_column;
    struct slice message, hint, snippet;
    struct slice source_line;  // trimmed, for the fingerprint
    size_t visit;              // of the kustomization at work; SIZE_MAX: none
    struct slice api_version, kind, name, namespace, field;
    bool is_ignored;        // by an annotation of the object
    bool is_failure;        // the root doesn't build because of it: nothing silences it
    struct slice identity;  // all of this rule with the same one are one finding, wherever; empty: the place tells
    // Nothing is found if a root of the run offers one of `needs`, and unless one offers `condition`. Empty: no matter.
    struct slice needs[2], condition;
    const struct selection *selects;  // nothing is found if another root has it (check/selections.h); NULL: no matter
};

struct generated {
    const struct resource *resource;
    size_t visit;
    struct position ordered_by;
    bool is_chart;
    bool has_namespace;  // the entry of the chart names one
};

struct judge {
    struct check *check;
    size_t root;  // its number; SIZE_MAX: the run as a whole
    struct build *build;
    struct arena arena;    // outlives the build
    struct arena scratch;  // of rules, until the root has been judged
    const struct rule *rule;
    size_t visit;  // of what is being judged
    size_t object_count;
    bool built;
    struct judged_object {
        struct slice kind, name, namespace;
    } * built_objects;  // object_count of them; NULL: nobody wants to know
    size_t made_count;  // objects that were read or generated, whatever became of them
    struct {
        struct visit *items;
        size_t count, capacity;
    } visits;
    struct {
        struct sighting *items;
        size_t count, capacity;
    } sightings;
    struct {
        struct generated *items;
        size_t count, capacity;
    } generated;
    struct hash_index outputs;  // file number of what a program has printed → number in `generated`
    struct path_list offers;    // what sightings of any root may need
    struct {
        struct selection *items;
        size_t count, capacity;
    } labels;  // of what the root has, where there are other roots
    struct hash_index visits_by_file, visits_by_loader;
    struct hash_index used_annotations;  // that have silenced something (check/annotation.c)
    struct hash_index written_labels;    // of selectors (check/object_rules.c)
    size_t hints;                        // that cost a walk over all objects
    struct objects *objects;             // of the stream, once a rule has asked (check/objects.h)
    struct patch_memory *patch;          // of the patch that is being applied (check/patch_rules.c)
    struct root_schemas *schemas;        // check/schemas.c
    struct build_observer observer;
    struct match_observer matches;
};

struct judge *judge_new(struct check *, size_t root, struct build *);
const struct build_observer *judge_observer(struct judge *);
// Looks at what was built, or at why it was not.
void judge_end(struct judge *, bool built);

// --- For rules. What they give back is NULL where nobody wants to know; the functions below take that.

// Found in this root.
struct sighting *judge_find(struct judge *, struct position, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
// The same for what other roots refute most often: at little cost, without the line. Nothing in it may be secret.
struct sighting *judge_suspect(struct judge *, struct position, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
// The entry at `key` fits nothing in this root: a finding unless it fits in another. In a component, or in a directory
// outside of the root's, it weighs less.
struct sighting *judge_miss(struct judge *, struct position key, struct position place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void judge_fits(struct judge *, struct position key);
// Found in a file that no build has read.
struct sighting *judge_find_file(struct judge *, struct slice file, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// True for the first hundred of a root who ask: a hint that costs a walk over all objects is not for thousands.
bool judge_may_search(struct judge *);
void sighting_hint(struct judge *, struct sighting *, const char *format, ...) __attribute__((format(printf, 3, 4)));
// `field` is the path in the object, such as "spec.ports[0].name"; NULL: the finding is about all of it. At one place,
// an object rule may have a finding for each of several fields.
void sighting_about(struct judge *, struct sighting *, const struct resource *, const char *field);
// Nothing is found if a root of the run, also one that is built later, offers this text: what is looked for in vain in
// one root may be in another. Rules choose their own words, such as "Secret/shop/password".
// There may be two such texts.
void sighting_needs(struct judge *, struct sighting *, struct slice need);
// Nothing is found unless a root of the run offers this text.
void sighting_only_if(struct judge *, struct sighting *, struct slice condition);
void judge_offer(struct judge *, struct slice offer);
// True where there are roots to which something may be offered.
bool judge_has_others(const struct judge *);
// `.kiln.yaml` says that KIND/NAME comes from elsewhere.
bool judge_is_external(struct judge *, const char *kind, struct slice name);

// A field of a map whatever its case; the last of several. NULL: absent.
const struct node *judge_field(const struct node *map, const char *name);
struct slice judge_text(const struct node *map, const char *name);
// Where the key of an entry stands.
struct position entry_key_position(const struct node *map, const struct map_entry *);
// The same for an entry of a finished object, whose map may have come from another file. The value's own position is
// taken for a key that is in no file.
struct position object_key_position(const struct map_entry *);
// An object as kinds and rules go: "Deployment 'web'".
struct slice resource_shown(struct judge *, const struct resource *);
// The kustomization that is being judged.
const struct visit *judge_visit(const struct judge *);
// The source of a position is the kustomization of a visit; SIZE_MAX: of none.
size_t judge_visit_of(const struct judge *, uint32_t file);
// The first visit of a kustomization file; SIZE_MAX: there was none.
size_t judge_visit_named(const struct judge *, struct slice file);
// What the workloads among the objects have as containers: calls `found` for each pod specification.
void for_each_pod_spec(const struct resource *, void (*found)(void *state, const struct node *spec), void *state);

// Runs the rules about files that nobody uses.
struct repository_files;
void judge_repository(struct judge *, const struct repository_files *);
