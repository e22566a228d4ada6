// cli/registry.h
//
// All commands, in the order of the help. To add one: its file, and its line here. No include guard:
// command.c includes this twice, to declare and to fill the table.
COMMAND(build)
COMMAND(cfg)
COMMAND(completion)
COMMAND(create)
COMMAND(edit)
COMMAND(fmt)
COMMAND(fn)
COMMAND(kubectl)
COMMAND(localize)
COMMAND(openapi)
COMMAND(version)
COMMAND(help)
COMMAND(complete_objects)
COMMAND(docs_fn)
COMMAND(docs_fn_spec)
COMMAND(docs_io_annotations)
COMMAND(docs_merge)
COMMAND(docs_merge3)
COMMAND(tutorials_command_basics)
COMMAND(tutorials_function_basics)
