// example.c
//
// libkiln from C: builds a kustomization of the file system, then one that exists only in memory. README.md next to
// it lists the commands. The tests compile and run it.
#include <kiln.h>

#include <stdio.h>
#include <string.h>

// Prints the stream, if there is one, and all messages. A build can succeed with warnings.
static bool print(const struct kiln_options *options, const char *directory)
{
    struct kiln *kiln = kiln_new();
    bool built = kiln_build(kiln, options, directory);
    if (built)
        fwrite(kiln_stream(kiln), 1, kiln_stream_size(kiln), stdout);
    for (size_t i = 0; i < kiln_diagnostic_count(kiln); i++) {
        struct kiln_diagnostic diagnostic = kiln_diagnostic(kiln, i);
        fprintf(stderr, "%s", diagnostic.text);
    }
    kiln_free(kiln);
    return built;
}

static void add(struct kiln_tree *tree, const char *path, const char *text)
{
    kiln_tree_add(tree, path, text, strlen(text));
}

int main(int count, char **arguments)
{
    struct kiln_options options = {.name_hash = KILN_NAME_HASH_V4};
    if (count > 1)
        return print(&options, arguments[1]) ? 0 : 1;

    struct kiln_tree *tree = kiln_tree_new();
    add(tree, "shop/kustomization.yaml", "namePrefix: shop-\nresources: [service.yaml]\n");
    add(tree, "shop/service.yaml", "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n");
    options.tree = tree;
    bool built = print(&options, "shop");
    kiln_tree_free(tree);
    return built ? 0 : 1;
}
