// report/check_report.h
//
// What `kiln check` has found, and where it is printed. A format sees this and nothing else.
#pragma once

#include "base/buffer.h"
#include "check/findings.h"

struct check_report {
    struct arena *arena;
    struct buffer *out;
    struct diagnostics *diagnostics;  // what doesn't belong into the report
    const char *version;              // of kiln
    const struct check *check;
    const struct finding_list *findings;
    size_t omitted;  // findings that are not in the list, for there are too many
    size_t built, failed, objects;
    struct slice releases;  // of Kubernetes, by which objects were judged; empty: by none
    double seconds;         // that it took
    bool fails;             // the exit status is 1
    enum level fail_on;
    // True for a file that differs, by its path from the top; NULL: that is not known.
    bool (*is_changed)(void *state, struct slice path);
    void *state;
    bool color;
    bool verbose;  // each root that has a finding is named
};

struct check_format {
    const char *name;
    bool needs_objects;  // the judges keep what was built
    bool for_people;     // where nothing was to check, nothing is printed
    void (*write)(const struct check_report *);
};

// In the order of the help, ended by NULL.
extern const struct check_format *const check_formats[];
// NULL: there is none.
const struct check_format *check_format_find(struct slice name);

// How GitHub, SARIF and GitLab take a file: as seen from the top of the repository, wherever kiln was called.
struct slice check_report_path(const struct check_report *, const struct finding *);
// "Deployment/shop/web", "ClusterRole/admin".
struct slice check_report_object(struct arena *, struct slice kind, struct slice namespace, struct slice name);
// "1 root", "2 roots" of "root".
void check_report_count(struct buffer *, size_t count, const char *what);
// "2 errors, 0 warnings", and notes if there are any.
void check_report_counts(struct buffer *, const size_t of_level[LEVEL_ERROR + 1]);

// One finding as text: `file:line:col: error: message [rule]`, the line, the hint, and what it is about.
void check_text_finding(const struct check_report *, const struct finding *);
