"""What runs on this machine because of a test."""

import os
from pathlib import Path


def left_over(mark: str) -> list[int]:
    """Processes whose environment names the mark, such as a test's data dir."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (process / "environ").read_bytes() and int(process.name) != os.getpid():
                found.append(int(process.name))
        except OSError:
            continue
    return found


def listening(pids: set[int]) -> set[tuple[str, int, int]]:
    """Address in hexadecimal, port and process of every TCP socket that these processes listen on."""
    owners = {}
    for pid in pids:
        for handle in Path(f"/proc/{pid}/fd").iterdir():
            try:
                owners[os.readlink(handle)] = pid
            except OSError:
                continue
    found = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            _, local, _, state, *more = line.split()
            pid = owners.get(f"socket:[{more[5]}]")
            if state == "0A" and pid is not None:
                address, port = local.split(":")
                found.add((address, int(port, 16), pid))
    return found
