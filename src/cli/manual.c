#include "cli/manual.h"

#include <stdint.h>
#include <string.h>

#include "base/buffer.h"
#include "cli/help.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "cli/version.h"

// What no table says.
static const char head[] =
    ".\\\" Made by `kiln help --man`.\n"
    ".TH KILN 1 \"\" \"kiln " KILN_VERSION "\"\n"
    ".SH NAME\n"
    "kiln, kubectl\\-kiln \\- build Kubernetes manifests from kustomizations\n"
    ".SH SYNOPSIS\n"
    ".B kiln\n"
    ".I COMMAND\n"
    ".RI [ ARGUMENTS ]\n"
    ".br\n"
    ".B kubectl kiln\n"
    ".I COMMAND\n"
    ".RI [ ARGUMENTS ]\n"
    ".SH DESCRIPTION\n"
    "kiln reads a directory with a\n"
    ".I kustomization.yaml\n"
    "and prints the objects that it describes, as one YAML stream for\n"
    ".BR \"kubectl apply \\-f \\-\" .\n"
    "Nothing is printed unless the whole build succeeds; what is wrong is said on standard error, with its place.\n"
    ".PP\n"
    "Flags stand anywhere among the arguments of a command:\n"
    ".BR \\-\\-flag=value ,\n"
    ".BR \"\\-\\-flag value\" ,\n"
    ".BR \"\\-f value\" ;\n"
    ".B \\-\\-\n"
    "ends them.\n"
    ".PP\n"
    "Called by a name that begins with\n"
    ".BR kustomize ,\n"
    "kiln gives generated objects the names that kustomize v4 and later give them.\n"
    "As\n"
    ".B kubectl\\-kiln\n"
    "on PATH it is a plugin of kubectl.\n";

static const char tail[] =
    ".SH EXIT STATUS\n"
    ".TP\n.B 0\nDone; warnings may stand on standard error.\n"
    ".TP\n.B 1\nIt failed; nothing is on standard output.\n"
    ".TP\n.B 2\nThe call is wrong: an unknown flag, a bad value. A program called by a name that begins with\n"
    ".B kustomize\nends with 1 instead.\n"
    ".PP\n"
    "A command that hands the objects to kubectl ends as kubectl does;\n"
    ".B diff\nends with 2 when the build failed, since 1 says that there are differences.\n"
    ".SH ENVIRONMENT\n"
    ".TP\n.B KILN_NAME_HASH\n"
    "The name hash, v3 or v4, where no flag chooses one.\n"
    ".TP\n.B KILN_COMPAT\n"
    "The release of kustomize to reproduce, where no flag chooses one.\n"
    ".TP\n.B KILN_GIT_CONFIG\n"
    "The value of\n.B \\-\\-git\\-config\nwhere no flag sets it.\n"
    ".TP\n.BR KILN_MAX_MEMORY \", \" KILN_PROGRAM_TIMEOUT\n"
    "The limits of\n.B \\-\\-max\\-memory\nand\n.B \\-\\-program\\-timeout\nwhere no flag sets them.\n"
    ".TP\n.B KUSTOMIZE_PLUGIN_HOME\n"
    "Where exec plugins are looked for.\n"
    ".TP\n.B KUSTOMIZE_ENABLE_MANAGEDBY_LABEL\n"
    "With the value\n.B on\nobjects get the label app.kubernetes.io/managed\\-by.\n"
    ".TP\n.BR GIT_ASKPASS \", \" GIT_SSH_COMMAND \", \" GIT_ALLOW_PROTOCOL\n"
    "Are kept for git, which fetches remote directories.\n"
    ".TP\n.B NO_COLOR\n"
    "Messages have no colour.\n"
    ".TP\n.B TMPDIR\n"
    "Where private temporary directories are made.\n"
    ".SH SEE ALSO\n"
    ".BR kubectl (1),\n"
    ".BR git (1)\n";

// A character of UTF-8 as troff names it; the number of its bytes.
static size_t add_character(struct buffer *out, struct slice text)
{
    unsigned char first = (unsigned char)text.data[0];
    size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    uint32_t character = first & (0x7fu >> length);
    for (size_t i = 1; i < length && i < text.length; i++)
        character = character << 6 | ((unsigned char)text.data[i] & 0x3f);
    buffer_add_format(out, "\\[u%04X]", character);
    return length;
}

// Text as it is: no line begins a request, and `-` can be copied.
static void add_text(struct buffer *out, struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        bool starts = i == 0 || text.data[i - 1] == '\n';
        if (starts && (text.data[i] == '.' || text.data[i] == '\''))
            buffer_add_text(out, "\\&");
        if (text.data[i] == '\\')
            buffer_add_text(out, "\\e");
        else if (text.data[i] == '-')
            buffer_add_text(out, "\\-");
        else if ((unsigned char)text.data[i] >= 0x80)
            i += add_character(out, slice_from_index(text, i)) - 1;
        else
            buffer_add_byte(out, text.data[i]);
    }
}

static void add_words(struct buffer *out, const char *text)
{
    add_text(out, slice_from(text));
}

static void add_option(struct buffer *out, struct arena *arena, const struct option *option)
{
    struct slice value = option_value_text(arena, option);
    buffer_add_text(out, ".TP\n.B ");
    if (option->letter)
        buffer_add_format(out, "\\-%c, ", option->letter);
    add_text(out, arena_format(arena, "--%s", option->name));
    if (value.length) {
        buffer_add_text(out, " \\fI");
        add_text(out, value);
        buffer_add_text(out, "\\fR");
    }
    buffer_add_byte(out, '\n');
    add_words(out, option->help);
    buffer_add_text(out, ".\n");
}

static void add_command(struct buffer *out, struct arena *arena, const struct command *command, const char *path)
{
    struct slice usage = arena_format(arena, "kiln %s%s%s%s", path, command->operands ? " " : "",
                                      command->operands ? command->operands : "",
                                      command->option_count ? " [FLAGS]" : "");
    buffer_add_text(out, ".SS ");
    add_text(out, usage);
    buffer_add_byte(out, '\n');
    add_words(out, command->summary);
    buffer_add_text(out, ".\n");
    if (command->description) {
        buffer_add_text(out, ".PP\n");
        add_words(out, command->description);
    }
    for (size_t i = 0; i < command->option_count; i++)
        if (!command->options[i].hidden && !command->options[i].instead)
            add_option(out, arena, &command->options[i]);
    if (command->examples) {
        buffer_add_text(out, ".PP\nExamples:\n.PP\n.nf\n");
        add_words(out, command->examples);
        buffer_add_text(out, ".fi\n");
    }
}

enum { GROUP_DEPTH_MAX = 4 };

static void add_commands(struct buffer *out, struct arena *arena, const struct command *const *list, const char *group,
                         int depth)
{
    for (; *list && depth < GROUP_DEPTH_MAX; list++) {
        const char *path = arena_format(arena, "%s%s%s", group, *group ? " " : "", (*list)->name).data;
        if ((*list)->topic)
            continue;
        if ((*list)->commands)
            add_commands(out, arena, (*list)->commands, path, depth + 1);
        else
            add_command(out, arena, *list, path);
    }
}

enum status manual_write(struct invocation *call)
{
    struct buffer page = {0};
    buffer_add_text(&page, head);
    buffer_add_text(&page, ".SH COMMANDS\n");
    add_commands(&page, call->arena, commands, "", 0);
    buffer_add_text(&page, tail);
    enum status status = terminal_write_result(call->diagnostics, buffer_slice(&page));
    buffer_free(&page);
    return status;
}
