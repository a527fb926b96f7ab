"""Arrays that are computed in the files they end in, because they may not fit in memory."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_ZEROS = bytes(1 << 20)


def create_array(file: Path, shape: tuple[int, ...], dtype: type[np.generic]) -> NDArray[Any]:
    """A new array of zeros in a new .npy file, mapped into memory.

    Raises:
        OSError: the disk has no room for all of it. Found out later, while the array is filled, that ends the process.
    """
    with file.open("xb") as stream:
        header = {"descr": np.lib.format.dtype_to_descr(np.dtype(dtype)), "fortran_order": False, "shape": shape}
        np.lib.format.write_array_header_2_0(stream, header)
        size = int(np.prod(shape)) * np.dtype(dtype).itemsize
        if size and hasattr(os, "posix_fallocate"):
            stream.flush()
            os.posix_fallocate(stream.fileno(), 0, stream.tell() + size)
        else:
            for start in range(0, size, len(_ZEROS)):
                stream.write(_ZEROS[: size - start])
    if not size:
        return np.empty(shape, dtype=dtype)
    return np.lib.format.open_memmap(file, mode="r+")
