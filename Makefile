# make chat: set up, index corpus/ if there is no index yet, open the page.   make test: set up, run every test (TESTS=tests/test_cli.py: that file).
PYTHON ?= python3
INDEX ?= index
CORPUS ?= corpus
HOST ?= 127.0.0.1
PORT ?= 7860
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Room for PyTorch, Gradio and the unpacked model, in megabytes.
NEEDED_MB := 4000
# What `make bench` measures rebuilding on, where it works, and with what options.
SHARED ?= ../shared
BENCH_WORK ?= build/bench
BENCH ?=
# Test files run at the same time; each process holds the model, about 2 GB.
WORKERS ?= 2

.PHONY: chat test check bench install clean lock
.DELETE_ON_ERROR:

chat: $(VENV)/.installed
	@test -f "$(INDEX)/CURRENT" || $(BIN)/rebuild-index "$(CORPUS)" --index "$(INDEX)"
	@$(BIN)/suyuan chat --index "$(INDEX)" --host "$(HOST)" --port "$(PORT)"

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(TESTS)

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.sample
	$(BIN)/python -m benchmarks.speed.rebuilding "$(SHARED)" --work "$(BENCH_WORK)" $(BENCH)

install: $(VENV)/.installed-dev

$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || \
		{ echo "需要 Python 3.10 或更新，$(PYTHON) 不是：用 make PYTHON=python3.12 指定 / Python >= 3.10 is needed: make PYTHON=python3.12" >&2; exit 2; }
	@test -x $(BIN)/python || test "$$(df -Pm . | awk 'NR == 2 {print $$4}')" -ge $(NEEDED_MB) || \
		{ echo "磁盘剩余空间不足 $(NEEDED_MB) MB / less than $(NEEDED_MB) MB of disk left" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
		{ echo "建不了虚拟环境（Debian/Ubuntu：apt install python3-venv）/ can't create a virtual environment" >&2; exit 2; }
	@echo "安装依赖（首次几分钟）/ installing dependencies (some minutes the first time) ..."
	@# Asked for by itself first: so a CPU build that is at hand is taken, and nothing else pulls another one.
	@$(PIP) install --quiet -c constraints.txt torch && $(PIP) install --quiet -c constraints.txt -e . || \
		{ echo "安装失败：请看上面 pip 的报错，检查网络和磁盘后再运行一次 / installing failed: see pip's message above, then run make again" >&2; exit 2; }
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@$(PIP) install --quiet -c constraints.txt -e ".[dev]" || \
		{ echo "安装失败：请看上面 pip 的报错，检查网络和磁盘后再运行一次 / installing failed: see pip's message above, then run make again" >&2; exit 2; }
	@touch $@

# Anew from pyproject.toml, for every Python from 3.10 on.
lock: $(VENV)/.installed-dev
	$(PIP) install --quiet uv
	$(BIN)/uv pip compile --quiet pyproject.toml --extra dev --universal --python-version 3.10 --no-annotate --no-header --upgrade -o constraints.txt

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache screenshots
