// cli/select_flags.h
//
// The flags that choose resources of a build, as rows of an options table. No include guard, as in cli/root_flags.h.
{.name = "select",
 .is_extra = true,
 .kind = OPTION_LIST,
 AT(select),
 .value = "KIND[/NAME]",
 .help = "use only these resources; may be repeated"},
    {.name = "exclude",
     .is_extra = true,
     .kind = OPTION_LIST,
     AT(exclude),
     .value = "KIND[/NAME]",
     .help = "leave out these resources; may be repeated"},
