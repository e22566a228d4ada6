// report/json_object.h
//
// What the formats in JSON share.
#pragma once

#include "report/lines.h"
#include "report/report.h"

// {"apiVersion":"apps/v1","kind":"Deployment","namespace":"shop","name":"web"}; without a namespace that is not
// written.
void json_add_object_id(struct report *, const struct resource *);
// The value; what JSON has no form for is a string.
void json_add_node(struct report *, const struct node *);
// The list of the roots that can't be compared.
void json_add_failed(struct report *);
// Writes the report: what `write_compact` appends to its `out`, indented, and a line break.
void json_write_report(struct report *, void (*write_compact)(struct report *));
