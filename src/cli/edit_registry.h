// cli/edit_registry.h
//
// All subcommands of `edit`, by group, in help order. To add one, write its flags and its job in the group's file, and
// add a line here. No include guard: edit.h and edit.c include this.
#ifndef EDIT_ADD
#define EDIT_ADD(name) COMMAND(edit_add_##name)
#define EDIT_REMOVE(name) COMMAND(edit_remove_##name)
#define EDIT_SET(name) COMMAND(edit_set_##name)
#endif
EDIT_ADD(resource)
EDIT_ADD(component)
EDIT_ADD(base)
EDIT_ADD(patch)
EDIT_ADD(configmap)
EDIT_ADD(secret)
EDIT_ADD(label)
EDIT_ADD(annotation)
EDIT_ADD(generator)
EDIT_ADD(transformer)
EDIT_ADD(configuration)
EDIT_ADD(buildmetadata)
EDIT_REMOVE(resource)
EDIT_REMOVE(component)
EDIT_REMOVE(patch)
EDIT_REMOVE(configmap)
EDIT_REMOVE(secret)
EDIT_REMOVE(label)
EDIT_REMOVE(annotation)
EDIT_REMOVE(transformer)
EDIT_REMOVE(buildmetadata)
EDIT_SET(image)
EDIT_SET(replicas)
EDIT_SET(namespace)
EDIT_SET(nameprefix)
EDIT_SET(namesuffix)
EDIT_SET(label)
EDIT_SET(annotation)
EDIT_SET(configmap)
EDIT_SET(secret)
EDIT_SET(buildmetadata)
#undef EDIT_ADD
#undef EDIT_REMOVE
#undef EDIT_SET
