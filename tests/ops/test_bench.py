"""``mamori bench`` measures what it says, on a stack of its own."""

import re
import sys
from pathlib import Path

import pytest

from ops.bench.load import Round
from ops.bench.report import Bench, Parallel, markdown, percentile
from ops.bench.stack import Training
from ops.cli import main
from tests.processes import left_over


def test_a_percentile_is_what_so_many_do_not_exceed() -> None:
    values = [float(n) for n in range(1, 101)]
    assert percentile(values, 50) == pytest.approx(50.5)
    assert percentile(values, 95) == pytest.approx(95.05)
    assert percentile([3.0], 95) == 3.0


def bench(gateway: float, bare: float, late: float) -> Bench:
    sides = [Parallel(n, Round([gateway] * 20, 1.0), Round([bare] * 20, 1.0)) for n in (1, 8, 32)]
    return Bench(
        database="sqlite",
        load_before=0.1,
        parallel=sides,
        long=[0.03] * 190 + [late] * 10,
        memory={"Rasa": 600 * 1024**2, "gateway": 100 * 1024**2},
        training=Training(42.0, 2 * 1024**3),
        first_start=9.0,
        restart=8.0,
    )


def test_what_is_reached_and_what_is_not_stands_beside_its_figure() -> None:
    table = markdown(bench(gateway=0.03, bare=0.02, late=0.06))
    assert "| gateway beside the bare webhook, p50, 1 at once | 1.50× | ≤ 1.5× | kept |" in table
    assert "| turns 191–200 beside turns 2–11, median | 2.00× | ≤ 1.5× | **not kept** |" in table
    assert "| memory of all | 0.68 GB | ≤ 1.8 GB | kept |" in table
    assert "| training | 42 s | ≤ 60 s | kept |" in table
    assert "| 32 | bare webhook | 20 | 20 ms | 20 ms | 20 ms | 20.0 |" in table
    assert "**not kept**" not in markdown(bench(gateway=0.03, bare=0.02, late=0.03))


def test_it_measures_a_stack_of_its_own_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "bench.md"
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr(sys, "argv", ["mamori", "bench", "--quick", "--out", str(out)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    table = out.read_text()
    assert table.strip() in capsys.readouterr().out
    for conversations in (1, 8, 32):
        for side in ("gateway", "bare webhook"):
            (p50,) = re.findall(rf"\| {conversations} \| {side} \| \d+ \| (\d+) ms", table)
            assert int(p50) > 0
    for process in ("supervisor", "Rasa", "actions", "gateway", "all"):
        assert re.search(rf"\| memory of {process} \| [1-90-9.]+ [MG]B \|", table)
    assert re.search(r"\| restart to ready \| \d+\.\d s \| ≤ 15 s \|", table)
    assert not left_over(str(tmp_path / "mamori-bench-"))
    assert list(tmp_path.iterdir()) == [out]
