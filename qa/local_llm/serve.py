"""Run as a program: llama.cpp behind a port of this machine, until whoever started it is gone.

It is run by its path, so that the rest of the project, which takes seconds to import, is not. The first line of its
input says what to serve, as JSON; when the input ends it ends, also where its parent was killed. As soon as it serves
it prints its port.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from urllib.parse import urlsplit


def main() -> None:
    """Serve until the input ends."""
    # Nothing but the port may get into what the parent reads.
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    asked = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_input, daemon=True).start()
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = asked["model"]
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = asked["port"]
    parameters.api_keys = [asked["key"]]
    parameters.n_ctx = asked["context"]
    parameters.n_predict = asked["longest_reply"]
    parameters.n_parallel = 1
    # Prompts kept for later would take gigabytes that nobody was told of.
    parameters.cache_ram_mib = 0
    parameters.ui = False
    parameters.verbosity = 1
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = asked["cores"]
    try:
        server = xllamacpp.Server(parameters)
    except RuntimeError:
        # llama.cpp's own last line, which the parent reads, says more.
        sys.exit(1)
    print(urlsplit(server.listening_address).port, file=told, flush=True)
    threading.Event().wait()


def _end_with_input() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
