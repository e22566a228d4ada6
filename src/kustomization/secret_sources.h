// kustomization/secret_sources.h
//
// Which values in the files of a build are secret. In YAML and JSON, these are: all values of a Secret except its type
// and what identifies it; the input of Secret generators; the value of a variable, field, or argument whose name
// suggests a password; and what a JSON patch writes into `data` or `stringData`. Text inside values is examined too.
// If a file can't be parsed and mentions `kind: Secret`, all of its values are secret.
#pragma once

#include "base/secrets.h"

extern const struct secret_rules secret_sources;
