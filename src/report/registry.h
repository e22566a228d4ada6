// report/registry.h
//
// All formats of `kiln diff`, in the order of the help. To add one: its file, and its line here. No include guard:
// report.c includes this twice, to declare and to fill the table.
FORMAT(text)
FORMAT(unified)
FORMAT(patch)
FORMAT(json)
FORMAT(markdown)
FORMAT(github)
FORMAT(name_only)
FORMAT(stat)
FORMAT(html)
