//! keep_public IN OUT: copies a relocatable ELF object and makes every symbol that it defines local, except those named
//! `kiln_…`. A program that links the object can then have its own `finish` or `path_join`.
//!
//! Local symbols come first in a symbol table, so the table is reordered, and so are the numbers that refer to it, in
//! relocations and section groups.
const std = @import("std");
const elf = std.elf;

const Object = struct {
    bytes: []align(8) u8,
    sections: []align(1) elf.Elf64_Shdr,

    fn of(bytes: []align(8) u8) !Object {
        if (bytes.len < @sizeOf(elf.Elf64_Ehdr) or !std.mem.eql(u8, bytes[0..4], elf.MAGIC)) return error.NotElf;
        const header: *const elf.Elf64_Ehdr = @ptrCast(bytes.ptr);
        if (bytes[elf.EI_CLASS] != elf.ELFCLASS64 or bytes[elf.EI_DATA] != elf.ELFDATA2LSB) return error.NotElf64;
        if (header.e_type != .REL or header.e_shnum == 0) return error.NotRelocatable;
        const size = @as(usize, header.e_shnum) * @sizeOf(elf.Elf64_Shdr);
        return .{
            .bytes = bytes,
            .sections = @ptrCast(bytes[header.e_shoff..][0..size]),
        };
    }

    fn items(object: Object, comptime T: type, section: elf.Elf64_Shdr) []align(1) T {
        return @ptrCast(object.bytes[section.sh_offset..][0..section.sh_size]);
    }
};

fn isLocal(symbol: elf.Elf64_Sym) bool {
    return symbol.st_info >> 4 == elf.STB_LOCAL;
}

fn hide(symbol: *align(1) elf.Elf64_Sym, names: []const u8) !void {
    if (symbol.st_shndx == elf.SHN_UNDEF or isLocal(symbol.*)) return;
    const name = std.mem.sliceTo(names[symbol.st_name..], 0);
    if (std.mem.startsWith(u8, name, "kiln_")) return;
    if (symbol.st_shndx == elf.SHN_COMMON) return error.CommonSymbol;
    symbol.st_info = (@as(u8, elf.STB_LOCAL) << 4) | (symbol.st_info & 0xf);
    symbol.st_other = 0;
}

/// Moves local symbols to the front. Returns the new number of each symbol.
fn reorder(allocator: std.mem.Allocator, symbols: []align(1) elf.Elf64_Sym, locals: *u32) ![]u32 {
    const numbers = try allocator.alloc(u32, symbols.len);
    const before = try allocator.alloc(elf.Elf64_Sym, symbols.len);
    @memcpy(before, symbols);
    var next: u32 = 0;
    for ([_]bool{ true, false }) |local| {
        for (before, numbers) |symbol, *number| {
            if (isLocal(symbol) != local) continue;
            symbols[next] = symbol;
            number.* = next;
            next += 1;
        }
        if (local) locals.* = next;
    }
    return numbers;
}

fn keepPublic(allocator: std.mem.Allocator, object: Object) !void {
    const table_index = for (object.sections, 0..) |section, i| {
        if (section.sh_type == elf.SHT_SYMTAB) break i;
    } else return error.NoSymbols;
    const table = &object.sections[table_index];
    const symbols = object.items(elf.Elf64_Sym, table.*);
    const names = object.items(u8, object.sections[table.sh_link]);
    for (symbols) |*symbol| try hide(symbol, names);
    var locals: u32 = 0;
    const numbers = try reorder(allocator, symbols, &locals);
    table.sh_info = locals;

    const SHT_LLVM_ADDRSIG = 0x6fff4c03;
    for (object.sections) |*section| switch (section.sh_type) {
        elf.SHT_RELA => for (object.items(elf.Elf64_Rela, section.*)) |*relocation| {
            const number = numbers[@intCast(relocation.r_info >> 32)];
            relocation.r_info = (@as(u64, number) << 32) | (relocation.r_info & 0xffffffff);
        },
        elf.SHT_GROUP => section.sh_info = numbers[section.sh_info],
        // The numbers of symbols whose addresses matter; without this list, all of them do.
        SHT_LLVM_ADDRSIG => {
            section.sh_type = elf.SHT_PROGBITS;
            section.sh_size = 0;
        },
        elf.SHT_REL, elf.SHT_SYMTAB_SHNDX => return error.UnknownTable,
        else => {},
    };
}

pub fn main() !void {
    const allocator = std.heap.page_allocator;
    const arguments = try std.process.argsAlloc(allocator);
    if (arguments.len != 3) return error.Usage;
    const bytes = try std.fs.cwd().readFileAllocOptions(allocator, arguments[1], 1 << 30, null, .@"8", null);
    try keepPublic(allocator, try Object.of(bytes));
    try std.fs.cwd().writeFile(.{ .sub_path = arguments[2], .data = bytes });
}
