"""Prints numbered, checksummed lines on both streams: two of three on stdout, the third on stderr.

Arguments: seed, lines, width of a line, lines a second (0: as fast as it goes), exit code.
Line n is "<o or e><n, 8 digits> <checksum, 8 hex digits>", filled with dots, see reference.ts.
"""

import os
import signal
import sys
import time

# Ends at once when it is stopped: nothing is printed that is not a line.
signal.signal(signal.SIGINT, signal.SIG_DFL)

seed, count, width, rate, code = (int(word) for word in sys.argv[1:6])
block = max(1, rate // 50) if rate else 4096
fill = "." * (width - 19)


def line(n):
    letter = "e" if n % 3 == 2 else "o"
    return "%s%08d %08x%s\n" % (letter, n, (n * 2654435761 + seed) & 0xFFFFFFFF, fill)


def put(stream, text):
    data = text.encode()
    while data:
        data = data[os.write(stream, data) :]


start = time.monotonic()
for first in range(0, count, block):
    lines = [line(n) for n in range(first, min(first + block, count))]
    skip = (2 - first) % 3
    errors = lines[skip::3]
    del lines[skip::3]
    put(1, "".join(lines))
    put(2, "".join(errors))
    if rate:
        time.sleep(max(0, start + (first + block) / rate - time.monotonic()))
sys.exit(code)
