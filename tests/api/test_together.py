"""Who wants to write at the same moment is written together, and nobody suffers by another's fault."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from threading import Event, Thread
from time import sleep

import pytest

from backend.api.together import Together

PATIENCE = 10


class Books:
    """`batches` are the wishes as they were written; the first writing waits until `go_on`."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.begun, self.go_on = Event(), Event()
        self.line = Together[str, str](self.write, key=lambda wish: wish[:1])

    def write(self, wishes: Sequence[str]) -> list[str]:
        self.begun.set()
        assert self.go_on.wait(PATIENCE)
        if any("unfit" in wish for wish in wishes):
            raise ValueError(f"{len(wishes)} at once")
        self.batches.append(list(wishes))
        return [wish.upper() for wish in wishes]

    def ask(self, *wishes: str) -> list[Callable[[], str]]:
        """Each from a thread of its own, in this order, while the first is being written."""
        asked = []
        for wish in wishes:
            asked.append(self.ask_aside(partial(str, wish)))
            assert self.begun.wait(PATIENCE)
            sleep(0.05)
        self.go_on.set()
        return asked

    def ask_aside(self, get_ready: Callable[[], str]) -> Callable[[], str]:
        """From another thread, which keeps nobody if it never hears anything."""
        told = Future[str]()

        def ask() -> None:
            try:
                told.set_result(self.line.ask(get_ready))
            except Exception as error:
                told.set_exception(error)

        Thread(target=ask, daemon=True).start()
        return partial(told.result, PATIENCE)


@pytest.fixture
def books():
    return Books()


def test_who_comes_while_one_is_written_is_written_with_the_next(books):
    told = [tell() for tell in books.ask("a", "b", "c", "d")]
    assert (told, books.batches) == (["A", "B", "C", "D"], [["a"], ["b", "c", "d"]])


def test_two_of_one_key_never_go_together(books):
    told = [tell() for tell in books.ask("a", "b1", "b2", "c")]
    assert (told, books.batches) == (["A", "B1", "B2", "C"], [["a"], ["b1", "c"], ["b2"]])


def test_one_that_is_unfit_holds_up_nobody(books):
    first, good, bad, other = books.ask("a", "b", "c unfit", "d")
    assert [first(), good(), other()] == ["A", "B", "D"]
    with pytest.raises(ValueError, match="1 at once"):
        bad()
    assert sorted(books.batches) == [["a"], ["b"], ["d"]]
    assert books.ask_aside(lambda: "later")() == "LATER"


def test_the_first_alone_hears_its_own_fault(books):
    books.go_on.set()
    with pytest.raises(ValueError, match="1 at once"):
        books.ask_aside(lambda: "unfit")()
    assert books.ask_aside(lambda: "b")() == "B"


def test_who_does_not_get_ready_was_never_in_line(books):
    books.go_on.set()

    def stumble() -> str:
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        books.ask_aside(stumble)()
    assert (books.ask_aside(lambda: "b")(), books.batches) == ("B", [["b"]])


def test_who_is_about_to_come_is_waited_for(books, monkeypatch):
    """But not for long: see MOMENT."""
    monkeypatch.setattr("backend.api.together.MOMENT", PATIENCE)
    books.go_on.set()
    ready, begun = Event(), Event()

    def slowly() -> str:
        begun.set()
        assert ready.wait(PATIENCE)
        return "b"

    slow = books.ask_aside(slowly)
    assert begun.wait(PATIENCE)
    quick = books.ask_aside(lambda: "a")
    sleep(0.1)
    assert books.batches == []
    ready.set()
    assert (quick(), slow(), books.batches) == ("A", "B", [["a", "b"]])
    monkeypatch.setattr("backend.api.together.MOMENT", 0.01)
    ready.clear(), begun.clear()
    slow = books.ask_aside(slowly)
    assert begun.wait(PATIENCE)
    assert books.ask_aside(lambda: "c")() == "C"
    ready.set()
    assert slow() == "B"
