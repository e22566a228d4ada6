//! The libraries that kiln uses, compiled from source, so that a release doesn't depend on anything of the system.
//! `packaging/sources` lists the sources; `packaging/release` fetches and checks them.
//!
//! No configure script runs: its answers would be the same on all target systems.
const std = @import("std");

/// The version of a library in packaging/sources, for headers and flags that a configure script would write.
fn versionOf(b: *std.Build, name: []const u8) []const u8 {
    var lines = std.mem.tokenizeScalar(u8, @embedFile("sources"), '\n');
    while (lines.next()) |line| {
        var words = std.mem.tokenizeScalar(u8, line, ' ');
        if (std.mem.eql(u8, words.next() orelse "", name)) return b.dupe(words.next().?);
    }
    std.debug.panic("packaging/sources has no {s}", .{name});
}

pub const Libraries = struct {
    archives: [4]*std.Build.Step.Compile,
    includes: [4]std.Build.LazyPath,
};

/// `folder` has a folder for each library, with its name in packaging/sources. `flags` are kiln's own hardening flags.
pub fn add(
    b: *std.Build,
    folder: []const u8,
    plain: std.Build.Module.CreateOptions,
    flags: []const []const u8,
) !Libraries {
    var options = plain;
    options.link_libc = true;
    options.sanitize_c = .off;
    options.pic = true;
    common_flags = flags;
    const made = [_]Made{
        try yaml(b, folder, options),
        try sodium(b, folder, options),
        try pcre2(b, folder, options),
        try jansson(b, folder, options),
    };
    var result: Libraries = undefined;
    for (made, &result.archives, &result.includes) |library, *archive, *include| {
        archive.* = library.archive;
        include.* = library.include;
    }
    return result;
}

var common_flags: []const []const u8 = &.{};

const Made = struct { archive: *std.Build.Step.Compile, include: std.Build.LazyPath };

const Recipe = struct {
    name: []const u8,
    root: []const u8,
    files: []const []const u8,
    flags: []const []const u8,
    headers: *std.Build.Step.WriteFile, // the ones that a configure script would write
    include: std.Build.LazyPath,
    private: []const []const u8 = &.{}, // folders below the root
};

fn make(b: *std.Build, options: std.Build.Module.CreateOptions, recipe: Recipe) Made {
    const compiled = b.createModule(options);
    compiled.addIncludePath(recipe.headers.getDirectory());
    compiled.addIncludePath(recipe.include);
    for (recipe.private) |folder| compiled.addIncludePath(.{ .cwd_relative = b.pathJoin(&.{ recipe.root, folder }) });
    // File names in messages must not reveal where they were compiled.
    const prefix = b.fmt("-ffile-prefix-map={s}=.", .{recipe.root});
    const all = std.mem.concat(b.allocator, []const u8, &.{ common_flags, recipe.flags, &.{ "-w", prefix } }) catch @panic("OOM");
    for (recipe.files) |file|
        compiled.addCSourceFile(.{ .file = .{ .cwd_relative = b.pathJoin(&.{ recipe.root, file }) }, .flags = all });
    return .{
        .archive = b.addLibrary(.{ .name = recipe.name, .linkage = .static, .root_module = compiled }),
        .include = recipe.include,
    };
}

fn path(b: *std.Build, root: []const u8, below: []const u8) std.Build.LazyPath {
    return .{ .cwd_relative = b.pathJoin(&.{ root, below }) };
}

fn yaml(b: *std.Build, folder: []const u8, options: std.Build.Module.CreateOptions) !Made {
    const root = b.pathJoin(&.{ folder, "libyaml" });
    const text = versionOf(b, "libyaml");
    const version = try std.SemanticVersion.parse(text);
    const is_musl = options.target.?.result.abi.isMusl();
    const memory: []const []const u8 = if (is_musl)
        &.{ "-Dmalloc=packaged_malloc", "-Drealloc=packaged_realloc", "-Dfree=packaged_free", "-Dstrdup=packaged_strdup" }
    else
        &.{};
    const made = make(b, options, .{
        .name = "yaml",
        .root = root,
        .files = &.{
            "src/api.c",    "src/dumper.c", "src/emitter.c", "src/loader.c",
            "src/parser.c", "src/reader.c", "src/scanner.c", "src/writer.c",
        },
        .flags = try std.mem.concat(b.allocator, []const u8, &.{ memory, &.{
            b.fmt("-DYAML_VERSION_STRING=\"{s}\"", .{text}),
            b.fmt("-DYAML_VERSION_MAJOR={d}", .{version.major}),
            b.fmt("-DYAML_VERSION_MINOR={d}", .{version.minor}),
            b.fmt("-DYAML_VERSION_PATCH={d}", .{version.patch}),
        } }),
        .headers = b.addWriteFiles(),
        .include = path(b, root, "include"),
        .private = &.{"src"},
    });
    if (is_musl) made.archive.root_module.addCSourceFile(.{
        .file = b.path("packaging/yaml_memory.c"),
        .flags = try std.mem.concat(b.allocator, []const u8, &.{ common_flags, &.{ "-std=c17", "-Wall", "-Wextra" } }),
    });
    return made;
}

fn jansson(b: *std.Build, folder: []const u8, options: std.Build.Module.CreateOptions) !Made {
    const root = b.pathJoin(&.{ folder, "jansson" });
    const headers = b.addWriteFiles();
    _ = headers.addCopyFile(path(b, root, "src/jansson.h"), "jansson.h");
    _ = headers.add("jansson_config.h",
        \\#ifndef JANSSON_CONFIG_H
        \\#define JANSSON_CONFIG_H
        \\#define JSON_INLINE inline
        \\#define JSON_INTEGER_IS_LONG_LONG 1
        \\#define JSON_HAVE_LOCALECONV 1
        \\#define JSON_HAVE_ATOMIC_BUILTINS 1
        \\#define JSON_HAVE_SYNC_BUILTINS 1
        \\#define JSON_PARSER_MAX_DEPTH 2048
        \\#endif
        \\
    );
    _ = headers.add("jansson_private_config.h", "");  // replaced by the flags below
    return make(b, options, .{
        .name = "jansson",
        .root = root,
        .files = &.{
            "src/dump.c",        "src/error.c",  "src/hashtable.c", "src/hashtable_seed.c", "src/load.c",  "src/memory.c",
            "src/pack_unpack.c", "src/strbuffer.c", "src/strconv.c",   "src/utf.c",            "src/value.c", "src/version.c",
        },
        .flags = &.{
            "-DHAVE_STDINT_H=1",  "-DHAVE_INTTYPES_H=1", "-DHAVE_SYS_TYPES_H=1", "-DHAVE_UNISTD_H=1", "-DHAVE_SYS_STAT_H=1",
            "-DHAVE_LOCALE_H=1",  "-DHAVE_LOCALECONV=1", "-DHAVE_STRTOLL=1",     "-DHAVE_SYS_TIME_H=1", "-DHAVE_GETTIMEOFDAY=1",
            "-DHAVE_GETPID=1",    "-DHAVE_FCNTL_H=1",    "-DHAVE_SCHED_H=1",     "-DHAVE_SCHED_YIELD=1", "-DHAVE_OPEN=1",
            "-DHAVE_CLOSE=1",     "-DHAVE_READ=1",       "-DUSE_URANDOM=1",      "-DHAVE_ATOMIC_BUILTINS=1",
            "-DINITIAL_HASHTABLE_ORDER=3",
        },
        .headers = headers,
        .include = headers.getDirectory(),
        .private = &.{"src"},
    });
}

fn pcre2(b: *std.Build, folder: []const u8, options: std.Build.Module.CreateOptions) !Made {
    const root = b.pathJoin(&.{ folder, "pcre2" });
    const headers = b.addWriteFiles();
    _ = headers.addCopyFile(path(b, root, "src/pcre2.h.generic"), "pcre2.h");
    _ = headers.addCopyFile(path(b, root, "src/config.h.generic"), "config.h");
    _ = headers.addCopyFile(path(b, root, "src/pcre2_chartables.c.dist"), "pcre2_chartables.c");
    const library = make(b, options, .{
        .name = "pcre2-8",
        .root = root,
        .files = &.{
            "src/pcre2_auto_possess.c", "src/pcre2_chkdint.c",       "src/pcre2_compile.c",     "src/pcre2_compile_class.c",
            "src/pcre2_config.c",       "src/pcre2_context.c",       "src/pcre2_convert.c",     "src/pcre2_dfa_match.c",
            "src/pcre2_error.c",        "src/pcre2_extuni.c",        "src/pcre2_find_bracket.c", "src/pcre2_jit_compile.c",
            "src/pcre2_maketables.c",   "src/pcre2_match.c",         "src/pcre2_match_data.c",  "src/pcre2_newline.c",
            "src/pcre2_ord2utf.c",      "src/pcre2_pattern_info.c",  "src/pcre2_script_run.c",  "src/pcre2_serialize.c",
            "src/pcre2_string_utils.c", "src/pcre2_study.c",         "src/pcre2_substitute.c",  "src/pcre2_substring.c",
            "src/pcre2_tables.c",       "src/pcre2_ucd.c",           "src/pcre2_valid_utf.c",   "src/pcre2_xclass.c",
        },
        .flags = &.{
            "-DHAVE_CONFIG_H=1", "-DPCRE2_CODE_UNIT_WIDTH=8", "-DPCRE2_STATIC=1", "-DSUPPORT_PCRE2_8=1", "-DSUPPORT_UNICODE=1",
            "-DHAVE_MEMMOVE=1",
        },
        .headers = headers,
        .include = headers.getDirectory(),
        .private = &.{"src"},
    });
    library.archive.root_module.addCSourceFile(.{
        .file = headers.getDirectory().path(b, "pcre2_chartables.c"),
        .flags = &.{ "-DHAVE_CONFIG_H=1", "-DPCRE2_CODE_UNIT_WIDTH=8", "-DPCRE2_STATIC=1", "-w" },  // data only
    });
    return library;
}

fn sodium(b: *std.Build, folder: []const u8, options: std.Build.Module.CreateOptions) !Made {
    const root = b.pathJoin(&.{ folder, "libsodium" });
    const headers = b.addWriteFiles();
    _ = headers.addCopyDirectory(path(b, root, "src/libsodium/include"), "", .{ .include_extensions = &.{".h"} });
    _ = headers.add("sodium/version.h", b.fmt(
        \\#ifndef sodium_version_H
        \\#define sodium_version_H
        \\#include "export.h"
        \\#define SODIUM_VERSION_STRING "{s}"
        \\#define SODIUM_LIBRARY_VERSION_MAJOR 10
        \\#define SODIUM_LIBRARY_VERSION_MINOR 3
        \\SODIUM_EXPORT const char *sodium_version_string(void);
        \\SODIUM_EXPORT int sodium_library_version_major(void);
        \\SODIUM_EXPORT int sodium_library_version_minor(void);
        \\SODIUM_EXPORT int sodium_library_minimal(void);
        \\#endif
        \\
    , .{versionOf(b, "libsodium")}));
    const library = make(b, options, .{
        .name = "sodium",
        .root = root,
        // All files, because sodium_init checks each implementation of a primitive and chooses one.
        .files = try cFilesBelow(b, root, "src/libsodium"),
        .flags = &.{
            "-DCONFIGURED=1",     "-DSODIUM_STATIC=1", "-DNATIVE_LITTLE_ENDIAN=1", "-D_GNU_SOURCE=1",      "-DHAVE_PTHREAD=1",
            "-DHAVE_STDINT_H=1",  "-DHAVE_MMAP=1",     "-DHAVE_MLOCK=1",           "-DHAVE_MADVISE=1",     "-DHAVE_MPROTECT=1",
            "-DHAVE_RAISE=1",     "-DHAVE_SYSCONF=1",  "-DHAVE_SYS_MMAN_H=1",      "-DHAVE_GETPID=1",      "-DHAVE_NANOSLEEP=1",
            "-DHAVE_POSIX_MEMALIGN=1", "-DHAVE_TI_MODE=1", "-DHAVE_WEAK_SYMBOLS=1", "-DHAVE_ATOMIC_OPS=1", "-DHAVE_C_VARARRAYS=1",
        },
        .headers = headers,
        .include = headers.getDirectory(),
        .private = &.{ "src/libsodium", "src/libsodium/include/sodium" },
    });
    library.archive.root_module.addIncludePath(headers.getDirectory().path(b, "sodium"));
    return library;
}

/// Sorted, so that every machine makes the same archive.
fn cFilesBelow(b: *std.Build, root: []const u8, folder: []const u8) ![]const []const u8 {
    var names: std.ArrayList([]const u8) = .empty;
    var directory = try std.fs.cwd().openDir(b.pathJoin(&.{ root, folder }), .{ .iterate = true });
    defer directory.close();
    var walker = try directory.walk(b.allocator);
    while (try walker.next()) |entry| {
        if (entry.kind == .file and std.mem.endsWith(u8, entry.basename, ".c"))
            try names.append(b.allocator, b.pathJoin(&.{ folder, entry.path }));
    }
    std.mem.sort([]const u8, names.items, {}, struct {
        fn lessThan(_: void, a: []const u8, c: []const u8) bool {
            return std.mem.lessThan(u8, a, c);
        }
    }.lessThan);
    return names.items;
}
