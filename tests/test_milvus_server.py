"""The dense leg in a real Milvus 2.3 server, which can't hold the lexical one."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, skip_without_milvus


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What the server answered; it runs where nothing but this test can reach it."""
    skip_without_milvus()
    if importlib.util.find_spec("milvus") is None:
        pytest.skip("the package milvus, which holds the server, is not installed (Linux on x86-64 alone has it)")
    alone = ["unshare", "--map-root-user", "--net"]
    if not shutil.which("unshare") or subprocess.run([*alone, "true"], capture_output=True).returncode:
        pytest.skip("no network namespace can be made here, and the server would listen on every address")
    folder: Path = tmp_path_factory.mktemp("milvus-server")
    command = [*alone, sys.executable, "-m", "tests.milvus_server_checks", str(folder / "data")]
    ended = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=300)
    shutil.rmtree(folder / "data", ignore_errors=True)
    assert ended.returncode == 0, ended.stderr[-3000:]
    answered: dict[str, object] = json.loads(ended.stdout.splitlines()[-1])
    return answered


def test_the_nearest_passages_are_found(checked: dict[str, object]) -> None:
    assert str(checked["version"]).startswith("v2.3")
    assert checked["size"] == 3000
    assert float(str(checked["recall"])) >= 0.98
    assert checked["in_order"] is True
    assert float(str(checked["score_off_by"])) < 1e-4
    assert float(str(checked["cosines_off_by"])) < 1e-6


def test_a_collection_goes_with_the_alias_that_stands_for_it(checked: dict[str, object]) -> None:
    assert checked["gone"] is True


def test_a_server_too_old_for_the_lexical_leg_is_told_so(checked: dict[str, object]) -> None:
    assert "需要 2.5 或更新的" in str(checked["refused"])
    assert checked["made"] is False
