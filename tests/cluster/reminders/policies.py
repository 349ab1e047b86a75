"""Every feature's rules for its reminders, found where they are written."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import cluster
from cluster.reminders.policy import Policy

POLICIES = tuple(
    each
    for module in pkgutil.walk_packages(cluster.__path__, "cluster.")
    for name, each in vars(import_module(module.name)).items()
    if isinstance(each, Policy) and name == "POLICY"
)
