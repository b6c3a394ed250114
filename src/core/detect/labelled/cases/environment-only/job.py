import os
from os import environ, getenv

API_TOKEN = os.environ["API_TOKEN"]
STEPS = int(environ.get("STEPS", "100"))
RATE = float(getenv("RATE", 0.5))
DEBUG = os.getenv("DEBUG", "0") == "1"
NAME = os.environ.get("JOB_NAME") or "unnamed"
os.environ["OMP_NUM_THREADS"] = "1"
os.environ.setdefault("MKL_NUM_THREADS", "1")
world = int(os.environ["WORLD_SIZE"]) if "WORLD_SIZE" in os.environ else 1
home = os.environ["HOME"]

if __name__ == "__main__":
    print(STEPS, RATE, DEBUG)
    with open(os.path.join("out", "result.txt"), "w") as handle:
        handle.write(NAME)
