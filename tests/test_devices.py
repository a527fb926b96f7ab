"""One model on several devices: what one gives, and nothing left running when a rebuild is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from embeddings.bundled_model import bundled
from embeddings.bundled_model.encoder import BundledEncoder
from embeddings.encoding.device_process import Ready
from embeddings.encoding.devices import DevicesEncoder, device_names
from embeddings.encoding.encoder import Encoder, encoder_apart, load_encoder
from embeddings.errors import ModelError

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def both(encoder: Encoder) -> DevicesEncoder:
    """The bundled model in two processes, as a machine without a GPU can have it."""
    loaded = load_encoder(bundled.MODEL_NAME, devices=["cpu", "cpu"])
    assert isinstance(loaded, DevicesEncoder)
    return loaded


def test_names_in_a_list() -> None:
    assert device_names("cuda:0, cuda:1,") == ("cuda:0", "cuda:1")
    assert device_names("") == ()


def test_two_processes_give_what_one_gives_in_the_same_order(encoder: Encoder, both: DevicesEncoder) -> None:
    texts = [f"第{i}条：{'排放标准和水质' * (i % 13)}" for i in range(300)]
    assert (both.name, both.revision, both.dimension) == (encoder.name, encoder.revision, encoder.dimension)
    alone = encoder.encode_passages(texts)
    np.testing.assert_allclose(np.sum(both.encode_passages(texts) * alone, axis=1), 1, atol=1e-3)
    np.testing.assert_allclose(both.encode_query("水质"), encoder.encode_query("水质"), atol=1e-3)
    assert both.encode_passages([]).shape == (0, 384)


def test_one_device_is_where_the_model_is_loaded(encoder: Encoder) -> None:
    alone = load_encoder(bundled.MODEL_NAME, devices=["cpu"])
    assert isinstance(alone, BundledEncoder)
    np.testing.assert_allclose(alone.encode_query("水质"), encoder.encode_query("水质"), atol=1e-3)


@pytest.mark.parametrize("devices", [["cuda:99"], ["cpu", "cuda:99"], ["gpu"], ["meta"]])
def test_a_device_that_is_not_there_is_named(devices: list[str]) -> None:
    with pytest.raises(ModelError, match=rf"没有设备 {devices[-1]}.*There is no device {devices[-1]}"):
        load_encoder(bundled.MODEL_NAME, devices=devices)


def test_a_model_that_is_not_there_is_named_once_and_no_process_is_left(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="找不到模型文件夹"):
        DevicesEncoder(str(tmp_path / "none"), None, ["cpu", "cpu"])


def test_what_is_known_of_a_model_is_not_waited_for(tmp_path: Path) -> None:
    known = Ready("known", "1", 3)
    encoder = DevicesEncoder(str(tmp_path / "none"), None, ["cpu"], known)
    assert (encoder.name, encoder.revision, encoder.dimension) == ("known", "1", 3)
    with pytest.raises(ModelError, match="找不到模型文件夹"):
        encoder.encode_passages(["水质"])


def test_what_is_known_of_the_bundled_model_is_what_it_says_itself(encoder: Encoder) -> None:
    apart = encoder_apart()
    said = (apart.name, apart.revision, apart.dimension)
    assert said == (encoder.name, encoder.revision, encoder.dimension)
    np.testing.assert_allclose(apart.encode_query("水质"), encoder.encode_query("水质"), atol=1e-3)


def test_the_processes_end_when_the_one_that_started_them_is_killed(encoder: Encoder) -> None:
    script = (
        "from embeddings.encoding.encoder import load_encoder\n"
        "if __name__ == '__main__':\n"
        "    encoder = load_encoder(devices=['cpu', 'cpu'])\n"
        "    print(*(process._process.pid for process in encoder._processes), flush=True)\n"
        "    input()\n"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        workers = [int(number) for number in parent.stdout.readline().split()]
        assert len(workers) == 2
        assert all(runs(worker) for worker in workers)
        parent.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 30
    while any(runs(worker) for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(runs(worker) for worker in workers)


def runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")
    return not (status.exists() and status.read_text("utf-8").rpartition(")")[2].split()[0] == "Z")


def test_a_process_that_has_ended_is_said(both: DevicesEncoder) -> None:
    """The last of the tests, for the others need it."""
    both._processes[1]._process.kill()
    with pytest.raises(ModelError, match=r"设备 cpu 上的模型停了.*--devices"):
        both.encode_passages([f"第{i}条" for i in range(1000)])
