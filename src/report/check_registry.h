// report/check_registry.h
//
// All formats of `kiln check`, in help order. To add one, write its file, add a line here, and add its name to the help
// and the messages in cli/check.c. No include guard: check_report.c includes this twice, to declare the formats and to
// fill the table.
CHECK_FORMAT(text)
CHECK_FORMAT(json)
CHECK_FORMAT(sarif)
CHECK_FORMAT(junit)
CHECK_FORMAT(github)
CHECK_FORMAT(gitlab)
