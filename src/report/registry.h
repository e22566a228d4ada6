// report/registry.h
//
// All formats of `kiln diff`, in help order. To add one, write its file and add a line here. No include guard: report.c
// includes this twice, to declare the formats and to fill the table.
FORMAT(text)
FORMAT(unified)
FORMAT(patch)
FORMAT(json)
FORMAT(markdown)
FORMAT(github)
FORMAT(name_only)
FORMAT(stat)
FORMAT(html)
