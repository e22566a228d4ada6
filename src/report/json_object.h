// report/json_object.h
//
// Parts that the JSON formats share.
#pragma once

#include "report/lines.h"
#include "report/report.h"

// {"apiVersion":"apps/v1","kind":"Deployment","namespace":"shop","name":"web"}; leaves out a namespace that isn't in
// the object.
void json_add_object_id(struct report *, const struct resource *);
// The value; numbers that JSON can't express become strings.
void json_add_node(struct report *, const struct node *);
// The list of the roots that can't be compared.
void json_add_failed(struct report *);
// Writes the report: runs `write_compact`, indents what it appends to its `out`, and adds a line break.
void json_write_report(struct report *, void (*write_compact)(struct report *));
