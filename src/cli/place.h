// cli/place.h
//
// What kind of word belongs at a place of the command line, by its name in help: "[DIR]", "FILE…", "bash|zsh".
#pragma once

#include "base/arena.h"
#include "base/slice.h"

enum place {
    PLACE_NOTHING,
    PLACE_FILES,
    PLACE_DIRECTORIES,
    PLACE_OBJECTS,
    PLACE_FIELDS,  // a resource of a directory, then one of its fields
    PLACE_WORDS,   // the words of a text such as "[bash|zsh]"
};

enum place place_of(struct slice text);
// Turns "[bash|zsh]" into "bash zsh".
struct slice place_words(struct arena *, struct slice text);
