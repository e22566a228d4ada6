// cli/registry.h
//
// All commands, in the order of the help. To add one: its file, and its line here. No include guard:
// command.c includes this twice, to declare and to fill the table.
COMMAND(build)
COMMAND(cfg)
COMMAND(create)
COMMAND(edit)
COMMAND(fmt)
COMMAND(kubectl)
COMMAND(localize)
COMMAND(version)
COMMAND(help)
