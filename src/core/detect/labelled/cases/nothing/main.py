"""Nothing to set here."""
import logging
import sys

from collections import namedtuple

logger = logging.getLogger(__name__)
Point = namedtuple("Point", "x y")


class Form:
    def add_argument(self, name, default=None):
        self.name = name

    def option(self, *names, **more):
        return names


def work(lr=0.1, epochs=3):
    form = Form()
    form.add_argument("field", default=1)
    form.option("--not-an-option", default=2)
    settings = {"lr": lr}
    settings.get("lr", 0.3)
    return settings


if __name__ == "__main__":
    work()
    print(sys.version)
