#!/usr/bin/env python3
"""Writes tests/data/ini_vectors.jsonl: odd inputs, and what Python's own configparser
makes of them. Run once by hand with Python 3.11; the tests only read the result.

Bytes are written as the characters U+0000 to U+00FF.
"""

import configparser
import json
import os
import sys
import tempfile

PIECES = ["[a]", "[b]", "[DEFAULT]", "x = 1", "y: 2", "  more", "# c", "; c", "",
          " ", "z=%(x)s", "bare", "\tx = 3", "[c", "x == :", "k = [v]"]

# Cases are separated by | and line ends; escapes are Python's.
HAND_WRITTEN = r"""
|[a]|[a]\n|[a]\nx=1|[a]\nx=1\n|[a]\r\nx = 1\r\n|[a]\rx = 1\r|[a]\nx: 1
[a]\nx=1:2|[a]\nx:1=2|[a]\nx = = 1|[a]\nx =|[a]\nx|[a]\n= 1|[a]\n: 1|[a]\n=1\n=2
[a]\nx = 1 ; no|[a]\nx = 1 # no|[a]\n#x = 1|[a]\n  # x = 1|[a]\n;x|[a]\n  ; x
[a]\nx = 1\n  2|[a]\nx = 1\n  2\n  3|[a]\nx = 1\n\n  2|[a]\nx = 1\n\n\n  2\n\n
[a]\nx = 1\n  # c\n  2|[a]\nx = 1\n  # c\n\n  2|[a]\nx = 1\n# c\n  2|[a]\nx =\n  1\n  2
[a]\nx =\n\n  1|[a]\nx = 1\n  y = 2|[a]\n  x = 1\n  y = 2|[a]\n  x = 1\n y = 2
[a]\n  x = 1\n    y = 2\n  z = 3|[a]\n x = 1\n   2\n  3\ny = 4|[a]\nx = 1\n\ty|[a]\nx = 1\n [b]
[a]\nx = 1\n[b]\n  y = 2|[a]\n  [b]\n  x = 1|  [a]\nx = 1|  [a]\n  x = 1\nx2 = 2
[a]\nx = 1\n[a]\ny = 2|[a]\nx = 1\nx = 2|[a]\nX = 1\nx = 2|[a]\nx = 1\n[A]\nx = 2
[DEFAULT]\nx = 1\n[a]|[DEFAULT]\nx = 1\n[a]\nx = 2|[DEFAULT]\nx=1\n[a]\n[DEFAULT]\ny=2
[DEFAULT]\nx=1\n[a]\n[DEFAULT]\nx=2|[DEFAULT]\nhere = there\n[a]\nx = %(here)s
[default]\nx = 1\n[a]|[a]\nhere = x\ny = %(here)s|[a]\ny = %(HERE)s/%(here)s
x = 1|x = 1\n[a]|  \n\nx|# c\n[a]|# c\nx|[a|[]\nx = 1|[a]\n[]\nx = 1|[]]\nx = 1|[ ]\nx = 1
[ a ]\nx = 1|[a]b\nx = 1|[a] ; c\nx = 1|[a]] \nx = 1|[[a]]\nx = 1|[a][b]\nx = 1|[a=b]\nx = 1
[a:b]\nx=1|[a]\n[b = 1|[a]\n[b] = 1|[a]\n]b = 1|[a]\nx[0] = 1|[a]\nx y = 1|[a]\nx  y\t= 1
[a]\nx = %|[a]\nx = %%|[a]\nx = %%%|[a]\nx = %%%%|[a]\nx = 5%|[a]\nx = a%b|[a]\nx = %s
[a]\nx = %(|[a]\nx = %(y|[a]\nx = %(y)|[a]\nx = %(y)d|[a]\nx = %()s|[a]\nx = %(y)s
[a]\nx = %(y)s\ny = 1|[a]\nx = %(Y)s\ny = 1|[a]\nx = %(y)s%(y)s\ny = %%|[a]\nx = %%(y)s
[a]\nx = %%%(y)s\ny = 2|[a]\nx = %(x)s|[a]\nx = %(y)s\ny = %(x)s|[a]\nx = %(y z)s\ny z = 1
[a]\nx = %(y)s\n[b]\ny = 1|[a]\nx = %(y)s\n[DEFAULT]\ny = 1|[DEFAULT]\nx = %(y)s\n[a]\ny = 1
[DEFAULT]\nx = %(y)s\n[a]\n[b]\ny = 2|[a]\nx = %(\n  y)s|[a]\nx = %(y)s\ny =|[a]\nx = %(=)s
[a]\nx0=%(x1)s\nx1=%(x2)s\nx2=%(x3)s\nx3=%(x4)s\nx4=%(x5)s\nx5=%(x6)s\nx6=%(x7)s\nx7=%(x8)s\nx8=%(x9)s\nx9=%(xa)s\nxa=1
[a]\nx0=%(x1)s\nx1=%(x2)s\nx2=%(x3)s\nx3=%(x4)s\nx4=%(x5)s\nx5=%(x6)s\nx6=%(x7)s\nx7=%(x8)s\nx8=%(x9)s\nx9=%(xa)s\nxa=%%
[a]\nx=%%(asctime)s %%(message)s|[a]\nurl = postgresql://u:p%%40@h/d|[a]\nurl = postgresql://u:p%40@h/d
\ufeff[a]\nx = 1|\ufeff\n[a]\nx = 1|\ufeff# c\n[a]|[a]\n\ufeffx = 1|[\u00e4]\n\u00d6 = \u00fc|[a]\n\u00c4=1\n\u00e4=2
[a]\nx =\u00a01\u00a0|[a]\nx\u00a0= 1|\u00a0[a]\nx = 1|[a]\nx = 1\n\u00a02|[a]\nx = 1\n\u20032\n\u3000 3
[a]\nx = 1\u20282|[a]\nx = 1\x0b2|[a]\nx = 1\x0c\ny = 2|[a]\n\x0cx = 1|[a]\nx = 1\x1c|[a]\nx = 1\x85y = 2
[a]\nx = \x00|[a]\n\x00 = 1|[a]\nx = 1\x00\n|[a]\nx = \u2028|[a]\n\u0416=1|[a]\n\u03a3=1|[a]\nx\u0301=1
[a]\nbare\nx = 1|[a]\nbare\nx = 1\nbare2|[a]\nbare\nx = 1\nx = 2|[a]\nx = 1\nbare\n  more|[a]\nbare\n  more
[a]\n x = 1\nbare\n  y = 2|[a]\nx = 1\nbare|[a]\nx = 1\n  \n  2\n \n|[a]\nx = 1   \n  2   \n|[a]\nx = 'q' "r"
[a]\nx = 1 \\\n  2|[a]\nx = a, b\n    c, d|[a]\nrem = 1\nREM x|[a]\nx = 1\n#\n ;\n  2|[a]\nx=1\n  =2|[a]\nx=1\n  y:2
""".strip("\n")

RAW_BYTES = [b"[a]\nx = \xff", b"[a]\nx = \xc3", b"[a]\nx = \xc0\xaf", b"[a]\nx = \xed\xa0\x80",
             b"[a]\nx = \xf0\x9f\x98\x80", b"[a]\nx = \xf4\x90\x80\x80", b"[a]\nx = \xe2\x82",
             b"\xff\xfe[\x00a\x00]\x00", b"[a]\nx = \x80", b"[a]\nx = \xf0\x8f\xbf\xbf"]


def inputs():
    for line in HAND_WRITTEN.split("\n"):
        for text in line.split("|"):
            yield text.encode("ascii").decode("unicode_escape")
    # Each pair and some triples of lines, after a section.
    for first in PIECES:
        for second in PIECES:
            yield "[s]\n" + first + "\n" + second + "\n"
    for i, first in enumerate(PIECES):
        for j, second in enumerate(PIECES):
            third = PIECES[(3 * i + 5 * j + 1) % len(PIECES)]
            yield "[s]\no = 0\n" + first + "\n" + second + "\n" + third


def value_of(parser, section, option):
    try:
        return parser.get(section, option)
    except configparser.Error as error:
        return {"error": type(error).__name__}


def result_of(data):
    parser = configparser.ConfigParser({"here": "/he re"})
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(data)
    try:
        parser.read(file.name, encoding="utf-8")
    except configparser.ParsingError as error:
        if isinstance(error, configparser.MissingSectionHeaderError):
            return {"error": type(error).__name__, "lines": [error.lineno]}
        return {"error": type(error).__name__, "lines": [line for line, _ in error.errors]}
    except configparser.Error as error:
        return {"error": type(error).__name__, "lines": [error.lineno]}
    except UnicodeDecodeError as error:
        return {"error": type(error).__name__, "lines": []}
    finally:
        os.unlink(file.name)
    return {"sections": [
        [section, [[option, parser.get(section, option, raw=True),
                    value_of(parser, section, option)] for option in sorted(parser[section])]]
        for section in ["DEFAULT"] + parser.sections()]}


def main():
    data = []
    for text in inputs():
        data.append(text.encode("utf-8"))
    data += RAW_BYTES
    seen = set()
    for each in data:
        if each in seen:
            continue
        seen.add(each)
        row = {"text": each.decode("latin-1")}
        row.update(result_of(each))
        json.dump(row, sys.stdout)
        print()


if __name__ == "__main__":
    main()
