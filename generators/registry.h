// generators/registry.h
//
// All generators, in the order in which they run on a kustomization. To add one, add its file and a line here. There is
// no include guard, because registry.c includes this twice: to declare the generators and to fill the table.
GENERATOR(config_map)
GENERATOR(secret)
GENERATOR(helm)
GENERATOR(helm_inflation)
GENERATOR(iam_policy)
