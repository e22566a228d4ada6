// report/check_registry.h
//
// All formats of `kiln check`, in the order of the help. To add one: its file, and its line here. No include guard:
// check_report.c includes this twice, to declare and to fill the table.
CHECK_FORMAT(text)
CHECK_FORMAT(json)
CHECK_FORMAT(sarif)
CHECK_FORMAT(junit)
CHECK_FORMAT(github)
CHECK_FORMAT(gitlab)
