// cli/place.h
//
// What stands at a place of the command line, by what the help calls it: "[DIR]", "FILE…", "bash|zsh".
#pragma once

#include "base/arena.h"
#include "base/slice.h"

enum place {
    PLACE_NOTHING,
    PLACE_FILES,
    PLACE_DIRECTORIES,
    PLACE_OBJECTS,
    PLACE_FIELDS,  // a resource of a directory, then a field of it
    PLACE_WORDS,  // those of a text as "[bash|zsh]"
};

enum place place_of(struct slice text);
// "[bash|zsh]" as "bash zsh".
struct slice place_words(struct arena *, struct slice text);
