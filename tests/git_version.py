"""Whether kiln can clone with the git on this machine: it refuses to if git is older than 2.32."""
import re
import subprocess

OLDEST = 2, 32


def is_too_old():
    try:
        said = subprocess.run(["git", "version"], stdout=subprocess.PIPE, text=True, check=True).stdout
    except FileNotFoundError:
        return False
    return tuple(map(int, re.match(r"git version (\d+)\.(\d+)", said).groups())) < OLDEST


def refused_as_too_old(errors):
    """Whether kiln refused to clone because git is too old, and was right."""
    return b"cloning safely requires git " in errors and is_too_old()
