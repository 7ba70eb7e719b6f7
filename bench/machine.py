"""On what the figures were taken."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path


def lines() -> Iterator[str]:
    """Processor, system, versions; how busy the machine is, because that moves every figure of speed."""
    yield f"{_processor()}, {os.cpu_count()} processors, {platform.system()} {platform.machine()}"
    yield f"Python {platform.python_version()}, selectolax {version('selectolax')}, trafilatura {version('trafilatura')}"
    if sys.platform != "win32":
        yield f"load average {os.getloadavg()[0]:.1f} at the start"


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    if told.is_file():
        for line in told.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or "unknown processor"
