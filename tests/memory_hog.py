"""Holds 300 MB for a second: what the benchmark of rebuilds has to see."""

import time

if __name__ == "__main__":
    held = bytearray(b"x") * 300_000_000
    time.sleep(1)
