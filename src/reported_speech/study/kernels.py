"""Kernels and processes that start at once: forked from a server that has imported what they need."""

from __future__ import annotations

import os
import secrets
import tempfile
import threading
from multiprocessing import connection, forkserver, get_context, parent_process, util
from pathlib import Path
from typing import Any

from jupyter_client import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from ..cluster import starting

FORKED = get_context("forkserver")
IMPORTED = (
    *(f"reported_speech.report.{name}" for name in ("diagnostics", "exchange", "figures", "markup", "site")),
    *("reported_speech.study.kernels", "ipykernel.kernelapp", "matplotlib_inline.backend_inline"),
)

# What the kernels run under, whoever starts them: nothing of it may change a byte.
SAME = {
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "PYTHONSAFEPATH": "1",  # a user's random.py is no module
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "SOURCE_DATE_EPOCH": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MPLBACKEND": "agg",
}


def ready() -> None:
    """Start the server, if it does not run yet; it imports while this process goes on."""
    os.environ |= SAME
    sockets()
    FORKED.set_forkserver_preload([*IMPORTED])
    forkserver.ensure_running()


def sockets() -> Path:
    """Return the folder of this process for sockets, whose path must not be longer than 100 characters; it goes with the process."""
    usual, places = tempfile.tempdir, (tempfile.gettempdir(), "/tmp", "/dev/shm", "/var/tmp")
    short = [place for place in places if len(place) <= 60 and os.access(place, os.W_OK)]
    if not short:
        raise OSError("no folder for temporary files has a path of at most 60 characters; set TMPDIR to one")
    tempfile.tempdir = short[0]
    try:
        return Path(util.get_temp_dir())  # made once; the server's socket lies there, too
    finally:
        tempfile.tempdir = usual


class Kernels(AsyncKernelManager):
    """Manages a kernel that is forked, and is reached through sockets in a folder, never through the network."""

    def __init__(self, **how: Any):
        own = f"{sockets()}/{secrets.token_hex(8)}"
        super().__init__(transport="ipc", ip=own, connection_file=f"{own}.json", **how)
        self.provisioner = _Forked(parent=self, kernel_spec=self.kernel_spec)


class _Forked(LocalProvisioner):
    async def launch_kernel(self, cmd: list[str], **how: Any) -> dict:
        arguments = cmd[cmd.index("ipykernel_launcher") + 1 :]
        self.process = _Process(target=_kernel, args=(arguments, how["env"], how.get("cwd")), daemon=True)
        with starting():
            self.process.start()
        self.pid = self.process.pid
        return self.connection_info


class _Process(FORKED.Process):
    """A process with what a kernel's manager asks of ``subprocess.Popen``."""

    stdin = stdout = stderr = None

    def poll(self) -> int | None:
        return self.exitcode

    def wait(self) -> int | None:
        self.join()
        return self.exitcode

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)


def _kernel(arguments: list[str], environment: dict[str, str], folder: str | None) -> None:
    """Be a kernel, for as long as the process lives that asked for it."""
    from ipykernel.kernelapp import launch_new_instance

    os.setsid()  # Ctrl-C is for that process alone
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder or ".")
    threading.Thread(target=_end_with, args=(parent_process().sentinel,), daemon=True).start()
    launch_new_instance(argv=[*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])


def _end_with(other: int) -> None:
    connection.wait([other])
    os._exit(1)
