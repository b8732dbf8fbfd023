"""Runs a command on a terminal of its own, types lines into it, and gives back all that the terminal
showed.

    typed.py LINE… -- COMMAND…
"""
import os
import pty
import select
import sys
import time

split = sys.argv.index("--")
lines, command = sys.argv[1:split], sys.argv[split + 1:]
process, terminal = pty.fork()
if process == 0:
    os.execv(command[0], command)
shown = b""


def read(until):
    """Reads what is shown until a text, or the end."""
    global shown
    end = time.monotonic() + 30
    while time.monotonic() < end and until not in shown:
        if not select.select([terminal], [], [], 0.1)[0]:
            continue
        try:
            piece = os.read(terminal, 4096)
        except OSError:
            return
        if not piece:
            return
        shown += piece


read(b": ")
for line in lines + [""]:
    os.write(terminal, line.encode() + b"\n")
read(b"\0never")
os.close(terminal)
sys.stdout.buffer.write(shown)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
