"""Where two hosts cannot be tried out, it is said why; nothing passes for measured."""

import json
import subprocess

import pytest

from deploy.two_hosts import __main__ as two_hosts
from deploy.two_hosts import databases, network

GOOD = {"hosts_seconds_until_fresh": 0.4, "hosts_restarted_lost": 0, "hosts_replica_scans": 12}


def _said(capsys):
    two_hosts.main()
    return json.loads(capsys.readouterr().out)


def test_without_iproute2_nothing_is_measured_and_it_says_so(monkeypatch, capsys):
    monkeypatch.setattr(network.shutil, "which", lambda name: None)
    assert _said(capsys) == {"two_hosts": "測っていません: ip（iproute2）がありません"}


def test_where_no_namespace_may_be_made_it_says_what_the_system_said(monkeypatch, capsys):
    refused = subprocess.CompletedProcess([], 1, stderr="Operation not permitted\n")
    monkeypatch.setattr(network.shutil, "which", lambda name: "/sbin/ip")
    monkeypatch.setattr(network.subprocess, "run", lambda *arguments, **how: refused)
    assert "（Operation not permitted）" in _said(capsys)["two_hosts"]


def test_what_is_not_installed_is_named(monkeypatch, capsys):
    monkeypatch.setattr(two_hosts.network, "why_not", lambda: "")
    monkeypatch.setattr(databases, "_program", lambda name: None if "redis" in name else name)
    assert _said(capsys) == {"two_hosts": "測っていません: redis-server がありません"}


@pytest.mark.parametrize(
    "bad",
    [{"hosts_seconds_until_fresh": 1.2}, {"hosts_restarted_lost": 1}, {"hosts_replica_scans": 0}],
    ids=["late", "lost", "a replica that nobody reads"],
)
def test_what_is_not_as_it_must_be_is_wrong(bad):
    assert two_hosts._wrong(GOOD) == []
    assert two_hosts._wrong(GOOD | bad) == list(bad)
