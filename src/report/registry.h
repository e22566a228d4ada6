// report/registry.h
//
// All formats of `kiln diff`, in help order. To add one, write its file, add a line here, and add its name to the
// help in cli/diff.c. No include guard: report.c includes this twice, to declare the formats and to fill the table.
FORMAT(text)
FORMAT(unified)
FORMAT(patch)
FORMAT(json)
FORMAT(markdown)
FORMAT(github)
FORMAT(name_only)
FORMAT(stat)
FORMAT(html)
