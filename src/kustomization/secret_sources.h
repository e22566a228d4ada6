// kustomization/secret_sources.h
//
// Which values of the files of a build are secret. In YAML and JSON: all values of a Secret but its type and what
// identifies it; of a whole file if it cannot be parsed and says `kind: Secret`; what a generator of Secrets got; the
// value of a variable, field or argument whose name speaks of a password; what a JSON patch writes into `data` or
// `stringData`. Texts inside of files are looked into.
#pragma once

#include "base/secrets.h"

extern const struct secret_rules secret_sources;
