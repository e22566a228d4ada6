// report/check_registry.h
//
// All formats of `kiln check`, in help order. To add one, write its file and add a line here. No include guard:
// check_report.c includes this twice, to declare the formats and to fill the table.
CHECK_FORMAT(text)
CHECK_FORMAT(json)
CHECK_FORMAT(sarif)
CHECK_FORMAT(junit)
CHECK_FORMAT(github)
CHECK_FORMAT(gitlab)
