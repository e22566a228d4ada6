// cli/schema.c
//
// `kiln schema`: prints JSON Schemas of the files that kiln reads, made from the tables that it reads them with.
#include "cli/command.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "config/config.h"
#include "json/schema.h"
#include "kustomization/field_notes.h"
#include "pipeline/plugins.h"

struct settings {
    int draft;
};

static const struct option_choice drafts[] = {
    {"7", JSON_SCHEMA_DRAFT_7, false}, {"2020-12", JSON_SCHEMA_DRAFT_2020_12, false}, {NULL, 0, false}};

static const struct option options[] = {
    {.name = "draft",
     .kind = OPTION_CHOICE,
     .offset = offsetof(struct settings, draft),
     .choices = drafts,
     .help = "the version of JSON Schema (7)"},
};

struct notes {
    struct json_schema_note *items;
    size_t count, capacity;
};

static const char *const kustomization_kinds[] = {"Kustomization", NULL};
static const char *const component_kinds[] = {"Component", NULL};

static struct slice print_kustomization(struct arena *arena, enum json_schema_draft draft, bool component)
{
    struct decode_type type = plugins_kustomization_shape(arena);
    struct notes notes = {0};
    for (size_t i = 0; i < field_note_count; i++) {
        const struct field_note *note = &field_notes[i];
        bool top = strcmp(note->type, type.name) == 0;
        struct json_schema_note item = {
            .type = note->type, .field = note->field, .description = note->description, .instead = note->instead};
        if (top && !item.instead)
            item.instead = kustomization_field_instead(note->field);
        if (top && strcmp(note->field, "kind") == 0)
            item.values = component ? component_kinds : kustomization_kinds;
        list_append(arena, &notes, item);
    }
    const struct json_schema_request request = {
        .draft = draft,
        .title = component ? "Component" : "Kustomization",
        .description = "A kustomization.yaml, kustomization.yml, or Kustomization file.",
        .type = &type,
        .notes = notes.items,
        .note_count = notes.count,
    };
    return json_schema(arena, &request);
}

static const char *const *values_of(struct arena *arena, const struct setting_row *row)
{
    const char **values = arena_array(arena, const char *, (size_t)row->value_count + 1);
    for (int value = 1; value <= row->value_count; value++)
        values[value - 1] = row->value_text(value);
    return values;
}

static struct slice print_config(struct arena *arena, enum json_schema_draft draft)
{
    struct notes notes = {0};
    for (int id = 0; id < SETTING_COUNT; id++) {
        const struct setting_row *row = &setting_rows[id];
        struct json_schema_note item = {
            .type = config_type.name,
            .field = row->field,
            .description = arena_format(arena, "The value for builds that set neither %s, %s, nor the annotation %s.",
                                        row->flag, row->variable, row->annotation)
                               .data,
            .values = values_of(arena, row),
        };
        list_append(arena, &notes, item);
    }
    const struct json_schema_request request = {
        .draft = draft,
        .title = ".kiln.yaml",
        .description = "Settings for all builds of a repository.",
        .type = &config_type,
        .notes = notes.items,
        .note_count = notes.count,
    };
    return json_schema(arena, &request);
}

static enum status run(struct invocation *call)
{
    struct settings settings = {.draft = JSON_SCHEMA_DRAFT_7};
    struct operands operands = {0};
    enum status status;
    if (!command_start(call, &settings, &operands, &status))
        return status;
    if (operands.count != 1) {
        diagnose(call->diagnostics, (struct position){0},
                 "schema requires one argument: kustomization, component, or kiln-config");
        return STATUS_USAGE;
    }
    const char *what = operands.items[0];
    enum json_schema_draft draft = (enum json_schema_draft)settings.draft;
    struct slice text;
    if (strcmp(what, "kustomization") == 0 || strcmp(what, "component") == 0) {
        text = print_kustomization(call->arena, draft, *what == 'c');
    } else if (strcmp(what, "kiln-config") == 0) {
        text = print_config(call->arena, draft);
    } else {
        diagnose(call->diagnostics, (struct position){0},
                 "no schema for '%s': expected kustomization, component, or kiln-config", what);
        return STATUS_USAGE;
    }
    return terminal_write_result(call->diagnostics, text);
}

const struct command schema_command = {
    .name = "schema",
    .summary = "print the JSON Schema of a file that kiln reads",
    .is_extra = true,
    .operands = "kustomization|component|kiln-config",
    .description =
        "The schema is for editors and validators. kiln makes it from the tables that it uses to read these files, so\n"
        "it contains exactly the fields that kiln accepts.\n",
    .examples = "  kiln schema kustomization > kustomization.schema.json\n",
    .options = options,
    .option_count = countof(options),
    .run = run,
};
