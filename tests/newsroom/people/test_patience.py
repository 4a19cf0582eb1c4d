"""We wait for another machine as long as we said, however slowly it answers."""

import socket
import time

from newsroom.people.patience import cut_after


def test_a_line_on_which_nothing_comes_is_cut():
    here, there = socket.socketpair()
    began = time.monotonic()
    with here, there, cut_after(0.2, here):
        assert here.recv(1) == b""
    assert 0.1 < time.monotonic() - began < 5


def test_a_line_that_was_used_in_time_is_left_alone():
    here, there = socket.socketpair()
    with here, there:
        with cut_after(0.1, here):
            there.send(b"x")
            assert here.recv(1) == b"x"
        time.sleep(0.2)  # nobody cuts it afterwards
        there.send(b"y")
        assert here.recv(1) == b"y"


def test_a_line_that_is_closed_already_is_no_trouble():
    here, there = socket.socketpair()
    with there, cut_after(0.05, here):
        here.close()
        time.sleep(0.1)
