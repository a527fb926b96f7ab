"""What every command does alike: UTF-8 out, errors as one message, no traceback at Ctrl-C or a closed pipe."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable

from embeddings.errors import SuyuanError


def run(program: str, command: Callable[[], int], interrupted: str = "") -> int:
    """Run a command and return its exit code.

    That is 2 after an error meant for the user, 130 after Ctrl-C (with the message `interrupted`), and 141, as shells
    report it, where whoever read the output is gone (`| head`).
    """
    _write_utf8()
    try:
        code = command()
        sys.stdout.flush()
    except SuyuanError as error:
        print(f"{program}: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        if interrupted:
            print(f"{program}: {interrupted}", file=sys.stderr)
        return 130
    except BrokenPipeError:
        _drop_output()
        return 141
    except OSError as error:
        _drop_output()
        print(f"{program}: 读写出错 Reading or writing failed: {error}", file=sys.stderr)
        return 2
    return code


def _write_utf8() -> None:
    """A file or pipe gets UTF-8 and the line ends of the text whatever the locale; a terminal keeps its encoding.

    A lone surrogate, which no encoding can say, is written as the escape that JSON has for it.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="backslashreplace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _drop_output() -> None:
    """Whatever is still buffered goes nowhere: the interpreter flushes stdout once more as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
