// cli/completion.c
//
// `kiln completion SHELL`: prints a script that lets a shell complete commands, flags, and their values, made from the
// tables of commands and options. The scripts call kiln only for the contents of a build: the objects that --select
// accepts, and through `__complete` the objects and fields of `trace`.
#include "cli/command.h"
#include "cli/complete_built.h"
#include "cli/options.h"
#include "cli/place.h"
#include "cli/terminal.h"

struct site {
    const struct command *command;          // NULL: the program itself
    const char *path;                       // "edit add resource"
    const struct command *const *commands;  // NULL: none
};

struct script {
    struct arena *arena;
    const char *program;
    bool as_kustomize;
    struct {
        struct site *items;
        size_t count, capacity;
    } sites;
    struct buffer text;
};

#define ADD(script, ...) buffer_add_format(&(script)->text, __VA_ARGS__)

// --- The tables.

static struct slice value_text(struct script *script, const struct option *option)
{
    struct slice choices = {0};
    for (const struct option_choice *choice = option->choices; choice && choice->text; choice++)
        if (!choice->hidden)
            choices = arena_format(script->arena, "%.*s%s%s", SLICE_ARGS(choices), choices.length ? "|" : "",
                                   choice->text);
    // A single choice also ends with a separator, which marks it as a word.
    return choices.length ? arena_format(script->arena, "%.*s|", SLICE_ARGS(choices))
                          : option_value_text(script->arena, option);
}

static struct slice operands_of(const struct site *site)
{
    return site->command ? slice_from(site->command->operands) : (struct slice){0};
}

static void collect(struct script *script, const struct command *command, const char *path,
                    const struct command *const *list, int depth)
{
    enum { GROUP_DEPTH_MAX = 4 };
    struct site site = {.command = command, .path = path, .commands = list};
    list_append(script->arena, &script->sites, site);
    for (; list && *list && depth < GROUP_DEPTH_MAX; list++) {
        const char *names[] = {(*list)->name, (*list)->alias};
        for (size_t i = 0; i < countof(names) && names[i]; i++)
            collect(script, *list, arena_format(script->arena, "%s%s%s", path, *path ? " " : "", names[i]).data,
                    (*list)->commands, depth + 1);
    }
}

// Adds text in single quotes, with `quote` for each quote in it.
static void add_quoted(struct script *script, const char *text, const char *quote)
{
    buffer_add_byte(&script->text, '\'');
    for (; *text; text++)
        if (*text == '\'')
            buffer_add_text(&script->text, quote);
        else
            buffer_add_byte(&script->text, *text);
    buffer_add_byte(&script->text, '\'');
}

#define IN_SHELL "'\\''"
#define IN_FISH "\\'"
#define IN_POWERSHELL "''"

// Adds a piece of a script in which `@` is replaced by the program, and `@@` by `@`.
static void add_template(struct script *script, const char *text)
{
    for (; *text; text++)
        if (*text != '@')
            buffer_add_byte(&script->text, *text);
        else if (text[1] != '@')
            buffer_add_text(&script->text, script->program);
        else
            buffer_add_byte(&script->text, *++text);
}

// --- bash and zsh: one function has the words of each command, another completes.

static const char *const place_names[] = {"nothing", "files", "directories", "objects", "fields", ""};

static void add_place(struct script *script, struct slice text)
{
    enum place place = place_of(text);
    if (place == PLACE_WORDS)
        ADD(script, "'=%.*s'", SLICE_ARGS(place_words(script->arena, text)));
    else
        ADD(script, "%s", place_names[place]);
}

static void add_values(struct script *script, const struct site *site)
{
    ADD(script, "        case $2 in\n");
    for (size_t i = 0; i < site->command->option_count; i++) {
        const struct option *option = &site->command->options[i];
        if (!option_needs_value(option))
            continue;
        ADD(script, "        --%s", option->name);
        if (option->letter)
            ADD(script, "|-%c", option->letter);
        ADD(script, ") value=");
        add_place(script, value_text(script, option));
        ADD(script, " ;;\n");
    }
    ADD(script, "        esac\n");
}

static bool has_values(const struct command *command)
{
    for (size_t i = 0; command && i < command->option_count; i++)
        if (option_needs_value(&command->options[i]))
            return true;
    return false;
}

// With `described`, each has its summary after a colon, separately quoted, as in zsh.
static void add_word(struct script *script, const char *word, const char *summary, bool described, bool first)
{
    if (!first)
        ADD(script, " ");
    if (described)
        add_quoted(script, arena_format(script->arena, "%s:%s", word, summary).data, IN_SHELL);
    else
        ADD(script, "%s", word);
}

static void add_commands(struct script *script, const struct site *site, bool described)
{
    bool first = true;
    for (const struct command *const *command = site->commands; command && *command; command++) {
        if ((*command)->hidden)
            continue;
        add_word(script, (*command)->name, (*command)->summary, described, first);
        first = false;
    }
}

static void add_flags(struct script *script, const struct site *site, bool described)
{
    add_word(script, "--help", "print the help", described, true);
    if (!site->command)
        add_word(script, "--version", "print the version", described, false);
    for (size_t i = 0; site->command && i < site->command->option_count; i++) {
        const struct option *option = &site->command->options[i];
        if (option_is_shown(option, script->as_kustomize))
            add_word(script, arena_format(script->arena, "--%s", option->name).data, option->help, described, false);
    }
}

static void add_sites(struct script *script, bool described)
{
    const char *open = described ? "(" : "'", *close = described ? ")" : "'";
    for (size_t i = 0; i < script->sites.count; i++) {
        const struct site *site = &script->sites.items[i];
        ADD(script, "    '%s')\n", site->path);
        if (site->commands) {
            ADD(script, "        commands=%s", open);
            add_commands(script, site, described);
            ADD(script, "%s\n", close);
        }
        ADD(script, "        flags=%s", open);
        add_flags(script, site, described);
        ADD(script, "%s\n", close);
        if (operands_of(site).length) {
            ADD(script, "        operands=");
            add_place(script, operands_of(site));
            ADD(script, "\n");
        }
        if (has_values(site->command))
            add_values(script, site);
        ADD(script, "        ;;\n");
    }
    ADD(script, "    *) return 1 ;;\n    esac\n}\n");
}

static void add_bash_head(struct script *script)
{
    add_template(script, "# Completion of @ for bash: source <(@ completion bash)\n"
                         "\n"
                         "# Sets what can follow the command $1 and its flag $2. Fails if there is no such command.\n"
                         "_@_command() {\n"
                         "    commands= flags= operands=nothing value=\n"
                         "    case $1 in\n");
}

// Walks over the words before the cursor: which command they name, and which flag waits for its value.
static void add_bash_walk(struct script *script)
{
    add_template(
        script,
        "\n"
        "_@() {\n"
        "    local cur=${COMP_WORDS[COMP_CWORD]} at= directory=. flag= commands flags operands value next word i\n"
        "    local -a given\n"
        "    COMPREPLY=()\n"
        "    # The words of the command come first. After `help` comes a command.\n"
        "    i=1\n"
        "    [[ $COMP_CWORD -gt 1 && ${COMP_WORDS[1]} == help ]] && i=2\n"
        "    for (( ; i < COMP_CWORD; i++)); do\n"
        "        next=${at:+$at }${COMP_WORDS[i]}\n"
        "        _@_command \"$next\" '' || break\n"
        "        at=$next\n"
        "    done\n"
        "    # bash makes `=` a separate word.\n"
        "    for (( ; i < COMP_CWORD; i++)); do\n"
        "        word=${COMP_WORDS[i]}\n"
        "        _@_command \"$at\" \"$word\"\n"
        "        given+=(\"$word\")\n"
        "        if [[ $word == -* && -n $value ]]; then\n"
        "            [[ ${COMP_WORDS[i + 1]} == = && i+1 -lt COMP_CWORD ]] && i=$((i + 1))\n"
        "            i=$((i + 1))\n"
        "            given+=(\"${COMP_WORDS[i]}\")\n"
        "            [[ i -ge COMP_CWORD ]] && flag=$word\n"
        "        elif [[ $word != -* ]]; then\n"
        "            directory=$word\n"
        "        fi\n"
        "    done\n");
}

// Decides what is completed: the value of a flag, a flag, a command, or an operand.
static void add_bash_choice(struct script *script)
{
    add_template(script, "    [[ $cur == = ]] && cur= flag=${COMP_WORDS[COMP_CWORD - 1]}\n"
                         "    _@_command \"$at\" \"$flag\"\n"
                         "    if [[ -n $flag ]]; then\n"
                         "        operands=$value\n"
                         "    elif [[ $cur == -* ]]; then\n"
                         "        operands==$flags\n"
                         "    elif [[ -n $commands ]]; then\n"
                         "        operands==$commands\n"
                         "    fi\n");
}

static void add_bash_fields(struct script *script)
{
    add_template(script,
                 "    fields)\n"
                 "        # Fields may have characters that are special to the shell, so compare them unquoted.\n"
                 "        next=${cur#[\\\"\\']}\n"
                 "        if [[ $next == \"$cur\" ]]; then\n"
                 "            next=${next//\\\\\\\\/$'\\1'} next=${next//\\\\/} next=${next//$'\\1'/\\\\}\n"
                 "        fi\n"
                 "        while IFS= read -r word; do\n"
                 "            [[ $word == :16 ]] && { compopt -o filenames 2>/dev/null; set -- -d; }\n"
                 "            [[ $word == :* ]] && break\n"
                 "            [[ $word == \"$next\"* ]] || continue\n"
                 "            [[ $cur == [\\\"\\']* ]] || printf -v word %q \"$word\"\n"
                 "            COMPREPLY+=(\"$word\")\n"
                 "        done < <(@ __completeNoDesc $at \"${given[@@]}\" \"\" 2>/dev/null)\n"
                 "        [[ $1 == -d ]] || return\n"
                 "        ;;\n");
}

static void write_bash(struct script *script)
{
    add_bash_head(script);
    add_sites(script, false);
    add_bash_walk(script);
    add_bash_choice(script);
    add_template(script, "    case $operands in\n"
                         "    '='*) set -- -W \"${operands#=}\" ;;\n"
                         "    objects) set -- -W \"$(@ complete-objects \"$directory\" 2>/dev/null)\" ;;\n"
                         "    files) compopt -o filenames 2>/dev/null; set -- -f ;;\n"
                         "    directories) compopt -o filenames 2>/dev/null; set -- -d ;;\n");
    add_bash_fields(script);
    add_template(script, "    *) return ;;\n"
                         "    esac\n"
                         "    while IFS= read -r word; do\n"
                         "        COMPREPLY+=(\"$word\")\n"
                         "    done < <(compgen \"$@@\" -- \"$cur\")\n"
                         "}\n"
                         "\n"
                         "complete -F _@ @\n");
}

static void add_zsh_head(struct script *script)
{
    add_template(script,
                 "#compdef @\n"
                 "# Completion of @ for zsh: as a file _@ in a directory of $fpath, or source <(@ completion zsh)\n"
                 "\n"
                 "# Sets what can follow the command $1 and its flag $2. Fails if there is no such command.\n"
                 "_@_command() {\n"
                 "    commands=() flags=() operands=nothing value=\n"
                 "    case $1 in\n");
}

// As in bash.
static void add_zsh_walk(struct script *script)
{
    add_template(script, "\n"
                         "_@() {\n"
                         "    local at= directory=. flag= operands value next word i=2\n"
                         "    local -a commands flags given\n"
                         "    # The words of the command come first. After `help` comes a command.\n"
                         "    (( CURRENT > 2 )) && [[ $words[2] == help ]] && i=3\n"
                         "    for (( ; i < CURRENT; i++)); do\n"
                         "        next=${at:+$at }$words[i]\n"
                         "        _@_command \"$next\" '' || break\n"
                         "        at=$next\n"
                         "    done\n"
                         "    for (( ; i < CURRENT; i++)); do\n"
                         "        word=$words[i]\n"
                         "        _@_command \"$at\" \"$word\"\n"
                         "        given+=(\"${(Q)word}\")\n"
                         "        if [[ $word == -* && -n $value ]]; then\n"
                         "            (( i++ ))\n"
                         "            given+=(\"${(Q)words[i]}\")\n"
                         "            (( i >= CURRENT )) && flag=$word\n"
                         "        elif [[ $word != -* ]]; then\n"
                         "            directory=$word\n"
                         "        fi\n"
                         "    done\n");
}

static void add_zsh_choice(struct script *script)
{
    add_template(script, "    if [[ -z $flag && $words[CURRENT] == --*=* ]]; then\n"
                         "        flag=${words[CURRENT]%%=*}\n"
                         "        compset -P '*='\n"
                         "    fi\n"
                         "    _@_command \"$at\" \"$flag\"\n"
                         "    if [[ -n $flag ]]; then\n"
                         "        operands=$value\n"
                         "    elif [[ $words[CURRENT] == -* ]]; then\n"
                         "        _describe -o flag flags\n"
                         "        return\n"
                         "    elif (( $#commands )); then\n"
                         "        _describe command commands\n"
                         "        return\n"
                         "    fi\n");
}

static void write_zsh(struct script *script)
{
    add_zsh_head(script);
    add_sites(script, true);
    add_zsh_walk(script);
    add_zsh_choice(script);
    add_template(script, "    case $operands in\n"
                         "    '='*) compadd -- ${=operands#=} ;;\n"
                         "    objects) compadd -- ${(f)\"$(@ complete-objects \"$directory\" 2>/dev/null)\"} ;;\n"
                         "    files) _files ;;\n"
                         "    directories) _files -/ ;;\n"
                         "    fields)\n"
                         "        given=(${(f)\"$(@ __completeNoDesc $at $given '' 2>/dev/null)\"})\n"
                         "        [[ $given[-1] == :16 ]] && _files -/ || compadd -- ${given[1,-2]}\n"
                         "        ;;\n"
                         "    esac\n"
                         "}\n"
                         "\n"
                         "if [[ $zsh_eval_context[-1] == loadautofunc ]]; then\n"
                         "    _@ \"$@@\"\n"
                         "else\n"
                         "    compdef _@ @\n"
                         "fi\n");
}

// --- fish: a line for each word.

static void begin_fish(struct script *script, const struct site *site)
{
    ADD(script, "complete -c %s -n '__%s_is \"%s\"'", script->program, script->program, site->path);
}

static void end_fish(struct script *script, const char *description)
{
    ADD(script, " -d ");
    add_quoted(script, description, IN_FISH);
    ADD(script, "\n");
}

static void add_fish_place(struct script *script, struct slice text)
{
    switch (place_of(text)) {
    case PLACE_FILES:
        ADD(script, " -F");
        break;
    case PLACE_DIRECTORIES:
        ADD(script, " -a '(__fish_complete_directories)'");
        break;
    case PLACE_OBJECTS:
        ADD(script, " -a '(%s complete-objects (__%s_directory) 2>/dev/null)'", script->program, script->program);
        break;
    case PLACE_FIELDS:
        ADD(script, " -a '(__%s_fields)'", script->program);
        break;
    case PLACE_WORDS:
        ADD(script, " -a '%.*s'", SLICE_ARGS(place_words(script->arena, text)));
        break;
    case PLACE_NOTHING:
        break;
    }
}

static void add_fish_site(struct script *script, const struct site *site)
{
    for (const struct command *const *command = site->commands; command && *command; command++) {
        if ((*command)->hidden)
            continue;
        begin_fish(script, site);
        ADD(script, " -a %s", (*command)->name);
        end_fish(script, (*command)->summary);
    }
    begin_fish(script, site);
    ADD(script, " -s h -l help");
    end_fish(script, "print the help");
    for (size_t i = 0; site->command && i < site->command->option_count; i++) {
        const struct option *option = &site->command->options[i];
        if (!option_is_shown(option, script->as_kustomize))
            continue;
        begin_fish(script, site);
        if (option->letter)
            ADD(script, " -s %c", option->letter);
        ADD(script, " -l %s", option->name);
        if (option_needs_value(option)) {
            ADD(script, place_of(value_text(script, option)) == PLACE_FILES ? " -r" : " -x");
            add_fish_place(script, value_text(script, option));
        }
        end_fish(script, option->help);
    }
    if (place_of(operands_of(site)) != PLACE_NOTHING) {
        begin_fish(script, site);
        add_fish_place(script, operands_of(site));
        ADD(script, "\n");
    }
}

static void write_fish(struct script *script)
{
    add_template(script, "# Completion of @ for fish: @ completion fish > ~/.config/fish/completions/@.fish\n"
                         "\n"
                         "set -g __@_paths");
    for (size_t i = 1; i < script->sites.count; i++)
        ADD(script, " '%s'", script->sites.items[i].path);
    add_template(script, "\n\n"
                         "# The command so far, whose words come first. After `help` comes a command.\n"
                         "function __@_path\n"
                         "    set -l at ''\n"
                         "    for word in (commandline -opc)[2..-1]\n"
                         "        set -l next (string trim -- \"$at $word\")\n"
                         "        test \"$next\" = help; and continue\n"
                         "        contains -- \"$next\" $__@_paths; or break\n"
                         "        set at $next\n"
                         "    end\n"
                         "    echo $at\n"
                         "end\n"
                         "\n"
                         "function __@_is\n"
                         "    test \"$(__@_path)\" = \"$argv\"\n"
                         "end\n"
                         "\n"
                         "# The directory on the command line, or the current one.\n"
                         "function __@_directory\n"
                         "    for word in (commandline -opc)[3..-1]\n"
                         "        test -d \"$word\"; and echo $word; and return\n"
                         "    end\n"
                         "    echo .\n"
                         "end\n"
                         "\n"
                         "# Resources and fields of a build, as the program lists them.\n"
                         "function __@_fields\n"
                         "    set -l found (@ __completeNoDesc (commandline -opc)[2..-1] '' 2>/dev/null)\n"
                         "    if test \"$found[-1]\" = :16\n"
                         "        __fish_complete_directories\n"
                         "    else\n"
                         "        string match -v -r '^:' -- $found\n"
                         "    end\n"
                         "end\n"
                         "\n"
                         "complete -c @ -f\n");
    for (size_t i = 0; i < script->sites.count; i++)
        add_fish_site(script, &script->sites.items[i]);
}

// --- PowerShell: tables by command. If they have nothing, PowerShell completes files.

static void add_pair(struct script *script, const char *name, const char *description)
{
    ADD(script, "            @{ n = ");
    add_quoted(script, name, IN_POWERSHELL);
    ADD(script, "; d = ");
    add_quoted(script, description, IN_POWERSHELL);
    ADD(script, " }\n");
}

static void add_powershell_commands(struct script *script)
{
    ADD(script, "    $commands = @{\n");
    for (size_t i = 0; i < script->sites.count; i++) {
        const struct site *site = &script->sites.items[i];
        ADD(script, "        '%s' = @(\n", site->path);
        for (const struct command *const *command = site->commands; command && *command; command++)
            if (!(*command)->hidden)
                add_pair(script, (*command)->name, (*command)->summary);
        ADD(script, "        )\n");
    }
    ADD(script, "    }\n");
}

static void add_powershell_flags(struct script *script)
{
    ADD(script, "    $flags = @{\n");
    for (size_t i = 0; i < script->sites.count; i++) {
        const struct site *site = &script->sites.items[i];
        ADD(script, "        '%s' = @(\n", site->path);
        add_pair(script, "--help", "print the help");
        for (size_t k = 0; site->command && k < site->command->option_count; k++)
            if (option_is_shown(&site->command->options[k], script->as_kustomize))
                add_pair(script, arena_format(script->arena, "--%s", site->command->options[k].name).data,
                         site->command->options[k].help);
        ADD(script, "        )\n");
    }
    ADD(script, "    }\n");
}

static void add_powershell_words(struct script *script, const char *key, struct slice text)
{
    if (place_of(text) != PLACE_WORDS)
        return;
    struct slice word, rest = place_words(script->arena, text);
    ADD(script, "        '%s' = @(\n", key);
    while (rest.length) {
        slice_cut(rest, ' ', &word, &rest);
        const char *name = arena_copy(script->arena, word).data;
        if (word.length)
            add_pair(script, name, name);
    }
    ADD(script, "        )\n");
}

static void add_powershell_values(struct script *script)
{
    ADD(script, "    $values = @{\n");
    for (size_t i = 0; i < script->sites.count; i++) {
        const struct site *site = &script->sites.items[i];
        add_powershell_words(script, site->path, operands_of(site));
        for (size_t k = 0; site->command && k < site->command->option_count; k++) {
            const struct option *option = &site->command->options[k];
            if (option_needs_value(option))
                add_powershell_words(script, arena_format(script->arena, "%s --%s", site->path, option->name).data,
                                     value_text(script, option));
        }
    }
    ADD(script, "    }\n");
}

// The commands whose operands the program itself completes.
static void add_powershell_fields(struct script *script)
{
    ADD(script, "    $asked = @(");
    bool first = true;
    for (size_t i = 0; i < script->sites.count; i++) {
        if (place_of(operands_of(&script->sites.items[i])) != PLACE_FIELDS)
            continue;
        ADD(script, first ? "'%s'" : ", '%s'", script->sites.items[i].path);
        first = false;
    }
    ADD(script, ")\n");
}

static void write_powershell(struct script *script)
{
    add_template(script, "# Completion of @ for PowerShell: @ completion powershell | Out-String | Invoke-Expression\n"
                         "\n"
                         "Register-ArgumentCompleter -Native -CommandName '@' -ScriptBlock {\n"
                         "    param($wordToComplete, $commandAst, $cursorPosition)\n");
    add_powershell_commands(script);
    add_powershell_flags(script);
    add_powershell_values(script);
    add_powershell_fields(script);
    add_template(
        script, "    # The words before the one to complete. Those of the command come first.\n"
                "    $words = @@($commandAst.CommandElements | Select-Object -Skip 1 |\n"
                "        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })\n"
                "    $at = ''\n"
                "    foreach ($word in $words) {\n"
                "        if (-not $at -and $word -eq 'help') { continue }\n"
                "        $next = \"$at $word\".Trim()\n"
                "        if (-not $flags.ContainsKey($next)) { break }\n"
                "        $at = $next\n"
                "    }\n"
                "    $flag = if ($words.Count -gt 0) { $words[-1] } else { '' }\n"
                "    $found = if ($values.ContainsKey(\"$at $flag\")) { $values[\"$at $flag\"] }\n"
                "    elseif (\"$wordToComplete\".StartsWith('-')) { $flags[$at] }\n"
                "    elseif ($values.ContainsKey($at)) { $values[$at] }\n"
                "    elseif ($asked -contains $at) {\n"
                "        # Older versions drop an empty argument.\n"
                "        $last = if ($PSVersionTable.PSVersion -lt [version]'7.3') { '\"\"' } else { '' }\n"
                "        & '@' __completeNoDesc @@words $last 2>$null | Where-Object { $_ -notmatch '^:' } |\n"
                "            ForEach-Object { @@{ n = $_; d = $_ } }\n"
                "    }\n"
                "    else { $commands[$at] }\n"
                "    $found | Where-Object { $_ -and $_.n.StartsWith(\"$wordToComplete\") } | ForEach-Object {\n"
                "        [System.Management.Automation.CompletionResult]::new($_.n, $_.n, 'ParameterValue', $_.d)\n"
                "    }\n"
                "}\n");
}

// --- The command.

static const struct {
    const char *name;
    void (*write)(struct script *);
} shells[] = {{"bash", write_bash}, {"zsh", write_zsh}, {"fish", write_fish}, {"powershell", write_powershell}};

static enum status write_script(struct invocation *call, void (*write)(struct script *))
{
    struct script script = {
        .arena = call->arena, .program = call->as_kustomize ? "kustomize" : "kiln", .as_kustomize = call->as_kustomize};
    collect(&script, NULL, "", call->commands, 0);
    write(&script);
    enum status status = terminal_write_result(call->diagnostics, buffer_slice(&script.text));
    buffer_free(&script.text);
    return status;
}

static enum status run(struct invocation *call)
{
    struct operands operands = {0};
    enum status status;
    if (!command_start(call, NULL, &operands, &status))
        return status;
    for (size_t i = 0; operands.count == 1 && i < countof(shells); i++)
        if (strcmp(operands.items[0], shells[i].name) == 0)
            return write_script(call, shells[i].write);
    static const struct position nowhere;
    if (!operands.count)
        diagnose(call->diagnostics, nowhere, "completion requires a shell: bash, zsh, fish, or powershell");
    else if (command_check_operands(call, &operands, 1, 1, "one shell"))
        diagnose(call->diagnostics, nowhere, "unknown shell '%s': expected bash, zsh, fish, or powershell",
                 operands.items[0]);
    if (operands.count == 1)
        diagnose_phrase(call->diagnostics, "invalid argument \"%s\" for \"kustomize completion\"", operands.items[0]);
    else
        diagnose_phrase(call->diagnostics, "accepts 1 arg(s), received %zu", operands.count);
    return STATUS_USAGE;
}

const struct command completion_command = {
    .name = "completion",
    .operands = "bash|zsh|fish|powershell",
    .summary = "print a completion script for a shell",
    .examples = "  source <(kiln completion bash)       # in ~/.bashrc\n"
                "  source <(kiln completion zsh)        # in ~/.zshrc\n"
                "  kiln completion zsh > _kiln          # in a directory of $fpath\n"
                "  kiln completion fish > ~/.config/fish/completions/kiln.fish\n"
                "  kiln completion powershell | Out-String | Invoke-Expression\n",
    .run = run,
};

// --- Objects for --select.

static enum status list_objects(struct invocation *call)
{
    struct operands operands = {0};
    if (options_parse(call, NULL, &operands) != OPTIONS_PARSED || operands.count > 1)
        return STATUS_USAGE;
    struct built_names names = {0};
    struct buffer text = {0};
    complete_resources(call->arena, slice_from(operands.count ? operands.items[0] : "."), &names);
    for (size_t i = 0; i < names.count; i++)
        buffer_add_format(&text, "%.*s\n", SLICE_ARGS(names.items[i]));
    enum status status = terminal_write_result(call->diagnostics, buffer_slice(&text));
    buffer_free(&text);
    return status;
}

const struct command complete_objects_command = {
    .name = "complete-objects",
    .operands = "[DIR]",
    .summary = "list the resources of a build in the form that --select takes",
    .hidden = true,
    .run = list_objects,
};
