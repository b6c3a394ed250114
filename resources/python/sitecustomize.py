"""Waits for an import of the W&B SDK, to show what is logged while the program runs.

Python imports this file at every start, since its folder is on PYTHONPATH. So it is small, never
raises, and runs the file of the same name that would have been found without it. It is read by every
Python there is: it parses on 2.7 and acts from 3.7 on. The rest is in `slipway_live.py`.
"""

import os
import sys

_TARGET = "wandb.sdk.wandb_run"
_HERE = os.path.dirname(os.path.abspath(__file__))


class _Hook(object):
    """Finds nothing itself: has the module of wandb's runs patched once another finder loaded it."""

    def find_spec(self, name, path=None, target=None):
        if name != _TARGET:
            return None
        for finder in sys.meta_path:
            find = None if finder is self else getattr(finder, "find_spec", None)
            spec = find(name, path, target) if find else None
            if spec is not None:
                self._wrap(spec.loader)
                return spec
        return None

    def _wrap(self, loader):
        try:
            execute = loader.exec_module

            def exec_module(module):
                execute(module)
                _patch(module)

            loader.exec_module = exec_module
        except Exception:
            pass


def _patch(module):
    try:
        sys.path.insert(0, _HERE)
        try:
            import slipway_live
        finally:
            sys.path.remove(_HERE)
        slipway_live.patch(module, os.environ["SLIPWAY_LIVE"])
    except Exception:
        pass


def _run_next():
    """What has the name after this one (Debian and conda have such a file) takes its place."""
    finders = [f for f in sys.meta_path if getattr(f, "__name__", "") == "PathFinder"]
    others = [p for p in sys.path if os.path.abspath(p or ".") != _HERE]
    spec = finders[0].find_spec(__name__, others) if finders else None
    if spec is None or spec.loader is None:
        return
    module = __import__("_frozen_importlib").module_from_spec(spec)
    sys.modules["_slipway_sitecustomize"] = sys.modules[__name__]
    sys.modules[__name__] = module
    spec.loader.exec_module(module)


if sys.version_info >= (3, 7):
    if os.path.isdir(os.environ.get("SLIPWAY_LIVE", "")):
        sys.meta_path.insert(0, _Hook())
    _run_next()
