// report/check_github.c
//
// Workflow annotations for GitHub:
//
//     ::error file=overlays/prod/kustomization.yaml,line=9,col=11,endColumn=15,title=patch-no-match::the patch …
//
// GitHub shows ten of each kind for a step. So kiln prints at most ten of each kind, with those in changed files
// first. A notice at the end counts the rest.
#include "report/check_report.h"
#include "report/escape.h"

enum { SHOWN_OF_KIND = 10 };

struct rest {
    size_t of_level[LEVEL_ERROR + 1];
    size_t count;
};

static bool is_changed(const struct check_report *report, const struct finding *finding)
{
    return report->is_changed && report->is_changed(report->state, check_report_path(report, finding));
}

static void write_finding(const struct check_report *report, const struct finding *finding)
{
    const struct sighting *sighting = finding->sighting;
    struct buffer message = {0};
    buffer_add_slice(&message, sighting->message);
    if (sighting->hint.length)
        buffer_add_format(&message, "\nhint: %.*s", SLICE_ARGS(sighting->hint));
    struct github_annotation annotation = {
        .level = finding->level == LEVEL_NOTE ? "notice" : level_text(finding->level),
        .file = check_report_path(report, finding),
        .line = sighting->line,
        .column = sighting->column,
        .title = slice_from(finding->rule->id),
        .message = buffer_slice(&message),
    };
    // GitHub rejects an end column on another line, or one that is not after the start.
    if (sighting->end_line == sighting->line && sighting->end_column > sighting->column)
        annotation.end_column = sighting->end_column;
    escape_github(report->out, &annotation);
    buffer_wipe(&message);
}

// The findings are sorted by level. Those in changed files come first, then the others.
static void write_level(const struct check_report *report, enum level level, size_t most, struct rest *rest)
{
    const struct finding_list *findings = report->findings;
    size_t written = 0;
    for (int unchanged = report->is_changed ? 0 : 1; unchanged < 2; unchanged++)
        for (size_t i = 0; i < findings->count; i++) {
            const struct finding *finding = &findings->items[i];
            bool counts = finding->silence == FINDING_SHOWN && finding->level == level;
            if (!counts || (report->is_changed && is_changed(report, finding) != !unchanged))
                continue;
            if (written < most)
                write_finding(report, finding);
            written++;
        }
    if (written > most) {
        rest->of_level[level] = written - most;
        rest->count += written - most;
    }
}

static size_t count_notes(const struct finding_list *findings)
{
    size_t count = 0;
    for (size_t i = 0; i < findings->count; i++)
        count += findings->items[i].silence == FINDING_SHOWN && findings->items[i].level == LEVEL_NOTE;
    return count;
}

static void write_github(const struct check_report *report)
{
    struct rest rest = {0};
    size_t notes = count_notes(report->findings);
    write_level(report, LEVEL_ERROR, SHOWN_OF_KIND, &rest);
    write_level(report, LEVEL_WARNING, SHOWN_OF_KIND, &rest);
    // The notice at the end counts toward the ten.
    bool is_cut = rest.count || notes > SHOWN_OF_KIND;
    write_level(report, LEVEL_NOTE, is_cut ? SHOWN_OF_KIND - 1 : SHOWN_OF_KIND, &rest);
    if (!rest.count)
        return;
    struct buffer message = {0};
    buffer_add_text(&message, "not shown here: ");
    check_report_counts(&message, rest.of_level);
    escape_github_notice(report->out, (struct slice){0}, 0, 0, slice_literal("kiln check"), buffer_slice(&message));
    buffer_free(&message);
}

const struct check_format check_github_format = {.name = "github", .for_people = true, .write = write_github};
