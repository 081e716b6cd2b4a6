"""Reads files of pairs; README.md beside this says what they are made of."""

import hashlib
import os
import re
from dataclasses import dataclass, field

DIALECTS = ("sqlite", "postgresql")

# What a section may be called, and whether words follow the name in its own line.
TEXTS = ("setup", "alembic", "statements", "revise", "down", "top", "refused", "naming")
REASONS = ("only", "one way", "online only", "differs", "fails")


class Malformed(Exception):
    pass


@dataclass
class Pair:
    """One migration on one dialect, written twice."""

    group: str
    name: str
    dialect: str
    origin: str  # file:line
    sections: dict = field(default_factory=dict)  # name -> text

    def text(self, section):
        return self.sections.get(section, "")

    def has(self, section):
        return section in self.sections

    @property
    def title(self):
        return f"{self.group}/{self.name} on {self.dialect}"

    @property
    def revision(self):
        """The unit's id: the same on both dialects where the unit is."""
        parts = [self.group, self.name] + [
            self.text(part) for part in ("top", "revise", "down", "one way")]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def read_folder(folder):
    """All pairs of the folder's *.pairs files, by file name and in the files' order."""
    pairs = []
    names = sorted(name for name in os.listdir(folder) if name.endswith(".pairs"))
    if not names:
        raise Malformed(f"there is no *.pairs file in '{folder}'")
    for name in names:
        pairs += read_file(os.path.join(folder, name))
    return pairs


def read_file(path):
    group = os.path.splitext(os.path.basename(path))[0]
    pairs = []
    seen = set()
    for name, line, sections in blocks(path):
        origin = f"{path}:{line}"
        if name in seen:
            raise Malformed(f"{origin}: a second pair '{name}'")
        seen.add(name)
        for dialect in dialects_of(sections):
            pairs.append(checked(Pair(group, name, dialect, origin,
                                      sections_on(dialect, sections))))
    return pairs


def blocks(path):
    """Each pair as (name, line, {(section, dialect or ""): text})."""
    found = []
    text = None
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.startswith("=== "):
                found.append((line[4:].strip(), number, {}))
                text = None
            elif line.startswith("--- ") and found:
                key, words = header(line[4:].strip(), f"{path}:{number}")
                if key in found[-1][2]:
                    raise Malformed(f"{path}:{number}: '{line.strip()}' a second time")
                text = found[-1][2][key] = [words + "\n"] if words else []
            elif text is not None:
                text.append(line)
            elif found and line.strip():
                raise Malformed(f"{path}:{number}: text outside any section")
    return [(name, line, {key: "".join(lines).strip("\n")
                          for key, lines in sections.items()})
            for name, line, sections in found]


def header(words, where):
    """'differs postgresql: why' -> (('differs', 'postgresql'), 'why')."""
    known = "|".join(TEXTS + REASONS)
    match = re.fullmatch(rf"({known})(?: (sqlite|postgresql))?(?:: (.+))?", words)
    if not match:
        raise Malformed(f"{where}: there is no section '{words}'")
    name, dialect, reason = match.groups()
    if (reason is not None) != (name in REASONS):
        raise Malformed(f"{where}: '{name}' " + ("takes no words in its line" if reason
                                                 else "needs words after a colon"))
    return (name, dialect or ""), reason or ""


def dialects_of(sections):
    chosen = sections.get(("only", ""), "").split()
    return [dialect for dialect in DIALECTS if not chosen or dialect in chosen]


def sections_on(dialect, sections):
    """The dialect's own section stands before the one for both; of `alembic` and
    `statements` either is the other's stand-in."""
    both = {name: text for (name, on), text in sections.items() if on == ""}
    own = {name: text for (name, on), text in sections.items() if on == dialect}
    if "statements" in own:
        both.pop("alembic", None)
    if "alembic" in own:
        both.pop("statements", None)
    if "down" in own:
        both.pop("one way", None)
    if "one way" in own:
        both.pop("down", None)
    return {**both, **own}


def checked(pair):
    sides = [name for name in ("alembic", "statements") if pair.has(name)]
    if not pair.has("revise"):
        raise Malformed(f"{pair.origin}: no 'revise' section on {pair.dialect}")
    if len(sides) != 1 and not (pair.has("refused") and not sides):
        raise Malformed(f"{pair.origin}: needs 'alembic' or 'statements' on "
                        f"{pair.dialect}, and not both")
    backwards = [name for name in ("down", "one way") if pair.has(name)]
    if len(backwards) > 1:
        raise Malformed(f"{pair.origin}: both 'down' and 'one way'")
    return pair
