// generators/registry.h
//
// All generators, in the order in which they run on a kustomization. To add one: its file, and its
// line here. No include guard: registry.c includes this twice, to declare and to fill the table.
GENERATOR(config_map)
GENERATOR(secret)
GENERATOR(helm)
GENERATOR(helm_inflation)
GENERATOR(iam_policy)
