"""Nothing is asked of the network: neither in these tests nor by an answer."""

import os
import socket
import subprocess
import sys
import threading

import pytest
from pytest_socket import SocketBlockedError, SocketConnectBlockedError

from tests.conftest import REPOSITORY

# 192.0.2.0/24 and 2001:db8::/32 are set aside for documentation: nothing is there.
_OUTSIDE = [(socket.AF_INET, ("192.0.2.1", 80)), (socket.AF_INET6, ("2001:db8::1", 443))]


@pytest.mark.parametrize(("family", "address"), _OUTSIDE, ids=["IPv4", "IPv6"])
def test_tests_cant_reach_the_outside(family, address):
    with pytest.raises((SocketBlockedError, SocketConnectBlockedError)), socket.socket(family) as outside:
        outside.settimeout(1)
        outside.connect(address)


def test_tests_can_reach_this_machine():
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=lambda: server.accept()[0].sendall(b"here"))
        thread.start()
        with socket.create_connection(server.getsockname()) as client:
            assert client.recv(4) == b"here"
        thread.join(10)


_GUARDED = """
import sys

used = []
WATCHED = {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
           "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request", "http.client.connect"}
sys.addaudithook(lambda event, arguments: used.append((event, arguments[-1])) if event in WATCHED else None)

import qa

answerer = qa.load(sys.argv[1])
for question in sys.argv[2:]:
    print(answerer.ask(question).text)
print("used:", used)

import socket
try:
    socket.create_connection(("127.0.0.1", 9), 1)
except OSError:
    pass
print("the guard sees:", used[-1][0])
"""


def test_an_answer_opens_no_connection(written):
    online = {name: value for name, value in os.environ.items() if not name.endswith("_OFFLINE")}
    command = [sys.executable, "-c", _GUARDED, written._index, "盲文书有几册", "今天的金价是多少"]
    done = subprocess.run(command, cwd=REPOSITORY, env=online, capture_output=True, timeout=300, check=False)
    lines = done.stdout.decode("utf-8").splitlines()
    assert done.stderr == b""
    assert lines[0] == "盲文书有1200册，由志愿者送书上门。[1]"
    assert lines[1].startswith("语料中没有找到这个问题的答案")
    assert lines[2:] == ["used: []", "the guard sees: socket.connect"]
