"""The risk-coverage curve drawn as a PNG, with matplotlib, which is an optional dependency."""

from __future__ import annotations

import importlib
import logging
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.errors import SuyuanError
from qa.evaluation.risk_coverage import RiskCoverage
from ui.commands.plot_labels import Labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SIZE = (7.0, 5.0)
"""Inches."""
_DPI = 160
_LEAST_RISK_SHOWN = 0.05
_BLUE, _GREY = "#1f5fa8", "#8a8f98"


def check_plot(file: Path) -> None:
    """Tell what would keep `draw` from writing this file, before hours of measuring.

    Raises:
        SuyuanError: it is not named .png or can't be written, or matplotlib is missing.
    """
    if file.suffix.lower() != ".png":
        raise SuyuanError(f"--plot 的文件名要以 .png 结尾：{file}\nThe file of --plot must be named .png.")
    # It says at WARNING when it builds its cache of fonts, which takes seconds at its first use.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    try:
        importlib.import_module("matplotlib.backends.backend_agg")
    except ImportError as error:
        raise SuyuanError(
            f'画图要用 matplotlib（{error}），请安装：pip install "suyuan[plot]"\n'
            f'--plot needs matplotlib: pip install "suyuan[plot]"'
        ) from error
    new = not file.exists()
    try:
        # Appending nothing leaves a picture that is there as it is.
        file.open("ab").close()
        if new:
            file.unlink()
    except OSError as error:
        raise _unwritable(file, error) from error


def draw(curve: RiskCoverage, questions: int, file: Path) -> None:
    """Write the curve of a number of questions as a PNG; in English alone where no Chinese font is found.

    Raises:
        SuyuanError: the file can't be written.
    """
    picture = _png(curve, questions)
    try:
        file.write_bytes(picture)
    except OSError as error:
        raise _unwritable(file, error) from error


def _unwritable(file: Path, error: OSError) -> SuyuanError:
    return SuyuanError(f"写不了 {file}：{error.strerror}\nCan't write {file}.")


def _png(curve: RiskCoverage, questions: int) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    labels = Labels.of_installed()
    figure = Figure(figsize=_SIZE, dpi=_DPI, facecolor="white", layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    if curve.points:
        _draw_steps(axes, curve, labels)
    _draw_refused(axes, curve, labels)
    _draw_frame(axes, curve, questions, labels)
    # Below the axes: within them it would hide a part of the curve.
    figure.legend(prop={"family": labels.family, "size": 9}, frameon=False, loc="outside lower center")
    png = BytesIO()
    figure.savefig(png, format="png", dpi=_DPI)
    return png.getvalue()


def _draw_steps(axes: Axes, curve: RiskCoverage, labels: Labels) -> None:
    # Steps, so that the area seen is the area reported.
    coverages = [0.0, *(point.coverage for point in curve.points)]
    risks = [curve.points[0].risk, *(point.risk for point in curve.points)]
    area = labels.both("曲线下面积", "area (AURC)") + f" {curve.area:.3f}"
    axes.plot(coverages, risks, drawstyle="steps-pre", color=_BLUE, linewidth=1.6, label=area)
    axes.fill_between(coverages, risks, step="pre", color=_BLUE, alpha=0.12, linewidth=0)
    end = labels.both("全部答案", "all answers") + f": {coverages[-1]:.1%}, {risks[-1]:.1%}"
    axes.plot([coverages[-1]], [risks[-1]], "o", color=_BLUE, markersize=5, label=end, clip_on=False)


def _draw_refused(axes: Axes, curve: RiskCoverage, labels: Labels) -> None:
    end = curve.points[-1].coverage if curve.points else 0.0
    if end < 1:
        refused = labels.both("拒答，曲线看不出对错", "refused, not shown by the curve") + f": {1 - end:.1%}"
        axes.axvspan(end, 1, color=_GREY, alpha=0.15, linewidth=0, label=refused)


def _draw_frame(axes: Axes, curve: RiskCoverage, questions: int, labels: Labels) -> None:
    from matplotlib.ticker import PercentFormatter

    family = labels.family
    title = labels.both("风险—覆盖率曲线", "Risk-coverage curve") + f", n = {questions}"
    axes.set_title(title, fontfamily=family, fontsize=12)
    axes.set_xlabel(labels.both("覆盖率：答出的占全部问题", "Coverage: answers / all questions"), fontfamily=family)
    axes.set_ylabel(labels.both("风险：答错的占答出的", "Risk: wrong / answers"), fontfamily=family)
    highest = max((point.risk for point in curve.points), default=0.0)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, max(_LEAST_RISK_SHOWN, highest) * 1.1)
    axes.xaxis.set_major_formatter(PercentFormatter(xmax=1))
    axes.yaxis.set_major_formatter(PercentFormatter(xmax=1))
    axes.grid(color=_GREY, alpha=0.25, linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
