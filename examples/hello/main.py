"""A small job: pretends to train for a moment and prints what it does."""

import platform
import time

STEPS = 5


def main() -> None:
    print(f"hello from Python {platform.python_version()} on {platform.system()}")
    loss = 1.0
    for step in range(1, STEPS + 1):
        time.sleep(0.2)
        loss *= 0.6
        print(f"step {step}/{STEPS} loss={loss:.4f}", flush=True)
    print("done")


if __name__ == "__main__":
    main()
