"""What the dashboard and the alerts ask for exists: every metric is one that /metrics shows."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from bot.storage.measures import Measures
from bot.web.gauges import database_gauges, process_gauges
from bot.web.metrics import BUCKETS_S, COUNTERS, LATENCY, REQUESTS, Metrics

ROOT = Path(__file__).resolve().parents[3]
OPS = ROOT / "ops"
PROMTOOL = os.environ.get("PROMTOOL") or shutil.which("promtool")
DASHBOARDS = sorted((OPS / "grafana").glob("*.json"))
# Words of PromQL and names of labels; anything else that looks like a name is a metric.
FUNCTIONS = ("sum", "min", "max", "by", "rate", "increase", "histogram_quantile", "topk", "absent", "predict_linear", "time", "and", "or", "on", "unless", "offset")
LABELS = ("le", "status", "route", "cause", "channel", "state", "verdict", "job", "intent", "instance")
PROMQL = {*FUNCTIONS, *LABELS, "up"}
SEVERITIES = {"critical", "warning", "info"}


def shown() -> str:
    """A page of /metrics with one of everything."""
    metrics = Metrics()
    for name in COUNTERS:
        metrics.count(name, "x")
    metrics.observe("/api/messages", "POST", 200, 0.02)
    measures = Measures({("webhook", "pending"): 1}, {"webhook": 3.0}, {("nouveau", "eligible"): 2}, {"retention": 0.0}, {"retention": 0})
    return metrics.text([*database_gauges(lambda: measures), *process_gauges()])


def names_shown() -> set[str]:
    return {re.match(r"[a-z_]+", line)[0] for line in shown().splitlines() if line and not line.startswith("#")}  # type: ignore[index]


def names_asked(expression: str) -> set[str]:
    without_strings = re.sub(r'"[^"]*"|\[[^\]]*\]|\d[\d.]*[a-z]?\d*', " ", expression)
    return set(re.findall(r"[a-zA-Z_]\w*", without_strings)) - PROMQL


def alerts() -> list[dict]:
    groups = yaml.safe_load((OPS / "prometheus/alerts.yml").read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def dashboard_expressions(path: Path) -> list[str]:
    return [target["expr"] for panel in json.loads(path.read_text(encoding="utf-8"))["panels"] for target in panel["targets"]]


def test_every_metric_of_a_dashboard_or_an_alert_is_shown():
    expressions = [rule["expr"] for rule in alerts()] + [each for path in DASHBOARDS for each in dashboard_expressions(path)]
    asked = set().union(*map(names_asked, expressions))
    assert DASHBOARDS and asked - names_shown() == set()


def test_the_check_above_sees_an_unknown_metric():
    assert names_asked('sum by (le) (rate(bot_nothing_total{status="5x"}[10m])) > 0.5') == {"bot_nothing_total"}


def test_every_metric_of_ours_is_watched_somewhere():
    expressions = " ".join([rule["expr"] for rule in alerts()] + [each for path in DASHBOARDS for each in dashboard_expressions(path)])
    families = {re.sub(r"_(bucket|sum|count)$", "", name) for name in names_shown()}
    assert sorted(name for name in families if name not in expressions) == []


def test_each_alert_says_what_happens_and_what_to_do():
    names = [rule["alert"] for rule in alerts()]
    assert len(set(names)) == len(names)
    for rule in alerts():
        assert rule["labels"]["severity"] in SEVERITIES
        assert rule["annotations"]["summary"] and rule["annotations"]["action"]
        assert rule["expr"].count("(") == rule["expr"].count(")")


@pytest.mark.parametrize("path", DASHBOARDS, ids=lambda path: path.name)
def test_a_dashboard_is_one_that_grafana_reads(path):
    board = json.loads(path.read_text(encoding="utf-8"))
    ids = [panel["id"] for panel in board["panels"]]
    assert board["uid"] and board["title"] and board["schemaVersion"] >= 36 and len(set(ids)) == len(ids)
    cells: set[tuple[int, int]] = set()
    for panel in board["panels"]:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24 and panel["title"] and panel["targets"]
        taken = {(x, y) for x in range(place["x"], place["x"] + place["w"]) for y in range(place["y"], place["y"] + place["h"])}
        assert not cells & taken, panel["title"]
        cells |= taken


def test_the_rules_pass_promtool():
    if PROMTOOL is None:
        pytest.skip("no promtool: install Debian's prometheus or set PROMTOOL to its path")
    checked = subprocess.run([PROMTOOL, "check", "rules", str(OPS / "prometheus/alerts.yml")], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr


def test_each_alert_sounds_for_its_fault_and_no_ordinary_day_sounds_any():
    """The faults and the ordinary day are written in ops/prometheus/alerts_test.yml."""
    cases = (OPS / "prometheus/alerts_test.yml").read_text(encoding="utf-8")
    assert [rule["alert"] for rule in alerts() if rule["alert"] not in cases] == []
    if PROMTOOL is None:
        pytest.skip("no promtool: install Debian's prometheus or set PROMTOOL to its path")
    tested = subprocess.run([PROMTOOL, "test", "rules", "alerts_test.yml"], cwd=OPS / "prometheus", capture_output=True, text=True)
    assert tested.returncode == 0, tested.stdout + tested.stderr


def test_the_configuration_passes_promtool(tmp_path):
    if PROMTOOL is None:
        pytest.skip("no promtool: install Debian's prometheus or set PROMTOOL to its path")
    shutil.copytree(OPS / "prometheus", tmp_path, dirs_exist_ok=True)
    (tmp_path / "metrics_token").write_text("token")
    config = tmp_path / "prometheus.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("/run/secrets/metrics_token", str(tmp_path / "metrics_token")))
    checked = subprocess.run([PROMTOOL, "check", "config", str(config)], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_page_passes_promtool():
    if PROMTOOL is None:
        pytest.skip("no promtool: install Debian's prometheus or set PROMTOOL to its path")
    checked = subprocess.run([PROMTOOL, "check", "metrics"], input=shown(), capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_label_takes_a_bounded_number_of_values():
    metrics = Metrics()
    for number in range(1_000):
        metrics.count("bot_intents_total", f"intent_{number}")
    lines = [line for line in metrics.text().splitlines() if line.startswith("bot_intents_total{")]
    assert len(lines) == 201 and 'bot_intents_total{intent="other"} 800' in lines


def test_a_database_that_does_not_answer_is_shown_as_such():
    def read():
        raise OSError("down")

    assert "bot_database_up 0\n" in Metrics().text(database_gauges(read))
    assert [gauge.name for gauge in database_gauges(read)] == ["bot_database_up"]


def test_the_buckets_hold_what_the_alert_on_slowness_compares_with():
    assert 1.0 in BUCKETS_S and f"{LATENCY}_bucket" in names_shown() and REQUESTS in names_shown()
