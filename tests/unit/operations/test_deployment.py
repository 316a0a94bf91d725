"""What is deployed agrees with the program: addresses, settings, rights, limits, versions."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from starlette.routing import Route

from bot.settings import known_variables
from bot.web.app import routes
from bot.web.server import DRAIN_S, REQUEST_ARRIVES_S

ROOT = Path(__file__).resolve().parents[3]
OPS = ROOT / "ops"
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
MANIFESTS = [document for path in sorted((OPS / "kubernetes").glob("*.yaml")) for document in yaml.safe_load_all(path.read_text(encoding="utf-8"))]
WORKLOADS = [manifest for manifest in MANIFESTS if manifest["kind"] in ("Deployment", "Job")]
PATHS = {route.path for route in routes() if isinstance(route, Route)}
KUBECTL, SYSTEMD = shutil.which("kubectl"), shutil.which("systemd-analyze")
OWN_OF_COMPOSE = {"POSTGRES_PASSWORD", "SITE_ADDRESS", "ASSISTANT_VERSION"}


def stages() -> list[str]:
    return ["FROM " + stage for stage in DOCKERFILE.split("\nFROM ")[1:]]


def named(kind: str, name: str) -> Any:
    return next(manifest for manifest in MANIFESTS if manifest["kind"] == kind and manifest["metadata"]["name"] == name)


def pod_of(workload: Any) -> Any:
    return workload["spec"]["template"]["spec"]


def files_naming_settings() -> list[Path]:
    patterns = ("Dockerfile", "compose.yaml", "ops/**/*.yaml", "ops/**/*.service", "ops/**/*.conf", "ops/**/Caddyfile", ".env.example", "docs/operations.md")
    return [path for pattern in patterns for path in ROOT.glob(pattern)]


# --- settings -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", files_naming_settings(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_names_a_setting_that_nobody_reads(path):
    assert set(re.findall(r"\bBOT_[A-Z_]+[A-Z]\b", path.read_text(encoding="utf-8"))) <= known_variables()


def test_the_example_names_every_setting():
    assert set(re.findall(r"\bBOT_[A-Z_]+[A-Z]\b", (ROOT / ".env.example").read_text(encoding="utf-8"))) == known_variables()


# --- images -------------------------------------------------------------------------------------------------------


def images() -> list[str]:
    from_docker = re.findall(r"^FROM (\S+)", DOCKERFILE, flags=re.M)
    from_compose = [service["image"] for service in COMPOSE["services"].values()]
    from_pods = [container["image"] for workload in WORKLOADS for container in pod_of(workload)["containers"]]
    return [image for image in from_docker + from_compose + from_pods if image != "assistant-rncp41406"]


def test_every_image_has_a_version():
    assert all(re.search(r":[\w.${}-]*\d", image) and "latest" not in image for image in images()), images()
    kustomization = yaml.safe_load((OPS / "kubernetes/kustomization.yaml").read_text(encoding="utf-8"))
    assert [(image["name"], str(image["newTag"])) for image in kustomization["images"]] == [("assistant-rncp41406", "0.1.0")]


def test_the_last_stage_compiles_nothing_and_is_nobody():
    last = stages()[-1]
    assert len(stages()) == 2 and not re.search(r"apt-get|gcc|build-essential|pip install", last)
    assert "USER 10001:10001" in last and "HEALTHCHECK" in last and "/health/ready" in last
    assert '"-m", "bot.cli"' in last and 'CMD ["serve"]' in last
    assert "python -m bot.cli train" in " ".join(stages()[0].split()).replace(".venv/bin/", "")


def test_the_image_holds_all_that_the_program_needs_and_no_secret(tmp_path):
    ignored = {line.rstrip("/") for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()}
    assert {".env", "var", ".git", "models"} <= ignored
    for sources in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, flags=re.M):
        for source in sources.split():
            place, target = ROOT / source, tmp_path / source
            shutil.copytree(place, target, ignore=shutil.ignore_patterns("__pycache__")) if place.is_dir() else shutil.copy(place, target)
    values = {"PATH": os.environ["PATH"], "PYTHONPATH": str(tmp_path), "BOT_DATABASE_URL": f"sqlite:///{tmp_path}/bot.db"}
    command = [sys.executable, "-W", "ignore", "-m", "bot.cli", "knowledge", "check"]
    checked = subprocess.run(command, cwd=tmp_path, env=values, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr


# --- compose ------------------------------------------------------------------------------------------------------


def test_each_service_of_compose_is_limited_and_cannot_gain_rights():
    for name, service in COMPOSE["services"].items():
        assert service["deploy"]["resources"]["limits"]["memory"], name
        assert "no-new-privileges:true" in service["security_opt"], name
        assert "privileged" not in service and "max-size" in service["logging"]["options"], name


def test_the_application_of_compose_reads_only_and_is_more_than_one():
    app = COMPOSE["services"]["app"]
    assert app["read_only"] and app["cap_drop"] == ["ALL"] and app["user"] == "10001:10001" and app["deploy"]["replicas"] >= 2
    assert "ports" not in app and float(app["stop_grace_period"].rstrip("s")) > DRAIN_S + 2
    assert app["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert COMPOSE["networks"]["back"]["internal"] and COMPOSE["services"]["postgres"]["networks"] == ["back"]


def test_compose_holds_no_secret_and_asks_for_each():
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\{([A-Z_]+):\?", text))
    assert asked == {"POSTGRES_PASSWORD", "SITE_ADDRESS", "BOT_SECRET_KEY"}
    assert set(re.findall(r"\$\{([A-Z_]+)", text)) <= asked | OWN_OF_COMPOSE


# --- kubernetes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("workload", WORKLOADS, ids=lambda workload: workload["metadata"]["name"])
def test_each_pod_is_nobody_reads_only_and_is_limited(workload):
    pod = pod_of(workload)
    assert pod["securityContext"]["runAsNonRoot"] and pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    for container in pod["containers"]:
        rights = container["securityContext"]
        assert rights["readOnlyRootFilesystem"] and not rights["allowPrivilegeEscalation"] and rights["capabilities"] == {"drop": ["ALL"]}
        assert {"cpu", "memory"} <= set(container["resources"]["limits"]) & set(container["resources"]["requests"])


def test_the_probes_ask_addresses_that_exist_and_liveness_does_not_depend_on_the_database():
    [container] = pod_of(named("Deployment", "assistant"))["containers"]
    asked = {probe: container[probe]["httpGet"]["path"] for probe in ("startupProbe", "readinessProbe", "livenessProbe")}
    assert set(asked.values()) <= PATHS
    assert (asked["livenessProbe"], asked["readinessProbe"]) == ("/health/live", "/health/ready")


def test_a_pod_has_the_time_to_answer_before_it_ends():
    pod = pod_of(named("Deployment", "assistant"))
    wait = int(pod["containers"][0]["lifecycle"]["preStop"]["exec"]["command"][1])
    assert pod["terminationGracePeriodSeconds"] > wait + DRAIN_S + 2


def test_names_and_labels_lead_to_each_other():
    labels = named("Deployment", "assistant")["spec"]["template"]["metadata"]["labels"]
    assert named("Service", "assistant")["spec"]["selector"].items() <= labels.items()
    assert named("PodDisruptionBudget", "assistant")["spec"]["selector"]["matchLabels"].items() <= labels.items()
    assert named("HorizontalPodAutoscaler", "assistant")["spec"]["scaleTargetRef"]["name"] == "assistant"
    assert named("HorizontalPodAutoscaler", "assistant")["spec"]["minReplicas"] > named("PodDisruptionBudget", "assistant")["spec"]["minAvailable"]
    backend = named("Ingress", "assistant")["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"]
    assert backend == {"name": "assistant", "port": {"name": "http"}}
    selected = {value for item in named("NetworkPolicy", "assistant")["spec"]["podSelector"]["matchExpressions"] for value in item["values"]}
    assert selected == {"assistant", "assistant-migrate"}


def test_the_secrets_are_apart_and_the_example_is_not_applied():
    kustomization = yaml.safe_load((OPS / "kubernetes/kustomization.yaml").read_text(encoding="utf-8"))
    assert set(kustomization["resources"]) == {path.name for path in (OPS / "kubernetes").glob("*.yaml")} - {"kustomization.yaml", "secret.example.yaml"}
    settings = {line.partition("=")[0] for line in kustomization["configMapGenerator"][0]["literals"]}
    secrets = set(named("Secret", "assistant-secrets")["stringData"])
    assert not settings & secrets and {"BOT_SECRET_KEY", "BOT_DATABASE_URL"} <= secrets


def test_kustomize_builds_it():
    if KUBECTL is None:
        pytest.skip("no kubectl: kustomize is not tried")
    built = subprocess.run([KUBECTL, "kustomize", str(OPS / "kubernetes")], capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    kinds = {manifest["kind"] for manifest in yaml.safe_load_all(built.stdout)}
    assert kinds >= {"Deployment", "HorizontalPodAutoscaler", "PodDisruptionBudget", "NetworkPolicy", "Job", "Ingress"}


# --- one machine --------------------------------------------------------------------------------------------------


def test_systemd_accepts_the_units(tmp_path):
    if SYSTEMD is None:
        pytest.skip("no systemd-analyze: the units are not tried")
    for unit in (OPS / "systemd").iterdir():
        # Where the program is on this machine: a unit may only name what can be run.
        text = unit.read_text(encoding="utf-8").replace("/opt/assistant/.venv/bin/python", sys.executable)
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    checked = subprocess.run([SYSTEMD, "verify", *map(str, sorted(tmp_path.iterdir()))], capture_output=True, text=True)
    about_ours = [line for line in checked.stderr.splitlines() if "assistant" in line]
    assert about_ours == [], checked.stderr


def test_the_unit_is_stopped_gently_and_shielded():
    unit = (OPS / "systemd/assistant.service").read_text(encoding="utf-8")
    assert float(re.search(r"TimeoutStopSec=(\d+)", unit)[1]) > DRAIN_S + 2  # type: ignore[index]
    for line in ("NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateTmp=yes", "CapabilityBoundingSet=\n", "UMask=0077", "User=assistant"):
        assert line in unit


def test_both_proxies_hide_what_is_not_public_and_overwrite_the_forwarded_address():
    nginx, caddy = ((OPS / name).read_text(encoding="utf-8") for name in ("nginx/assistant.conf", "caddy/Caddyfile"))
    assert "location = /metrics { return 404; }" in nginx and "location = /health/ready { return 404; }" in nginx
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in nginx and "header_up X-Forwarded-For {remote_host}" in caddy
    assert "path /metrics /health/ready" in caddy
    assert f"client_header_timeout {REQUEST_ARRIVES_S:.0f}s;" in nginx and f"read_header {REQUEST_ARRIVES_S:.0f}s" in caddy
