// check/judge.h
//
// The rules' view of one root during its build, and the place where they report. Sightings aren't diagnostics: they are
// kept after the build ends, since a patch that matches nothing in this root may match in another.
//
//     struct check *check = check_new(levels, files, root_paths, count);
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

// One visit to a kustomization on the way from the root.
struct visit {
    const struct file_loader *files;  // while the root is built
    struct slice file;                // the kustomization, as messages name it
    size_t parent;                    // SIZE_MAX: this is the root
    bool component;
    bool is_outside;  // outside the root's directory
    bool is_remote;   // from another repository, whose author won't read the findings
};

// What a rule has found in one root.
struct sighting {
    const struct rule *rule;
    enum level level;  // upper bound; LEVEL_OFF: the rule's level
    bool fits;         // correct here, which makes the same entry correct in every root
    bool may_fit;      // may be correct in another root
    bool is_shared;    // its level is lower only because other kustomizations may use the file
    bool is_of_file;   // about a kustomization file, whichever root builds it
    struct slice file;
    uint32_t key_line, key_column;  // position of the entry it is about
    struct slice output;            // the program output that contains the entry; empty: the file does
    uint32_t line, column, end_line, end_column;
    struct position position;  // the same, while the root is judged
    struct slice message, hint, snippet;
    struct slice source_line;  // trimmed, for the fingerprint
    size_t visit;              // the current kustomization; SIZE_MAX: none
    struct slice api_version, kind, name, namespace, field;
    bool is_ignored;        // by an annotation on the object
    bool is_failure;        // it breaks the build of the root, so nothing silences it
    struct slice identity;  // sightings of this rule with the same identity are one finding; empty: the place decides
    // Dropped if any root of the run offers one of `needs`, or if none offers `condition`. Empty: ignored.
    struct slice needs[2], condition;
    const struct selection *selects;  // dropped if another root has a match (check/selections.h); NULL: ignored
};

struct generated {
    const struct resource *resource;
    size_t visit;
    struct position ordered_by;
    bool is_chart;
    bool has_namespace;  // the chart's entry names one
};

struct judge {
    struct check *check;
    size_t root;  // its index; SIZE_MAX: the run as a whole
    struct build *build;
    struct arena arena;    // outlives the build
    struct arena scratch;  // of rules, until the root has been judged
    const struct rule *rule;
    size_t visit;  // the kustomization being judged
    size_t object_count;
    bool built;
    struct judged_object {
        struct slice kind, name, namespace;
    } * built_objects;  // object_count of them; NULL: not needed
    size_t made_count;  // objects that were read or generated, including those deleted later
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
    struct hash_index outputs;  // file number of a program's output → index in `generated`
    struct path_list offers;    // names that sightings in any root may need
    struct {
        struct selection *items;
        size_t count, capacity;
    } labels;  // labels of the root's objects; only if there are other roots
    struct hash_index visits_by_file, visits_by_loader;
    struct hash_index used_annotations;  // those that silenced something (check/annotation.c)
    struct hash_index written_labels;    // of selectors (check/object_rules.c)
    struct hash_index emptied;           // object whose `containers` a patch may have emptied → index in `emptied_by`
    struct {
        struct position *items;  // of the items without a name
        size_t count, capacity;
    } emptied_by;
    struct hash_index aliases_by_file;  // file number → index in `aliases`
    struct {
        struct alias_uses **items;
        size_t count, capacity;
    } aliases;                              // of the files with findings (check/alias_places.c)
    size_t hints;                           // number of hints that walked over all objects
    struct objects *objects;                // of the stream, built on first use (check/objects.h)
    struct key_places *key_places;          // check/key_places.c
    struct patch_memory *patch;             // for the patch being applied (check/patch_rules.c)
    struct copied_names *copied;            // by replacements (check/copied_name_rules.c)
    struct drops *drops;                    // check/drops.c
    struct overridden_entries *overridden;  // check/overridden_rules.c
    struct root_schemas *schemas;           // check/schemas.c
    struct build_observer observer;
    struct match_observer matches;
};

struct judge *judge_new(struct check *, size_t root, struct build *);
const struct build_observer *judge_observer(struct judge *);
// Judges the finished build, or the reason for its failure.
void judge_end(struct judge *, bool built);

// --- For rules. The result is NULL if the finding isn't needed; the functions below accept NULL.

// Reports a finding in this root.
struct sighting *judge_find(struct judge *, struct position, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
// A cheap variant without the source line, for findings that other roots usually refute. The message must not contain
// secrets.
struct sighting *judge_suspect(struct judge *, struct position, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
// Reports that the entry at `key` matches nothing in this root: a finding unless it matches in another root. In a
// component, or outside the root's directory, it has a lower level.
struct sighting *judge_miss(struct judge *, struct position key, struct position place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void judge_fits(struct judge *, struct position key);
// Reports a finding in a file that no build has read.
struct sighting *judge_find_file(struct judge *, struct slice file, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// True for the first hundred calls per root: bounds the hints that walk over all objects.
bool judge_may_search(struct judge *);
void sighting_hint(struct judge *, struct sighting *, const char *format, ...) __attribute__((format(printf, 3, 4)));
// Adds to the hint, if there is one, after a semicolon.
void sighting_hint_more(struct judge *, struct sighting *, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
// "did you mean 'NEAREST'?"; empty: no hint.
void sighting_suggest(struct judge *, struct sighting *, struct slice nearest);
// The place of another value that the finding is also about: "on line 12" or "at base/web.yaml:12:5". Empty: on the
// same line, or unknown.
struct slice sighting_other_place(struct judge *, const struct sighting *, struct position other);
// Adds a hint: `before`, such as "see the first one", and then this place. Adds none if the place is empty.
void sighting_hint_place(struct judge *, struct sighting *, const char *before, struct position other);
// `field` is the path in the object, such as "spec.ports[0].name"; NULL: the whole object. An object rule may report
// several fields at the same place. If an alias gives the field its value, the finding moves from the anchor to it.
void sighting_about(struct judge *, struct sighting *, const struct resource *, const char *field);
// Drops the finding if any root of the run, including later ones, offers this name: what is missing in one root may be
// in another. Rules choose the format of the names, such as "Secret/shop/password". A sighting may have two of them.
void sighting_needs(struct judge *, struct sighting *, struct slice need);
// Drops the finding unless a root of the run offers this name.
void sighting_only_if(struct judge *, struct sighting *, struct slice condition);
void judge_offer(struct judge *, struct slice offer);
// True if the run has other roots.
bool judge_has_others(const struct judge *);
// `.kiln.yaml` says that KIND/NAME comes from elsewhere.
bool judge_is_external(struct judge *, const char *kind, struct slice name);

// A field of a map, ignoring case; the last one of several. NULL: absent.
const struct node *judge_field(const struct node *map, const char *name);
struct slice judge_text(const struct node *map, const char *name);
// An object in a message: "Deployment 'web'".
struct slice resource_shown(struct judge *, const struct resource *);
// The kustomization that is being judged.
const struct visit *judge_visit(const struct judge *);
// The visit whose kustomization is this file; SIZE_MAX: none.
size_t judge_visit_of(const struct judge *, uint32_t file);
// The first visit to a kustomization file; SIZE_MAX: none.
size_t judge_visit_named(const struct judge *, struct slice file);
// Calls `found` for each Pod specification of a workload.
void for_each_pod_spec(const struct resource *, void (*found)(void *state, const struct node *spec), void *state);

// Runs the rules about unused files.
struct repository_files;
void judge_repository(struct judge *, const struct repository_files *);
