"""Switch off one guard at a time: whoever takes it away one day must be told by a test.

The guards stand in guards_server.toml and guards_phone.toml: which text of which file is the guard, what
is left when it is switched off, and the test that must turn red. All of it happens in copies of the tree.
By hand: python -m tests.faults.sabotage [part of a row of the tables]
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from queue import Queue
from tempfile import TemporaryDirectory
from typing import NamedTuple
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
TABLES = ("guards_server.toml", "guards_phone.toml")
PHONE = "frontend/field"
# Made by `make`: the copies look at it where it is.
BUILT = (".venv", f"{PHONE}/node_modules", "frontend/static/field")
PATIENCE, TRIES = 60, 3
# A guard must be missed by what a test looks at, not by a program that no longer runs.
BROKEN = re.compile(
    r"SyntaxError|IndentationError|ImportError|ModuleNotFoundError|NameError|UnboundLocalError"
    r"|ReferenceError|is not a function|is not defined|Transform failed|fixture '.*' not found|timed out"
)


class Guard(NamedTuple):
    """`text` of `file` is the guard, `off` what stands there without it; `test` is a pytest id or a vitest file::name."""

    name: str
    why: str
    file: str
    text: str
    off: str
    test: str

    @property
    def is_phones(self) -> bool:
        return self.test.startswith(PHONE)


class Outcome(NamedTuple):
    """`is_red`: the test failed, and for its own reason. Otherwise `told` says what happened instead."""

    guard: Guard
    is_red: bool
    told: str

    def line(self) -> str:
        guard = self.guard
        return f"{guard.name} · {guard.file} · {guard.test} · {'red' if self.is_red else f'NOT RED: {self.told}'}"


def guards() -> list[Guard]:
    """All of them, the server's first."""
    tables = [tomllib.loads((Path(__file__).parent / name).read_text("utf-8")) for name in TABLES]
    return [Guard(**row) for table in tables for row in table["guard"]]


def fault_of(guard: Guard, root: Path = ROOT) -> str:
    """What is wrong with the row itself, "" when its text stands in its file exactly once."""
    found = (root / guard.file).read_text("utf-8").count(guard.text)
    return "" if found == 1 and guard.off != guard.text else f"{guard.file} has it {found} times"


class Tree:
    """A copy of everything that git knows or would take up, to be spoiled."""

    _moments = count(2_000_000_000)

    def __init__(self, folder: Path) -> None:
        self.root = folder
        for name in _listed():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target)
        for name in BUILT:
            (folder / name).symlink_to(ROOT / name)
        # Tests ask git what there is; house rules have nothing to say here.
        subprocess.run(["git", "init", "-q", str(folder)], check=True)
        (folder / ".git/info/exclude").write_text("*\n")

    @contextmanager
    def without(self, guard: Guard) -> Iterator[None]:
        """While this lasts, the guard is switched off here."""
        path = self.root / guard.file
        before, times = path.read_text("utf-8"), path.stat()
        path.write_text(before.replace(guard.text, guard.off), "utf-8")
        # Python knows compiled files by second and size: each state has a second of its own.
        moment = next(self._moments)
        os.utime(path, (moment, moment))
        try:
            yield
        finally:
            path.write_text(before, "utf-8")
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))

    def run(self, tests: Iterable[str]) -> dict[str, str]:
        """{test: "" or why it failed} of those that ran; `tests` are all of one kind, Python's or the phone's."""
        named = sorted(set(tests))
        report = self.root / "report"
        report.unlink(missing_ok=True)
        command, folder = (_vitest if named[0].startswith(PHONE) else _pytest)(named, report)
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, cwd=self.root / folder, env=_surroundings(),
            timeout=PATIENCE * len(named),
        )  # fmt: skip
        if not report.exists() or done.returncode not in (0, 1):
            raise RuntimeError(f"{' '.join(named)} did not run:\n{(done.stdout + done.stderr)[-2000:]}")
        return (_of_vitest if folder else _of_pytest)(report)


def _listed() -> list[str]:
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    return [name for name in listing.split("\0") if name and (ROOT / name).is_file()]


def _surroundings() -> dict[str, str]:
    path = f"{ROOT / '.venv/bin'}:{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTEST_ADDOPTS": "", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "NO_COLOR": "1"}


def _pytest(tests: list[str], report: Path) -> tuple[list[str], str]:
    options = ["-q", "-p", "tests.faults.ready_folder", "-p", "no:cacheprovider", f"--junitxml={report}"]
    return [sys.executable, "-m", "pytest", *options, *tests], ""


def _vitest(tests: list[str], report: Path) -> tuple[list[str], str]:
    files = sorted({test.split("::")[0].removeprefix(f"{PHONE}/") for test in tests})
    names = "|".join(re.escape(test.split("::", 1)[1]) for test in tests)
    options = [
        "--reporter=json",
        f"--outputFile={report}",
        f"--testNamePattern=^ ?({names})$",
        "--maxWorkers=1",
        "--testTimeout=30000",
    ]
    return ["node_modules/.bin/vitest", "run", *files, *options], PHONE


def _of_pytest(report: Path) -> dict[str, str]:
    found = {}
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        name = f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}"
        failure, error = case.find("failure"), case.find("error")
        if error is not None:
            found[name] = f"not in the test itself, fixture '' not found or torn: {error.get('message')}"
        elif failure is not None:
            found[name] = failure.get("message") or "failed"
        elif case.find("skipped") is None:
            found[name] = ""
    return found


def _of_vitest(report: Path) -> dict[str, str]:
    found = {}
    for file in json.loads(report.read_text("utf-8"))["testResults"]:
        path = file["name"][file["name"].index(PHONE) :]
        for one in file["assertionResults"]:
            told = "\n".join(one["failureMessages"]) or "failed"
            if one["status"] in ("passed", "failed"):
                found[f"{path}::{one['fullName'].strip()}"] = told if one["status"] == "failed" else ""
    return found


def try_guards(chosen: list[Guard]) -> Iterator[Outcome]:
    """Each guard off by itself, two at a time. Raises AssertionError when a named test fails with all of them on."""
    with TemporaryDirectory(prefix="ruhu-sabotage-") as folder, ThreadPoolExecutor(2) as pool:
        trees: Queue[Tree] = Queue()
        for tree in pool.map(Tree, (Path(folder, "left"), Path(folder, "right"))):
            trees.put(tree)

        def with_a_tree(task):
            tree = trees.get()
            try:
                return task(tree)
            finally:
                trees.put(tree)

        kinds = [[one.test for one in chosen if one.is_phones is is_phones] for is_phones in (False, True)]
        checks = [pool.submit(with_a_tree, lambda tree, tests=tests: tree.run(tests)) for tests in kinds if tests]
        sound = {test: told for check in checks for test, told in check.result().items()}
        bad = {one.test: sound.get(one.test, "there is no such test") for one in chosen if sound.get(one.test, "-")}
        assert not bad, f"these do not pass although every guard is on: {bad}"
        yield from pool.map(lambda guard: with_a_tree(lambda tree: _try(tree, guard)), chosen)


def _try(tree: Tree, guard: Guard) -> Outcome:
    fault = fault_of(guard, tree.root)
    if fault:
        return Outcome(guard, False, fault)
    try:
        with tree.without(guard):
            _require_sound(tree.root / guard.file)
            # Without a lock two may still happen not to meet.
            told = next(filter(None, (tree.run([guard.test]).get(guard.test) for _ in range(TRIES))), "")
    except (RuntimeError, subprocess.TimeoutExpired) as error:
        return Outcome(guard, False, str(error))
    if not told:
        return Outcome(guard, False, "the test passes, or does not run")
    is_own = BROKEN.search(told) is None
    return Outcome(guard, is_own, told if is_own else f"broken, not missed: {told[:500]}")


def _require_sound(path: Path) -> None:
    """A server answers 500 whatever went wrong in it, so names are looked at beforehand."""
    if path.suffix == ".py":
        ruff = [str(ROOT / ".venv/bin/ruff"), "check", "--isolated", "--quiet", "--select=F821,F823", str(path)]
        found = subprocess.run(ruff, check=False, capture_output=True, text=True)
        if found.returncode:
            raise RuntimeError(f"no program any more: {found.stdout}")


def main(words: list[str]) -> int:
    chosen = [guard for guard in guards() if not words or any(word in "|".join(guard) for word in words)]
    is_all_red = True
    for outcome in try_guards(chosen):
        print(outcome.line(), *([f"    {outcome.told[:400]}"] if words else []), sep="\n", flush=True)
        is_all_red = is_all_red and outcome.is_red
    return 0 if is_all_red else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
