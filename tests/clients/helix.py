"""Tells the story of tests/clients/story.rs in Helix: keys go into a terminal of its own, and its screen is read.

Its arguments are how Helix is called.
"""

import fcntl
import json
import os
import pathlib
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

import pyte

FOLDER = pathlib.Path(os.environ["CQLINT_FOLDER"])
FOUND = json.loads(pathlib.Path(os.environ["CQLINT_FOUND"]).read_text())
FILES = ["schema.cql", "queries.cql", "Shop.java"]
MARKS = FOLDER.parent / "marks"
PATIENCE = 20.0
ROWS, COLUMNS = 40, 160


def tell(step, file, by, **answer):
    with open(os.environ["CQLINT_TOLD"], "a", encoding="utf-8") as told:
        told.write(json.dumps({"step": step, "file": file, "by": by, **answer}) + "\n")


class Screen(pyte.Screen):
    """A screen that survives what newer terminals are asked."""

    def report_device_status(self, mode, **private):
        pass

    def report_device_attributes(self, *mode, **private):
        pass

    def set_margins(self, *margins, private=False):
        super().set_margins(*margins)


class Helix:
    def __init__(self, command):
        self.screen = Screen(COLUMNS, ROWS)
        self.stream = pyte.ByteStream(self.screen)
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.chdir(FOLDER)
            os.execvp(command[0], [*command, *FILES])
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def text(self):
        return "\n".join(line.rstrip() for line in self.screen.display)

    def until(self, is_wanted, patience=PATIENCE):
        """Reads what Helix draws until it is as wanted."""
        end = time.monotonic() + patience
        while not is_wanted() and time.monotonic() < end:
            if select.select([self.terminal], [], [], 0.05)[0]:
                try:
                    drawn = os.read(self.terminal, 65536)
                except OSError:
                    # Helix has ended.
                    break
                if b"\x1b[c" in drawn or b"\x1b[0c" in drawn:
                    os.write(self.terminal, b"\x1b[?62;22c")
                self.stream.feed(drawn)
        return is_wanted()

    def keys(self, keys, shown=None, patience=PATIENCE):
        """Presses keys, and waits for what is then shown, or for a moment."""
        os.write(self.terminal, keys.encode())
        if shown is None:
            return self.until(lambda: False, 0.4)
        return self.until(lambda: re.search(shown, self.text()), patience)

    def show(self, file):
        # Escape and a letter at once would be another key.
        self.keys("\x1b")
        self.keys(f":open {file}\r", re.escape(file))

    def go(self, expression):
        """Selects what an expression finds, from the begin of the file."""
        self.keys(f"gg/{expression}\r")

    def marked(self):
        """The line and the text that are selected."""
        MARKS.unlink(missing_ok=True)
        self.keys(f":pipe-to {FOLDER.parent}/mark %{{cursor_line}}\r")
        self.until(MARKS.is_file, 5.0)
        line, _, text = MARKS.read_text(encoding="utf-8").partition(" ")
        return int(line), text

    def findings(self, file):
        """The rules out of the list of findings, and what each of them marks."""
        self.show(file)
        self.keys(" d", r"cqlint\s", 2.0)
        rules = re.findall(r"cqlint\s+\W*([a-z-]+)", self.text())
        self.keys("\x1b")
        found = []
        for above, rule in enumerate(rules):
            # Taking one from the list selects what it marks.
            self.keys(" d", r"cqlint\s")
            self.keys("\x0e" * above)
            self.keys("\r")
            line, text = self.marked()
            found.append(f"{line} {rule}: {text}")
        return sorted(found)

    def tell_findings(self, step, wanted):
        for file in FILES:
            end = time.monotonic() + PATIENCE
            found = self.findings(file)
            while found != wanted[file] and time.monotonic() < end:
                found = self.findings(file)
            tell(step, file, "space d", findings=found)

    def choose(self, action):
        """Opens the menu of actions, goes down to one, and takes it."""
        self.keys(" a", action)
        for _ in range(20):
            if self.is_chosen(action):
                break
            self.keys("\x0e")
        self.keys("\r")

    def is_chosen(self, action):
        """Whether its line is the only one with its background."""
        for row, line in enumerate(self.screen.display):
            if found := re.search(action, line):
                grounds = [self.screen.buffer[other][found.start()].bg for other in range(ROWS)]
                return grounds.count(grounds[row]) == 1
        return False

    def saved(self, file):
        self.keys(":write-all\r")
        return (FOLDER / file).read_text(encoding="utf-8")

    def play(self):
        self.until(lambda: "NOR" in self.text())
        self.tell_findings("findings", FOUND["before"])
        self.show("queries.cql")
        self.go("name: Visit")
        self.keys("jgh")
        self.keys(" k", "idempotent", 5.0)
        tell("hover", "queries.cql", "space k", text=self.text().partition("UPDATE visits")[2])
        self.keys("\x1b")
        self.show("Shop.java")
        self.go(r'newInstance\("SELECT amount')
        self.choose("[Mm]ark it idempotent")
        tell("fixed", "Shop.java", "space a", text=self.saved("Shop.java"))
        self.show("schema.cql")
        self.go("CREATE TABLE orders")
        self.choose("Mend all")
        tell("fixed all", "schema.cql", "space a", text=self.saved("schema.cql"))
        self.go("amount")
        self.keys(" r", "rename")
        self.keys("\x15total\r")
        for file in FILES:
            tell("renamed", file, "space r", text=self.saved(file))
        self.tell_findings("findings again", FOUND["after"])
        self.keys(":quit-all!\r")


mark = FOLDER.parent / "mark"
mark.write_text(f'#!/bin/sh\n(printf "%s " "$1"; cat) > {MARKS}.new && mv {MARKS}.new {MARKS}\n')
mark.chmod(0o755)
helix = Helix(sys.argv[1:])
try:
    helix.play()
finally:
    print(helix.text())
    os.kill(helix.process, signal.SIGTERM)
    os.waitpid(helix.process, 0)
