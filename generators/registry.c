#include "generators/generator.h"

#define GENERATOR(name) extern const struct generator name##_generator;
#include "generators/registry.h"
#undef GENERATOR

const struct generator *const generators[] = {
#define GENERATOR(name) &name##_generator,
#include "generators/registry.h"
#undef GENERATOR
    NULL,
};
