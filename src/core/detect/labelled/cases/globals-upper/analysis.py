"""An analysis without any command line."""
from pathlib import Path

import numpy as np
import pandas as pd

__version__ = "1.2"
_CACHE = {}
SEED = 7
N_SAMPLES = 10_000
THRESHOLD = -0.5
INPUT = Path("data") / "in.csv"
OUTPUT_DIR = "results"
METHODS = ["mean", "median"]
VERBOSE = True
RNG = np.random.default_rng(SEED)
Total = 3


def main():
    LOCAL = 5
    frame = pd.read_csv(INPUT)
    frame.describe().to_csv(f"{OUTPUT_DIR}/summary.csv")
    np.save("weights.npy", RNG.normal(size=LOCAL))


main()
