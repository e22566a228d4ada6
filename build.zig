//! The build.
//!
//!     zig build                            kiln, libkiln.a, and kiln.h into zig-out
//!     zig build --prefix /usr/local        the same into /usr/local, with the links for kubectl
//!     zig build -Dkustomize-link           also a link named kustomize, replacing one that is there
//!     zig build test                       the unit tests and the golden builds
//!     zig build -Doptimize=ReleaseFast     an optimized build, as in releases
//!     zig build -Dshared                   also libkiln.so
//!     zig build -Dcompile-commands         also compile_commands.json for editors
//!     zig build instrumented -Dinstrument=address     with clang's sanitizers; `./dev` has more uses
//!
//! `./dev` fetches this version of Zig if it is missing. It is pinned only here.
const zig_version = "0.15.2";

const std = @import("std");
const builtin = @import("builtin");
const from_source = @import("packaging/libraries.zig");

comptime {
    if (!std.mem.startsWith(u8, builtin.zig_version_string, zig_version[0..5]))
        @compileError("kiln is built with Zig " ++ zig_version ++ "; ./dev build fetches it");
}

// New .c files in these folders are built without a change here.
const core_folders = [_][]const u8{
    "src/base", "src/doc", "src/json", "src/yaml", "src/schema", "src/resource", "src/kustomization",
    "src/load", "src/config", "src/transform", "src/merge", "src/pipeline", "src/edit", "src/localize", "src/cfg",
    "src/compare", "src/images", "src/repository", "src/engine", "src/check", "src/report",
    "generators", "transformers",
};
const core_files = [_][]const u8{"src/kiln.c"};
const cli_folders = [_][]const u8{"src/cli"};
const program_files = [_][]const u8{"src/main.c"};
const test_folders = [_][]const u8{"tests"};
const fuzz_folder = "tests/fuzz";
const libraries = [_][]const u8{ "yaml", "sodium", "pcre2-8", "jansson" };
const library_packages = [_][]const u8{ "yaml-0.1", "libsodium", "libpcre2-8", "jansson" };  // as pkg-config has them
const test_packages = library_packages ++ [_][]const u8{"cmocka"};
const flags = [_][]const u8{
    "-std=c17",       "-D_POSIX_C_SOURCE=200809L", "-D_DEFAULT_SOURCE", "-Wall", "-Wextra", "-Wpedantic", "-Wshadow",
    "-Wmissing-prototypes", "-Wno-missing-field-initializers",
    // Finds tests that are in no list.
    "-Werror=unused-function",
    "-Werror=macro-redefined",
};

/// Flags that make memory errors harder to exploit; `tests/install/run` checks the program for them. Instrumented
/// builds don't use them, because sanitizers see more.
fn hardening(b: *std.Build, options: std.Build.Module.CreateOptions) []const []const u8 {
    const target = options.target.?.result;
    var result: std.ArrayList([]const u8) = .empty;
    const always = [_][]const u8{ "-fstack-protector-strong", "-ftrivial-auto-var-init=zero" };
    result.appendSlice(b.allocator, &always) catch @panic("OOM");
    if (target.os.tag == .linux) result.append(b.allocator, "-fstack-clash-protection") catch @panic("OOM");
    // Only glibc has functions that check the sizes of what they write to. They require optimization.
    if (target.isGnuLibC() and options.optimize != .Debug)
        result.appendSlice(b.allocator, &.{ "-U_FORTIFY_SOURCE", "-D_FORTIFY_SOURCE=3" }) catch @panic("OOM");
    return result.items;
}

/// Makes the same bytes in any folder: debug information and assertions name files relative to the top.
fn withoutFolders(b: *std.Build) []const []const u8 {
    return b.allocator.dupe([]const u8, &.{
        b.fmt("-ffile-prefix-map={s}=.", .{b.pathFromRoot(".")}),
        b.fmt("-ffile-prefix-map={s}=zig", .{b.graph.zig_lib_directory.path orelse "."}),
    }) catch @panic("OOM");
}

/// The libraries if they are compiled from source; null if those of the system are used.
var own_libraries: ?from_source.Libraries = null;

pub fn build(b: *std.Build) !void {
    const test_step = b.step("test", "Run the unit tests and the golden builds");
    const tests_step = b.step("tests", "Build the test program into zig-out/bin");
    const table_step = b.step("schema-generate", "Build the program that makes src/schema/builtin_table.h");
    const optimize = b.standardOptimizeOption(.{});
    const options: std.Build.Module.CreateOptions = .{
        .target = b.standardTargetOptions(.{ .default_target = .{ .cpu_model = .baseline } }),
        .optimize = optimize,
        .link_libc = true,
        // This saves the time that the hardening costs.
        .omit_frame_pointer = optimize != .Debug,
    };

    if (b.option([]const u8, "library-sources", "Compile the libraries from this folder (packaging/release)")) |folder|
        own_libraries = try from_source.add(b, folder, options, hardening(b, options));

    // The program and the tests link the whole core. The public library is made from it.
    const libkiln = b.addLibrary(.{ .name = "kiln-core", .linkage = .static, .root_module = try coreModule(b, options) });
    const public = publicLibrary(b, options, libkiln);
    public.installHeader(b.path("src/kiln.h"), "kiln.h");
    b.installArtifact(public);
    if (b.option(bool, "shared", "Install libkiln.so, too (default: no)") orelse false)
        b.installArtifact(try sharedLibrary(b, options));

    var independent = options;
    independent.pic = true;
    const program = try module(b, independent, &cli_folders, &program_files);
    addLibraryHeaders(b, program);
    // Symbol names are useful in profiles and crash reports during development.
    program.strip = options.optimize != .Debug;
    const archives = StaticArchives.find(b, options.target.?.result);
    const static = b.option(bool, "static", "Link the C library statically, too (default: in release builds, if its " ++
        "archives are found)") orelse (options.optimize != .Debug and archives != null);
    const kiln = if (static)
        staticExecutable(b, options, program, libkiln, archives orelse return error.NoStaticArchives)
    else
        dynamicExecutable(b, program, libkiln);
    b.installArtifact(kiln);
    installAround(b, options, kiln);

    const tests = try module(b, options, &(test_folders ++ cli_folders), &.{});
    linkCore(tests, libkiln);
    tests.linkSystemLibrary("cmocka", .{});
    const suites = b.addExecutable(.{ .name = "kiln-tests", .root_module = tests });
    linkLoader(suites);
    tests_step.dependOn(&b.addInstallArtifact(suites, .{}).step);
    for ([_][]const []const u8{ &.{}, &.{"--golden"} }) |arguments| {
        const run = b.addRunArtifact(suites);
        run.setCwd(b.path("."));
        run.addArgs(arguments);
        run.setEnvironmentVariable("KILN", b.getInstallPath(.bin, "kiln"));
        run.has_side_effects = true;  // it reads fixtures/ and examples/
        run.step.dependOn(b.getInstallStep());
        test_step.dependOn(&run.step);
    }

    try addInstrumented(b);
    // It makes each call fail that can fail: see `./dev faults`.
    const shim = b.addLibrary(.{
        .name = "fault-shim",
        .linkage = .dynamic,
        .root_module = try module(b, options, &.{}, &.{"tests/faults/shim.c"}),
    });
    const shim_step = b.step("fault-shim", "Build the library that makes calls fail, into zig-out/lib");
    shim_step.dependOn(&b.addInstallArtifact(shim, .{}).step);

    // The output is committed, so a build doesn't need the generator.
    const generator = "src/schema/generate/main.c";
    if (exists(b, generator)) {
        const table = try module(b, options, &.{}, &.{generator});
        linkCore(table, libkiln);
        const program_of_table = b.addExecutable(.{ .name = "schema-generate", .root_module = table });
        table_step.dependOn(&b.addInstallArtifact(program_of_table, .{}).step);
    }
}

/// The code that the library and the program share: everything except the command line.
fn coreModule(b: *std.Build, options: std.Build.Module.CreateOptions) !*std.Build.Module {
    var checked = options;
    checked.pic = true;
    // Debug builds would call Zig's runtime on undefined behavior, which a program that links libkiln.a doesn't have.
    checked.sanitize_c = .off;
    const core = try module(b, checked, &core_folders, &core_files);
    addLibraryHeaders(b, core);
    return core;
}

/// libkiln.a: one object with what kiln.h needs, in which only `kiln_…` is visible.
fn publicLibrary(
    b: *std.Build,
    options: std.Build.Module.CreateOptions,
    core: *std.Build.Step.Compile,
) *std.Build.Step.Compile {
    const target = options.target.?.result;
    if (target.ofmt != .elf or target.ptrBitWidth() != 64 or target.cpu.arch.endian() != .little)
        return b.addLibrary(.{ .name = "kiln", .linkage = .static, .root_module = core.root_module });
    const join = b.addSystemCommand(&.{ b.graph.zig_exe, "ld.lld", "-r", "--undefined=kiln_new", "-o" });
    const joined = join.addOutputFileArg("kiln.o");
    join.addArtifactArg(core);

    const keep_public = b.addExecutable(.{
        .name = "keep_public",
        .root_module = b.createModule(.{ .root_source_file = b.path("packaging/keep_public.zig"), .target = b.graph.host }),
    });
    const hide = b.addRunArtifact(keep_public);
    hide.addFileArg(joined);
    var linked = options;
    linked.link_libc = false;
    const root = b.createModule(linked);
    root.addObjectFile(hide.addOutputFileArg("kiln.o"));
    return b.addLibrary(.{ .name = "kiln", .linkage = .static, .root_module = root });
}

fn sharedLibrary(b: *std.Build, options: std.Build.Module.CreateOptions) !*std.Build.Step.Compile {
    var independent = options;
    independent.pic = true;
    const core = try coreModule(b, independent);
    for (libraries) |name| core.linkSystemLibrary(name, .{});
    const version = try std.SemanticVersion.parse(versionText());
    // Zig's own linker doesn't support version scripts.
    const shared = b.addLibrary(
        .{ .name = "kiln", .linkage = .dynamic, .root_module = core, .version = version, .use_llvm = true, .use_lld = true },
    );
    shared.setVersionScript(b.path("packaging/kiln.map"));
    linkLoader(shared);
    return shared;
}

fn dynamicExecutable(b: *std.Build, program: *std.Build.Module, libkiln: *std.Build.Step.Compile) *std.Build.Step.Compile {
    linkCore(program, libkiln);
    const kiln = b.addExecutable(.{ .name = "kiln", .root_module = program });
    kiln.pie = true;
    linkLoader(kiln);
    return kiln;
}

/// The code refers to dlopen weakly, because a static program does without it. Up to glibc 2.33, dlopen is in
/// a separate library, which the linker leaves out if only a weak reference needs it.
fn linkLoader(compile: *std.Build.Step.Compile) void {
    if (compile.rootModuleTarget().isGnuLibC()) compile.forceUndefinedSymbol("dlopen");
}

/// Links everything into one file, which runs on any Linux with the same processor and starts 0.2 ms earlier. Zig has
/// no static glibc, so this links the system's libc6-dev and libgcc-dev, like gcc -static.
fn staticExecutable(
    b: *std.Build,
    options: std.Build.Module.CreateOptions,
    program: *std.Build.Module,
    libkiln: *std.Build.Step.Compile,
    archives: StaticArchives,
) *std.Build.Step.Compile {
    addLibraryHeaders(b, program);
    const commands = b.addLibrary(.{ .name = "kiln-commands", .linkage = .static, .root_module = program });
    var linked = options;
    linked.link_libc = false;
    linked.strip = program.strip;
    const root = b.createModule(linked);
    const kiln = b.addExecutable(.{ .name = "kiln", .root_module = root, .linkage = .static });
    kiln.pie = true;
    for (archives.start) |path| root.addObjectFile(.{ .cwd_relative = path });
    root.addObjectFile(commands.getEmittedBin());
    root.addObjectFile(libkiln.getEmittedBin());
    for (archives.rest) |path| root.addObjectFile(.{ .cwd_relative = path });
    return kiln;
}

const StaticArchives = struct {
    start: []const []const u8,
    rest: []const []const u8,

    /// Finds them where Debian and its derivatives have them, below PKG_CONFIG_SYSROOT_DIR for another processor.
    fn find(b: *std.Build, target: std.Target) ?StaticArchives {
        if (target.os.tag != .linux or target.abi != .gnu) return null;
        const root = b.graph.env_map.get("PKG_CONFIG_SYSROOT_DIR") orelse "";
        const triple = b.fmt("{s}-linux-gnu", .{@tagName(target.cpu.arch)});
        const system = b.fmt("{s}/usr/lib/{s}", .{ root, triple });
        const gcc = newestFolder(b, b.fmt("{s}/usr/lib/gcc/{s}", .{ root, triple })) orelse return null;
        var rest: [libraries.len + 6][]const u8 = undefined;
        for (libraries, rest[0..libraries.len]) |name, *path| path.* = b.fmt("{s}/lib{s}.a", .{ system, name });
        // Before glibc 2.34 (Debian 11), threads were a library of their own. It's empty since.
        rest[libraries.len..].* = .{
            b.fmt("{s}/libpthread.a", .{system}), b.fmt("{s}/libc.a", .{system}),   b.fmt("{s}/libgcc.a", .{gcc}),
            b.fmt("{s}/libgcc_eh.a", .{gcc}),     b.fmt("{s}/crtendS.o", .{gcc}),   b.fmt("{s}/crtn.o", .{system}),
        };
        const found: StaticArchives = .{
            .start = b.dupeStrings(&.{
                b.fmt("{s}/rcrt1.o", .{system}), b.fmt("{s}/crti.o", .{system}), b.fmt("{s}/crtbeginS.o", .{gcc}),
            }),
            .rest = b.dupeStrings(&rest),
        };
        for ([_][]const []const u8{ found.start, found.rest }) |paths|
            for (paths) |path| std.fs.accessAbsolute(path, .{}) catch return null;
        return found;
    }
};

/// The folder whose name is the highest number; gcc has one for each of its versions.
fn newestFolder(b: *std.Build, path: []const u8) ?[]const u8 {
    var directory = std.fs.openDirAbsolute(path, .{ .iterate = true }) catch return null;
    defer directory.close();
    var newest: ?u32 = null;
    var entries = directory.iterate();
    while (entries.next() catch null) |entry| {
        const number = std.fmt.parseInt(u32, entry.name, 10) catch continue;
        if (newest == null or number > newest.?) newest = number;
    }
    return b.fmt("{s}/{d}", .{ path, newest orelse return null });
}

/// Where shells look for completions, relative to the prefix. PowerShell has no such place.
const completions = [_]struct { shell: []const u8, path: []const u8 }{
    .{ .shell = "bash", .path = "share/bash-completion/completions/kiln" },
    .{ .shell = "fish", .path = "share/fish/vendor_completions.d/kiln.fish" },
    .{ .shell = "zsh", .path = "share/zsh/site-functions/_kiln" },
    .{ .shell = "powershell", .path = "share/kiln/completion.ps1" },
};

/// Installs the other names of the program, its manual, its completions, and the pkg-config file of the library.
fn installAround(b: *std.Build, options: std.Build.Module.CreateOptions, kiln: *std.Build.Step.Compile) void {
    const kustomize = b.option(bool, "kustomize-link", "Install a link named kustomize, too (default: no)") orelse false;
    const manual = b.option(bool, "manual", "Install the manual and completions (default: if kiln, which prints them, runs here)") orelse
        (options.target.?.result.cpu.arch == builtin.cpu.arch and options.target.?.result.os.tag == builtin.os.tag);

    addLink(b, .bin, "kubectl-kiln", "kiln");
    addLink(b, .bin, "kubectl_complete-kiln", "kiln");
    if (kustomize) addLink(b, .bin, "kustomize", "kiln");
    if (manual) {
        const write = b.addRunArtifact(kiln);
        write.addArgs(&.{ "help", "--man" });
        b.getInstallStep().dependOn(&b.addInstallFile(write.captureStdOut(), "share/man/man1/kiln.1").step);
        addLink(b, .{ .custom = "share/man/man1" }, "kubectl-kiln.1", "kiln.1");
        for (completions) |completion| {
            const print = b.addRunArtifact(kiln);
            print.addArgs(&.{ "completion", completion.shell });
            b.getInstallStep().dependOn(&b.addInstallFile(print.captureStdOut(), completion.path).step);
        }
    }
    const description = b.fmt(
        \\prefix=${{pcfiledir}}/../..
        \\libdir=${{prefix}}/lib
        \\includedir=${{prefix}}/include
        \\
        \\Name: kiln
        \\Description: Kubernetes manifests from kustomizations
        \\Version: {s}
        \\Requires.private: {s}
        \\Libs: -L${{libdir}} -lkiln
        \\Libs.private: -lpthread -lm
        \\Cflags: -I${{includedir}}
        \\
    , .{ versionText(), std.mem.join(b.allocator, " ", &library_packages) catch @panic("OOM") });
    const file = b.addWriteFiles().add("kiln.pc", description);
    b.getInstallStep().dependOn(&b.addInstallFile(file, "lib/pkgconfig/kiln.pc").step);
}

fn versionText() []const u8 {
    const header = @embedFile("src/cli/version.h");
    const start = std.mem.indexOf(u8, header, "KILN_VERSION \"").? + "KILN_VERSION \"".len;
    return header[start..std.mem.indexOfScalarPos(u8, header, start, '"').?];
}

/// A link to a file in the same folder, so that an installation can be moved.
const Link = struct {
    step: std.Build.Step,
    folder: std.Build.InstallDir,
    name: []const u8,
    target: []const u8,

    fn make(step: *std.Build.Step, _: std.Build.Step.MakeOptions) !void {
        const link: *Link = @fieldParentPtr("step", step);
        const path = step.owner.getInstallPath(link.folder, link.name);
        var buffer: [std.fs.max_path_bytes]u8 = undefined;
        if (std.fs.cwd().readLink(path, &buffer)) |present| {
            if (std.mem.eql(u8, present, link.target)) return;
        } else |_| {}
        try std.fs.cwd().makePath(std.fs.path.dirname(path).?);
        std.fs.cwd().deleteFile(path) catch |err| if (err != error.FileNotFound) return err;
        try std.fs.cwd().symLink(link.target, path, .{});
    }
};

fn addLink(b: *std.Build, folder: std.Build.InstallDir, name: []const u8, target: []const u8) void {
    const link = b.allocator.create(Link) catch @panic("OOM");
    link.* = .{
        .step = .init(.{ .id = .custom, .name = b.fmt("link {s}", .{name}), .owner = b, .makeFn = Link.make }),
        .folder = folder,
        .name = name,
        .target = target,
    };
    b.getInstallStep().dependOn(&link.step);
}

fn exists(b: *std.Build, path: []const u8) bool {
    b.build_root.handle.access(path, .{}) catch return false;
    return true;
}

/// Links the libraries into a program; Zig would otherwise put them into libkiln.a. Prefers the system's static
/// archives, so that the program runs where the libraries aren't installed.
fn linkCore(user: *std.Build.Module, libkiln: *std.Build.Step.Compile) void {
    user.linkLibrary(libkiln);
    if (own_libraries) |own| {
        for (own.archives) |archive| user.linkLibrary(archive);
        for (own.includes) |folder| user.addIncludePath(folder);
        return;
    }
    for (libraries) |name|
        user.linkSystemLibrary(name, .{ .preferred_link_mode = .static, .search_strategy = .mode_first });
}

/// libkiln.a still needs their headers, even from /usr/include, which Zig only searches if it links with the system's
/// libraries. They come last, because the C library's headers may be Zig's own.
fn addLibraryHeaders(b: *std.Build, core: *std.Build.Module) void {
    if (own_libraries) |own| {
        for (own.includes) |folder| core.addIncludePath(folder);
        return;
    }
    var code: u8 = undefined;
    const ask = [_][]const u8{ "env", "PKG_CONFIG_ALLOW_SYSTEM_CFLAGS=1", "pkg-config", "--cflags-only-I" };
    const answer = b.runAllowFail(&(ask ++ library_packages), &code, .Ignore) catch "-I/usr/include";
    var words = std.mem.tokenizeAny(u8, answer, " \n");
    while (words.next()) |word| core.addAfterIncludePath(.{ .cwd_relative = word[2..] });
}

fn module(
    b: *std.Build,
    options: std.Build.Module.CreateOptions,
    folders: []const []const u8,
    files: []const []const u8,
) !*std.Build.Module {
    const result = b.createModule(options);
    for ([_][]const u8{ "src", "." }) |root| result.addIncludePath(b.path(root));
    // With only _POSIX_C_SOURCE, macOS hides what _DEFAULT_SOURCE enables elsewhere.
    const darwin: []const []const u8 = if (options.target.?.result.os.tag.isDarwin()) &.{"-D_DARWIN_C_SOURCE"} else &.{};
    const all = try std.mem.concat(b.allocator, []const u8, &.{ &flags, darwin, hardening(b, options), withoutFolders(b) });
    result.addCSourceFiles(.{ .root = b.path("."), .files = try sources(b, folders, files), .flags = all });
    return result;
}

/// The given files and those of the folders, sorted so that every machine makes the same archive.
fn sources(b: *std.Build, folders: []const []const u8, files: []const []const u8) ![]const []const u8 {
    var all: std.ArrayList([]const u8) = .empty;
    try all.appendSlice(b.allocator, files);
    for (folders) |folder| {
        const first = all.items.len;
        var directory = b.build_root.handle.openDir(folder, .{ .iterate = true }) catch continue;
        defer directory.close();
        var entries = directory.iterate();
        while (try entries.next()) |entry| {
            if (std.mem.endsWith(u8, entry.name, ".c")) try all.append(b.allocator, b.fmt("{s}/{s}", .{ folder, entry.name }));
        }
        std.mem.sort([]const u8, all.items[first..], {}, struct {
            fn before(_: void, left: []const u8, right: []const u8) bool {
                return std.mem.lessThan(u8, left, right);
            }
        }.before);
    }
    return all.items;
}

// --- Builds with clang, because Zig has no address sanitizer, libFuzzer, or coverage of its own.

const Instrument = enum {
    address,
    thread,
    coverage,

    fn compileFlags(kind: Instrument) []const []const u8 {
        return switch (kind) {
            .address => &.{ "-fsanitize=address,undefined,fuzzer-no-link", "-fno-sanitize-recover=all" },
            // Without libFuzzer's counters, which are not synchronized.
            .thread => &.{ "-fsanitize=thread", "-fno-sanitize-recover=all" },
            .coverage => &.{ "-fprofile-instr-generate", "-fcoverage-mapping" },
        };
    }

    fn linkFlags(kind: Instrument, is_fuzz_target: bool) []const []const u8 {
        return switch (kind) {
            .address => if (is_fuzz_target) &.{"-fsanitize=fuzzer,address,undefined"} else &.{"-fsanitize=address,undefined"},
            .thread => &.{"-fsanitize=thread"},
            .coverage => &.{"-fprofile-instr-generate"},
        };
    }
};

const Clang = struct {
    b: *std.Build,
    kind: Instrument,
    flags: []const []const u8,
    objects: std.StringHashMap(std.Build.LazyPath),

    fn command(clang: *Clang) *std.Build.Step.Run {
        const run = clang.b.addSystemCommand(&.{"clang"});
        run.setCwd(clang.b.path("."));
        return run;
    }

    fn object(clang: *Clang, source: []const u8) !std.Build.LazyPath {
        const entry = try clang.objects.getOrPut(source);
        if (entry.found_existing) return entry.value_ptr.*;
        const run = clang.command();
        run.setName(clang.b.fmt("clang {s}", .{source}));
        run.addArgs(clang.flags);
        run.addArgs(clang.kind.compileFlags());
        run.addArgs(&.{ "-MD", "-MF" });
        _ = run.addDepFileOutputArg("headers.d");
        run.addArg("-c");
        run.addFileArg(clang.b.path(source));
        run.addArg("-o");
        entry.value_ptr.* = run.addOutputFileArg("object.o");
        return entry.value_ptr.*;
    }

    /// Adds a program with these sources to a step, installed into bin/ of the prefix.
    fn install(
        clang: *Clang,
        step: *std.Build.Step,
        name: []const u8,
        files: []const []const u8,
        of: struct { packages: []const []const u8 = &library_packages, is_fuzz_target: bool = false },
    ) !void {
        const run = clang.command();
        run.setName(clang.b.fmt("clang -o {s}", .{name}));
        run.addArgs(clang.kind.linkFlags(of.is_fuzz_target));
        run.addArg("-o");
        const program = run.addOutputFileArg(name);
        for (files) |file| run.addFileArg(try clang.object(file));
        run.addArgs(packageWords(clang.b, "--libs", of.packages));
        run.addArgs(&.{ "-lpthread", "-lm" });
        step.dependOn(&clang.b.addInstallBinFile(program, name).step);
    }
};

/// kiln and the tests with an instrument, each fuzz target under its name, and the compile commands of all files for
/// editors and tests/mutants.py.
fn addInstrumented(b: *std.Build) !void {
    const kiln = try sources(b, &(core_folders ++ cli_folders), &(core_files ++ program_files));
    const tests = try sources(b, &(core_folders ++ cli_folders ++ test_folders), &core_files);
    const targets = try sources(b, &.{fuzz_folder}, &.{});
    const clang_flags = try std.mem.concat(b.allocator, []const u8, &.{
        &flags, &.{ "-Isrc", "-I." }, packageWords(b, "--cflags", &library_packages),
    });
    try addCommands(b, clang_flags, kiln, tests, targets);

    const kind = b.option(Instrument, "instrument", "What clang adds to `instrumented` and the fuzz targets") orelse return;
    var clang: Clang = .{
        .b = b,
        .kind = kind,
        .flags = try std.mem.concat(b.allocator, []const u8, &.{ clang_flags, &.{ "-O1", "-g", "-fno-omit-frame-pointer" } }),
        .objects = .init(b.allocator),
    };
    const step = b.step("instrumented", "Build kiln and the tests with clang and the instrument into zig-out/bin");
    try clang.install(step, "kiln", kiln, .{});
    try clang.install(step, "kiln-tests", tests, .{ .packages = &test_packages });
    for (targets) |target| {
        const name = std.fs.path.stem(target);
        const files = try sources(b, &core_folders, &.{ core_files[0], target });
        try clang.install(b.step(name, "Build this fuzz target"), name, files, .{ .is_fuzz_target = true });
    }
}

fn addCommands(
    b: *std.Build,
    clang_flags: []const []const u8,
    kiln: []const []const u8,
    tests: []const []const u8,
    targets: []const []const u8,
) !void {
    const Command = struct { directory: []const u8, file: []const u8, arguments: []const []const u8 };
    var commands: std.ArrayList(Command) = .empty;
    var seen: std.StringHashMap(void) = .init(b.allocator);
    for ([_][]const []const u8{ kiln, tests, targets }) |files| {
        for (files) |file| {
            if ((try seen.getOrPut(file)).found_existing) continue;
            const arguments = try std.mem.concat(b.allocator, []const u8, &.{ &.{"clang"}, clang_flags, &.{ "-c", file } });
            try commands.append(b.allocator, .{ .directory = b.pathFromRoot("."), .file = file, .arguments = arguments });
        }
    }
    const libraries_of_tests = packageWords(b, "--libs", &test_packages);
    const programs = .{ .flags = clang_flags, .libraries = libraries_of_tests, .kiln = kiln, .tests = tests };
    const update = b.addUpdateSourceFiles();
    update.addBytesToSource(b.fmt("{f}\n", .{std.json.fmt(commands.items, .{ .whitespace = .indent_1 })}), "compile_commands.json");
    update.addBytesToSource(b.fmt("{f}\n", .{std.json.fmt(programs, .{})}), "build/programs.json");
    const wanted = b.option(bool, "compile-commands", "Write compile_commands.json, and build/programs.json for " ++
        "tests/mutants.py (default: no)") orelse false;
    if (wanted) b.getInstallStep().dependOn(&update.step);
}

/// The words that pkg-config prints for packages; none if one of them is missing.
fn packageWords(b: *std.Build, question: []const u8, packages: []const []const u8) []const []const u8 {
    var code: u8 = undefined;
    const ask = std.mem.concat(b.allocator, []const u8, &.{ &.{ "pkg-config", question }, packages }) catch @panic("OOM");
    const answer = b.runAllowFail(ask, &code, .Ignore) catch return &.{};
    var words: std.ArrayList([]const u8) = .empty;
    var rest = std.mem.tokenizeAny(u8, answer, " \n");
    while (rest.next()) |word| words.append(b.allocator, word) catch @panic("OOM");
    return words.items;
}
