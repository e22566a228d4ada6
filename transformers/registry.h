// transformers/registry.h
//
// All transformers, in the order in which they run on a kustomization, whatever the order of its fields. To add one,
// add its file and a line here. There is no include guard, because registry.c includes this twice: to declare the
// transformers and to fill the table.
TRANSFORMER(patches_strategic_merge)
TRANSFORMER(patches)
TRANSFORMER(namespace)
TRANSFORMER(name_prefix)  // in prefix_suffix.c, like name_suffix
TRANSFORMER(name_suffix)
TRANSFORMER(labels)
TRANSFORMER(common_labels)
TRANSFORMER(common_annotations)
TRANSFORMER(patches_json6902)
TRANSFORMER(replicas)
TRANSFORMER(images)
TRANSFORMER(prefix_suffix)
TRANSFORMER(hash)
TRANSFORMER(value_add)
TRANSFORMER(replacements)
