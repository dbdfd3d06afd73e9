#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads every #include of app/, ui/ and engine/ against the table of what each room may use.

The floors of the engine are read from engine/CMakeLists.txt, where each room names the rooms it links: the includes must
agree with that list, and the list with the order in which the rooms stand. Prints one line per violation, and fails on any.

    layers.py <source folder>
"""
import re
import sys
from pathlib import Path

# What ui may include of the engine: operations and values, never a repository, a provider or a socket.
UI_MAY_USE = {"base", "model", "service"}

# Modules that draw; the engine runs on servers without them.
WINDOW_MODULES = ("QtGui", "QtWidgets", "QtCharts", "QtSvg", "QtSvgWidgets", "QtPrintSupport", "QtOpenGL", "QtWebEngineWidgets")

# Headers of Qt's window modules that are often included without their module's name. Asked of Qt itself where it is
# installed; this short list stands in where its headers are not found.
WELL_KNOWN_WINDOW_HEADERS = {"QWidget", "QApplication", "QGuiApplication", "QIcon", "QPixmap", "QImage", "QPainter", "QColor", "QFont",
                             "QTextDocument", "QStandardItemModel", "QDesktopServices", "QClipboard", "QAction", "QChart"}

SYSTEM_INCLUDE_FOLDERS = ("/usr/include/x86_64-linux-gnu/qt6", "/usr/include/aarch64-linux-gnu/qt6", "/usr/include/qt6")

SOURCES = {".h", ".hpp", ".cpp", ".cc", ".mm", ".inl"}
INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)
COMMENT = re.compile(r'/\*.*?\*/', re.DOTALL)
ROOM = re.compile(r'^carillon_room\((\w+)([^)]*)\)', re.MULTILINE)


def window_headers():
    """The names of all headers of Qt's window modules."""
    names = set(WELL_KNOWN_WINDOW_HEADERS)
    for folder in SYSTEM_INCLUDE_FOLDERS:
        for module in WINDOW_MODULES:
            names |= {header.name for header in Path(folder, module).glob("Q*")}
            names |= {header.name for header in Path(folder, module).glob("q*.h")}
    return names


def floors(list_file):
    """Rooms from the ground floor up, each with the rooms it may use; and what is wrong with the list itself."""
    rooms, problems = {}, []
    for name, arguments in ROOM.findall(list_file.read_text()):
        used = re.search(r'\bROOMS((?:\s+[a-z_]+)*)', arguments)
        allowed = set(used.group(1).split()) if used else set()
        for room in sorted(allowed - rooms.keys()):
            problems.append(f"{list_file}: {name} uses {room}, which does not stand below it")
        rooms[name] = allowed | {name}
    return rooms, problems


def includes(file):
    """(line, path) of each include, comments left out."""
    text = COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), file.read_text(errors="replace"))
    for match in INCLUDE.finditer(text):
        yield text.count("\n", 0, match.start(match.lastindex)) + 1, match.group(1) or match.group(2)


def target_of(path):
    """("engine", room), ("ui", ""), ("app", "") for one of ours; None for a header of somebody else."""
    parts = path.split("/")
    if parts[0] in ("ui", "app", "tests"):
        return parts[0], ""
    if parts[0] == "engine":
        return "engine", parts[1] if len(parts) > 2 else ""
    return None


def engine_problem(room, path, rooms, drawing):
    top, target = target_of(path) or (None, None)
    if top in ("ui", "app", "tests"):
        return f"the engine may not include {top}/"
    if top == "engine" and room and target not in rooms[room]:
        return f"room {room} may not use {target or 'the face of the engine'}"
    if path.split("/")[0] in WINDOW_MODULES or path in drawing:
        return "the engine may not use Qt's window modules"
    return None


def ui_problem(path):
    top, target = target_of(path) or (None, None)
    if top in ("app", "tests"):
        return f"ui may not include {top}/"
    if top == "engine" and target not in UI_MAY_USE:
        return f"ui may use only {', '.join(sorted(UI_MAY_USE))} of the engine"
    return None


def check(source):
    """One sentence per violation."""
    rooms, problems = floors(source / "engine" / "CMakeLists.txt")
    drawing = window_headers()
    for file in sorted(path for top in ("engine", "ui", "app") for path in (source / top).rglob("*") if path.suffix in SOURCES):
        place = file.relative_to(source)
        room = place.parts[1] if place.parts[0] == "engine" and len(place.parts) > 2 else ""
        if room and room not in rooms:
            problems.append(f"{place}: engine/CMakeLists.txt has no room {room}")
            continue
        for line, path in includes(file):
            if place.parts[0] == "engine":
                problem = engine_problem(room, path, rooms, drawing)
            elif place.parts[0] == "ui":
                problem = ui_problem(path)
            else:
                problem = "app may not include tests/" if path.startswith("tests/") else None
            if problem:
                problems.append(f"{place}:{line}: includes {path}: {problem}")
    return problems


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    problems = check(Path(sys.argv[1]))
    print("\n".join(problems) if problems else "Every include stays on its floor.")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
