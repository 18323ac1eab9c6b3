"""Pages in a line, each process its own: in their order, one at a time, and nobody behind one that takes long."""

import time
from threading import Barrier, Event, Thread

import pytest

from backend.page_turn import PageTurn

# Seconds; so long that a busy machine is never taken for somebody who waits.
LONGEST = 2


class Kitchen:
    """An application that notes who is being served; the page /slow lasts until it is let go."""

    def __init__(self):
        self.at_once, self.most, self.order, self.go = 0, 0, [], Event()

    def __call__(self, environ, start_response):
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        self.order.append(environ["PATH_INFO"])
        try:
            if environ["PATH_INFO"] == "/broken":
                raise RuntimeError
            if environ["PATH_INFO"] == "/slow":
                assert self.go.wait(20)
            time.sleep(0.005)
        finally:
            self.at_once -= 1
        return [b""]


@pytest.fixture
def kitchen():
    return Kitchen()


@pytest.fixture
def line(kitchen, monkeypatch):
    monkeypatch.setattr("backend.page_turn.LONGEST", LONGEST)
    return PageTurn(kitchen)


def ask(line, path, method="GET"):
    return line({"PATH_INFO": path, "REQUEST_METHOD": method}, None)


def start(line, path, method="GET"):
    thread = Thread(target=ask, args=(line, path, method))
    thread.start()
    return thread


def wait_for(condition):
    until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.001)


def test_pages_asked_for_at_once_are_made_one_at_a_time(line, kitchen):
    ready = Barrier(8)

    def come(number):
        ready.wait(20)
        for turn in range(5):
            ask(line, f"/{number}/{turn}")

    began = time.monotonic()
    people = [Thread(target=come, args=(number,)) for number in range(8)]
    for one in people:
        one.start()
    for one in people:
        one.join(20)
    assert (kitchen.most, len(kitchen.order)) == (1, 40)
    assert time.monotonic() - began < 5 * LONGEST, "who is done hands the turn on"


def test_pages_are_made_in_the_order_in_which_they_were_asked_for(line, kitchen):
    threads = [start(line, "/slow")]
    wait_for(lambda: kitchen.order == ["/slow"])
    for number in range(5):
        threads.append(start(line, f"/{number}"))
        wait_for(lambda waiting=number + 1: len(line._line) == waiting)
    kitchen.go.set()
    for one in threads:
        one.join(20)
    assert kitchen.order == ["/slow", "/0", "/1", "/2", "/3", "/4"]


def test_a_page_that_takes_long_holds_the_next_one_up_for_a_moment_only(line, kitchen):
    slow = start(line, "/slow")
    wait_for(lambda: kitchen.order == ["/slow"])
    began = time.monotonic()
    ask(line, "/next")
    took = time.monotonic() - began
    assert LONGEST <= took < 20
    assert kitchen.at_once == 1, "the slow one goes on"
    began = time.monotonic()
    ask(line, "/third")
    assert time.monotonic() - began < LONGEST, "the turn is no longer the slow one's"
    kitchen.go.set()
    slow.join(20)
    ask(line, "/after")
    assert kitchen.order == ["/slow", "/next", "/third", "/after"]


def test_a_page_that_breaks_gives_its_turn_back(line, kitchen):
    with pytest.raises(RuntimeError):
        ask(line, "/broken")
    began = time.monotonic()
    ask(line, "/next")
    assert time.monotonic() - began < LONGEST


@pytest.mark.parametrize(("path", "method"), [("/api/v1/inbox", "GET"), ("/static/a.css", "GET"), ("/cases/1", "POST")])
def test_what_is_no_page_waits_for_none(line, kitchen, path, method):
    slow = start(line, "/slow")
    wait_for(lambda: kitchen.order == ["/slow"])
    began = time.monotonic()
    ask(line, path, method)
    assert time.monotonic() - began < LONGEST
    kitchen.go.set()
    slow.join(20)
