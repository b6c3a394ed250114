from dataclasses import dataclass, field
from typing import List, Optional

import os
import sys
from transformers import HfArgumentParser, TrainingArguments, AutoModel


@dataclass
class ModelArguments:
    """What to fine-tune."""

    model_name_or_path: str = field(metadata={"help": "Path or name"})
    cache_dir: Optional[str] = field(default=None, metadata={"help": "Where to keep it"})
    use_fast: bool = field(default=True)
    layers: List[int] = field(default_factory=lambda: [1, 2])


@dataclass
class DataArguments:
    block_size: int = 128
    overwrite_cache: bool = False
    line: float = field(default=0.15, metadata={"help": "ratio"})


@dataclass
class Batch:
    tokens: List[int]
    size: int = 3


def main():
    parser = HfArgumentParser((ModelArguments, DataArguments, TrainingArguments))
    model_args, data_args, training_args = parser.parse_args_into_dataclasses()
    batch = Batch([1])
    model = AutoModel.from_pretrained(model_args.model_name_or_path)
    model.save_pretrained(training_args.output_dir)


if __name__ == "__main__":
    main()
