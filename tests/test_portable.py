"""The whole flow on a system that lacks what only Unix has, as Windows does."""

import subprocess
import sys
from pathlib import Path

MODULES = "fcntl grp pty pwd resource syslog termios tty"
NAMES = (
    "O_DIRECTORY O_NOFOLLOW O_CLOEXEC fork forkpty getuid geteuid getgid chown"
    " killpg setsid mkfifo mknod sched_getaffinity getpgid setpgid WNOHANG"
)
SIGNALS = "SIGHUP SIGKILL SIGALRM SIGUSR1 SIGUSR2 SIGPIPE SIGQUIT"
FLOW = (
    ("check", "scripts/one-hand.md"),
    ("spoken", "scripts/one-hand.md"),
    ("render", "scripts/one-hand.md", "-o", "out"),
    ("render", "scripts/one-hand.md", "-o", "out", "--outbox", "upload"),
    ("verify", "out/one-hand/one-hand.mp3"),
    ("preview", "scripts/one-hand.md", "-o", "page"),
    ("say", "Hello.", "-o", "hello.wav"),
    ("takes", "info"),
)
PROGRAM = f"""
import multiprocessing, os, shutil, signal, subprocess, sys, tempfile, threading
import asyncio, concurrent.futures.process, http.server, urllib.request
import filelock, platformdirs.unix  # these choose by the system what they import
for name in {MODULES!r}.split():
    sys.modules[name] = None
for name in {NAMES!r}.split():
    if hasattr(os, name):
        delattr(os, name)
for name in {SIGNALS!r}.split():
    if hasattr(signal, name):
        delattr(signal, name)
from paperledge_audio.cli import main
for arguments in {FLOW!r}:
    sys.argv = ["paperledge", *arguments]
    try:
        main()
    except SystemExit as end:
        assert not end.code, (arguments, end.code)
print("done")
"""


def test_the_whole_flow_needs_nothing_that_only_unix_has(show_folder: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert ran.stdout.endswith("done\n"), ran.stderr
    assert Path("upload/one-hand/one-hand.manifest.json").exists()
