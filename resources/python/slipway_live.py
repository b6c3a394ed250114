"""Writes down what a program logs with the W&B SDK, while it runs.

Every number that is logged, and what config and summary hold, goes as lines of JSON to
$SLIPWAY_LIVE/metrics-<pid>.jsonl:

    {"run": "abcd1234", "started": 1700000000000}        the lines below belong to this run
    {"step": 3, "time": 1700000000123, "values": {"loss": 0.5, "grad.norm": "NaN"}}
    {"config": {...}}                                    all of it, whenever it changed
    {"summary": {...}}                                   keys that were set, null for removed ones
    {"full": true}                                       the file has reached its limit

Times are ms since 1970. Nothing here may disturb the program: it never raises, waits for nothing, and
writes from a thread of its own.
"""

import atexit
import collections
import json
import os
import signal
import sys
import threading
import time

import slipway_values

_FILE_LIMIT = 64 << 20
_LINE_LIMIT = 256 << 10
_NAMES_A_LINE = 500
# Rows that wait to be written: when the disk is that slow, some are left out.
_WAITING_LIMIT = 50000
_FLUSH_SECONDS = 0.2
_EXIT_SECONDS = 2


def _quietly(work, *args, **kwargs):
    try:
        return work(*args, **kwargs)
    except Exception:
        return None


def patch(module, folder):
    """Listens to the calls of wandb's `Run` that every way of logging goes through."""
    Run = module.Run
    writer = _Writer(folder)
    if hasattr(Run, "_partial_history_callback"):
        _listen(Run, "_partial_history_callback", writer.logged)
    else:
        _listen(Run, "log", writer.logged)
    _listen(Run, "_config_callback", lambda run, *a, **k: writer.touched(run))
    _listen(Run, "_on_start", lambda run, *a, **k: writer.touched(run))
    _listen(Run, "_summary_update_callback", writer.summarised)
    _end_on_sigterm()


def _listen(Class, name, hear):
    original = getattr(Class, name, None)
    if original is None:
        return

    def call(self, *args, **kwargs):
        _quietly(hear, self, *args, **kwargs)
        return original(self, *args, **kwargs)

    call.__name__ = name
    call.__doc__ = original.__doc__
    call.__wrapped__ = original
    setattr(Class, name, call)


def _end_on_sigterm():
    """A program that a signal kills loses what wandb did not write yet: let it exit instead."""
    owner = os.getpid()
    if signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        return

    def end(number, frame):
        if os.getpid() == owner:
            sys.exit(143)
        # A forked child is somebody's worker, who may wait for it to die of the signal.
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTERM)

    try:
        signal.signal(signal.SIGTERM, end)
    except ValueError:
        pass  # Not the main thread.


class _Writer(object):
    """Takes what happened as it is, and writes it from a thread: of each process its own."""

    def __init__(self, folder):
        self.folder = folder
        self._fresh()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._fresh)

    def _fresh(self):
        self.rows = collections.deque()
        self.wake = threading.Event()
        self.lock = threading.Lock()
        self.thread = None
        self.file = None
        self.size = 0
        self.full = False
        self.changed = {}
        self.configs = {}
        self.run = None

    def logged(self, run, data=None, step=None, *args, **kwargs):
        data = kwargs.get("row", data)
        if getattr(run, "_interface", True) is None or not hasattr(data, "items"):
            return
        now = getattr(run, "_local_step", None)
        if now is None:
            now = getattr(run, "_step", None)
        # wandb leaves out what comes for a step that is over.
        if step is not None and now is not None and step < now:
            return
        values, others = {}, {}
        slipway_values.flatten(data, values, others)
        if values:
            at = step if step is not None else now
            self._put(run, ("values", at, values))
        if others:
            self._put(run, ("summary", others))

    def summarised(self, run, record, *args):
        values = {}
        for item in record.remove:
            values[_key(item.key)] = None
        for item in record.update:
            values[_key(item.key)] = slipway_values.plain(item.value)
        if values:
            self._put(run, ("summary", values))

    def touched(self, run):
        """Config is read when it is written down: it often changes many times in a row."""
        self.changed[id(run)] = run
        self._put(run, None)

    def _put(self, run, row):
        if self.full:
            return
        if not hasattr(run, "_slipway_started"):
            run._slipway_started = int(time.time() * 1000)
        if row is not None and len(self.rows) < _WAITING_LIMIT:
            self.rows.append((run, int(time.time() * 1000), row))
        self.wake.set()
        if self.thread is None:
            self._start()

    def _start(self):
        self.thread = threading.Thread(target=self._work, name="slipway-live")
        self.thread.daemon = True
        self.thread.start()
        atexit.register(self._finish)
        # Children of multiprocessing leave without atexit.
        util = sys.modules.get("multiprocessing.util")
        if util is not None:
            util.Finalize(None, self._finish, exitpriority=0)

    def _work(self):
        while not self.full:
            self.wake.wait()
            time.sleep(_FLUSH_SECONDS)
            self.wake.clear()
            _quietly(self._write)

    def _finish(self):
        if self.lock.acquire(timeout=_EXIT_SECONDS):
            self.lock.release()
            _quietly(self._write)

    def _write(self):
        with self.lock:
            lines = []
            while self.rows:
                run, at, row = self.rows.popleft()
                self._head(run, lines)
                if row[0] == "values":
                    lines.extend(_lines_of(row[1], at, row[2]))
                else:
                    lines.append({"summary": row[1]})
            for run in list(self.changed.values()):
                self._config(run, lines)
            if lines:
                self._store(lines)

    def _head(self, run, lines):
        if self.run is run:
            return
        self.run = run
        lines.append({"run": _run_id(run), "started": run._slipway_started})

    def _config(self, run, lines):
        try:
            items = dict(run._config.items()).items()
            config = {str(k): v for k, v in items if not str(k).startswith("_")}
            config = slipway_values.plain(config)
        except RuntimeError:
            return  # It changes right now: next time.
        self.changed.pop(id(run), None)
        if not config or self.configs.get(id(run)) == config:
            return
        self.configs[id(run)] = config
        self._head(run, lines)
        lines.append({"config": config})

    def _store(self, lines):
        texts = []
        for line in lines:
            text = json.dumps(line, allow_nan=False, separators=(",", ":"), default=str)
            if len(text) <= _LINE_LIMIT:
                texts.append(text + "\n")
        data = "".join(texts).encode("ascii", "replace")
        if self.size + len(data) > _FILE_LIMIT:
            self.full = True
            data = b'{"full":true}\n'
            self.rows.clear()
        if self.file is None:
            self.file = self._open()
        self.size += len(data)
        while data:
            data = data[os.write(self.file, data) :]

    def _open(self):
        path = os.path.join(self.folder, "metrics-%d.jsonl" % os.getpid())
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
        file = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o644)
        _quietly(os.fchmod, file, 0o644)  # Whatever the umask: it is read by another user.
        return file


def _run_id(run):
    for name in ("_run_id", "id"):
        found = _quietly(getattr, run, name, None)
        if isinstance(found, str):
            return found
    return None


def _key(key):
    return ".".join(key) if isinstance(key, (tuple, list)) else str(key)


def _lines_of(step, at, values):
    names = list(values)
    for start in range(0, len(names), _NAMES_A_LINE):
        part = {name: values[name] for name in names[start : start + _NAMES_A_LINE]}
        yield {"step": step, "time": at, "values": part}
