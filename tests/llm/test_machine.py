"""What a machine has, by what its system says; what a model takes, by the head of its file."""

import struct

import pytest

from qa.llm.model import GenerationError
from qa.local_llm.gguf import ModelShape, read_shape
from qa.local_llm.machine import free_memory, physical_cores
from tests.llm.tiny_gguf import CONTEXT, LAYERS, WIDTH, write_tiny_model

GIB = 1 << 30


@pytest.fixture
def system(tmp_path, monkeypatch):
    """A system with 8 GiB free and two cores of two threads each; takes more files to write."""
    monkeypatch.setattr("os.sched_getaffinity", lambda process: {0, 1, 2, 3}, raising=False)

    def written(**files):
        siblings = {
            f"sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list": f"{cpu % 2},{cpu % 2 + 2}\n"
            for cpu in range(4)
        }
        meminfo = "MemTotal:       16777216 kB\nMemFree:         1000 kB\nMemAvailable:    8388608 kB\n"
        for name, text in {"proc/meminfo": meminfo, **siblings, **files}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return written


def test_a_whole_machine(system):
    root = system()
    assert (free_memory(root), physical_cores(root)) == (8 * GIB, 2)


def test_a_process_that_is_bound_to_some_cores(system, monkeypatch):
    root = system()
    monkeypatch.setattr("os.sched_getaffinity", lambda process: {0, 2}, raising=False)
    assert physical_cores(root) == 1


def test_a_container_of_today(system):
    root = system(
        **{
            "proc/self/cgroup": "0::/\n",
            "sys/fs/cgroup/memory.max": f"{4 * GIB}\n",
            "sys/fs/cgroup/memory.current": f"{3 * GIB}\n",
            "sys/fs/cgroup/memory.stat": f"anon {GIB}\nfile {2 * GIB}\n",
            "sys/fs/cgroup/cpu.max": "150000 100000\n",
        }
    )
    assert (free_memory(root), physical_cores(root)) == (3 * GIB, 1)


def test_a_container_without_limits(system):
    root = system(
        **{
            "proc/self/cgroup": "0::/user.slice\n",
            "sys/fs/cgroup/user.slice/memory.max": "max\n",
            "sys/fs/cgroup/user.slice/memory.current": f"{3 * GIB}\n",
            "sys/fs/cgroup/user.slice/cpu.max": "max 100000\n",
        }
    )
    assert (free_memory(root), physical_cores(root)) == (8 * GIB, 2)


def test_a_container_of_old(system):
    root = system(
        **{
            "proc/self/cgroup": "4:memory:/docker/1\n2:cpu,cpuacct:/docker/1\n",
            "sys/fs/cgroup/memory/docker/1/memory.limit_in_bytes": f"{2 * GIB}\n",
            "sys/fs/cgroup/memory/docker/1/memory.usage_in_bytes": f"{GIB}\n",
            "sys/fs/cgroup/cpu/docker/1/cpu.cfs_quota_us": "-1\n",
            "sys/fs/cgroup/cpu/docker/1/cpu.cfs_period_us": "100000\n",
        }
    )
    assert (free_memory(root), physical_cores(root)) == (GIB, 2)


def test_this_machine():
    assert free_memory() is None or free_memory() > 0
    assert physical_cores() >= 1


def test_the_shape_of_a_model(tmp_path):
    file = write_tiny_model(tmp_path / "tiny.gguf")
    assert read_shape(file) == ModelShape(CONTEXT, LAYERS * 2 * WIDTH * 2)


def field(name, kind, data):
    return struct.pack("<Q", len(name)) + name.encode() + struct.pack("<I", kind) + data


def number(name, value):
    return field(name, 4, struct.pack("<I", value))


def head(*fields, count=None):
    return b"GGUF" + struct.pack("<IQQ", 3, 0, len(fields) if count is None else count) + b"".join(fields)


def array(name, kind, form, *values):
    return field(
        name, 9, struct.pack("<IQ", kind, len(values)) + b"".join(struct.pack(form, value) for value in values)
    )


KIND = field("general.architecture", 8, struct.pack("<Q", 2) + b"ab")
NUMBERS = (number("ab.embedding_length", 96), number("ab.block_count", 3), number("ab.context_length", 512))
TOKENS = field("tokenizer.ggml.tokens", 9, struct.pack("<IQ", 8, 2) + 2 * (struct.pack("<Q", 1) + b"x"))


def test_heads_may_be_shared_and_differ_by_layer(tmp_path):
    file = tmp_path / "model.gguf"
    heads = (number("ab.attention.head_count", 6), array("ab.attention.head_count_kv", 4, "<I", 0, 2, 1))
    file.write_bytes(head(KIND, *NUMBERS, *heads, TOKENS))
    assert read_shape(file) == ModelShape(512, 3 * 2 * (16 + 16) * 2)
    lengths = (number("ab.attention.key_length", 20), number("ab.attention.value_length", 10))
    file.write_bytes(head(KIND, *NUMBERS, *heads, *lengths, TOKENS))
    assert read_shape(file) == ModelShape(512, 3 * 2 * (20 + 10) * 2)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GGUF",
        b"GGML" + bytes(40),
        b"GGUF" + struct.pack("<IQQ", 99, 0, 0),
        head(),
        head(count=10**15),
        head(KIND, *NUMBERS, TOKENS),
        head(KIND, *NUMBERS, number("ab.attention.head_count", 0), TOKENS),
        head(KIND, *NUMBERS, number("ab.attention.head_count", 6), TOKENS)[:-1],
        head(field("general.architecture", 8, struct.pack("<Q", 1 << 60))),
        head(field("x", 9, struct.pack("<IQ", 4, 1 << 60))),
        head(field("x", 9, struct.pack("<IQ", 9, 1))),
        head(field("x", 77, b"")),
    ],
)
def test_what_is_no_sound_model_is_refused(tmp_path, data):
    file = tmp_path / "model.gguf"
    file.write_bytes(data)
    with pytest.raises(GenerationError, match="不是 GGUF 语言模型"):
        read_shape(file)
