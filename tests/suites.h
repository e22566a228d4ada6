// tests/suites.h
//
// All suites, one line each: SUITE(NAME) is `int test_NAME(void)` in tests/test_NAME.c. No include
// guard: support.h includes this to declare them, main.c to fill its table.
SUITE(house)
SUITE(options)
SUITE(cli)
SUITE(namespace)
SUITE(affix)
SUITE(labels)
SUITE(replicas)
SUITE(images)
SUITE(yaml_edit)
SUITE(yaml_write)
SUITE(json)
SUITE(field_spec)
SUITE(schema)
SUITE(yaml_read)
SUITE(decode)
