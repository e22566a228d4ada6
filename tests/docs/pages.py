"""Listings in Markdown pages, and the directories that they run in."""
import os
import re
import shutil
import signal
import subprocess

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
DIRECTIVE = re.compile(r"^\s*<!-- (scene|before|run|output|file|excerpt|builds|printed|error|not run|listings not run)(?:: (.*?))? -->$")


class Listing:
    """A fenced or indented block of a page, with the directives before it. `first` and `last` are its lines in `page.lines`."""

    def __init__(self, first, last, indent, language, directives):
        self.first, self.last, self.indent, self.language, self.directives = first, last, indent, language, directives

    def lines(self, page):
        return [line[self.indent:] for line in page.lines[self.first:self.last]]


class Page:
    def __init__(self, path):
        self.path, self.not_run, self.listings, self.left_over = path, None, [], []
        with open(os.path.join(TOP, path), encoding="utf-8") as file:
            self.lines = file.read().split("\n")
        self.parse()

    def parse(self):
        at, directives = 0, []
        while at < len(self.lines):
            line = self.lines[at]
            directive, fence = DIRECTIVE.match(line), re.match(r"^(\s*)```(\w*)", line)
            if directive and directive[1] == "listings not run":
                self.not_run = directive[2]
            elif directive:
                directives.append((directive[1], directive[2] or ""))
            elif fence:
                end = next(i for i in range(at + 1, len(self.lines)) if self.lines[i].strip() == "```")
                self.listings.append(Listing(at + 1, end, len(fence[1]), fence[2], directives))
                at, directives = end, []
            elif line.startswith("    ") and line.strip() and not self.lines[at - 1].strip():
                end = at
                while end < len(self.lines) and (self.lines[end].startswith("    ") or not self.lines[end].strip()):
                    end += 1
                while not self.lines[end - 1].strip():
                    end -= 1
                indent = len(re.match(r" *", line)[0])
                indent = 4 if indent < 6 else 6
                self.listings.append(Listing(at, end, indent, "", directives))
                at, directives = end - 1, []
            elif line.strip() and directives:
                self.left_over += [f"{self.path}:{at + 1}: {name}" for name, _ in directives if name not in ("scene", "before")]
                directives = [pair for pair in directives if pair[0] in ("scene", "before")]
            at += 1

    def replace(self, listing, lines):
        """Replaces the lines of a listing and moves the listings after it."""
        new = [(" " * listing.indent + line).rstrip() for line in lines]
        grown = len(new) - (listing.last - listing.first)
        self.lines[listing.first:listing.last] = new
        for other in self.listings:
            if other.first > listing.first:
                other.first, other.last = other.first + grown, other.last + grown
        listing.last += grown

    def write(self):
        with open(os.path.join(TOP, self.path), "w", encoding="utf-8") as file:
            file.write("\n".join(self.lines))


class Scene:
    """A directory, $SCENE, for a series of commands, with `kiln` on PATH and without the user's settings."""

    def __init__(self, name, folder, kiln):
        self.folder = os.path.join(folder, name.replace("/", "-"))
        self.work = os.path.join(self.folder, "work")
        shutil.rmtree(self.folder, ignore_errors=True)
        source, target = os.path.join(TOP, "tests/docs/scenes", name), self.work
        if not os.path.isdir(source):
            source, target = os.path.join(TOP, name), os.path.join(self.work, name)
        shutil.copytree(source, target, symlinks=True)
        for part in ("bin", "home"):
            os.makedirs(os.path.join(self.folder, part))
        os.symlink(os.path.abspath(kiln), os.path.join(self.folder, "bin/kiln"))
        self.environment = {
            "PATH": os.path.join(self.folder, "bin") + ":" + os.environ["PATH"],
            "HOME": os.path.join(self.folder, "home"), "SCENE": self.work, "LC_ALL": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CEILING_DIRECTORIES": self.folder,
            **{f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER")
               for what, value in (("NAME", "kiln"), ("EMAIL", "kiln@example.org"), ("DATE", "2026-01-01T00:00:00Z"))},
        }
        self.directory = self.work
        setup = os.path.join(self.work, "setup")
        if os.path.exists(setup):
            os.rename(setup, os.path.join(self.folder, "setup"))
            output, status = self.run("sh -e ../setup")
            if status:
                raise SystemExit(f"the scene {name} cannot be set up:\n{output}")

    def run(self, command, **more):
        """The combined output of a command and its exit status. `cd` stays in effect."""
        place = os.path.join(self.folder, "place")
        script = f'{command}\nstatus=$?\npwd >"{place}"\nexit $status'
        child = subprocess.Popen(["bash", "-c", script], cwd=self.directory, env={**self.environment, **more}, start_new_session=True,
                                 stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            printed = child.communicate(timeout=60)[0].decode("utf-8", "replace")
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            printed = child.communicate()[0].decode("utf-8", "replace") + "(ended after a minute)\n"
        if os.path.exists(place):
            with open(place, encoding="utf-8") as file:
                self.directory = file.read().rstrip("\n")
        return printed, child.returncode

    def write(self, path, lines):
        path = os.path.join(self.work, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")


def session(lines):
    """The commands of a listing, each with the lines that it prints; empty without commands."""
    found = []
    for line in lines:
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
    return found


def fits(wanted, printed):
    """Compares lines. A line `…` matches any lines, `…` in a line any text, and a duration any other."""
    pattern = ""
    for line in wanted:
        if line.strip() == "…":
            pattern += r"(?:.*\n)*?"
        else:
            line = re.escape(re.sub(r"\b\d+(\.\d+)? s\b", "\0", line)).replace("…", ".*")
            pattern += line.replace("\0", r"\d+(\.\d+)? s") .replace("\\\0", r"\d+(\.\d+)? s") + r" *\n"
    return re.fullmatch(pattern, "".join(line.rstrip() + "\n" for line in printed)) is not None


def trimmed(lines):
    lines = list(lines)
    while lines and not lines[-1].strip():
        lines.pop()
    return lines
