from typing import Optional
import fire


def main(
    checkpoint: str,
    temperature: float = 0.6,
    top_p: float = 0.9,
    max_gen_len: Optional[int] = None,
    *,
    stream: bool = False,
    **extra,
):
    """Generate text."""


def helper(a, b=2):
    return a


if __name__ == '__main__':
    fire.Fire(main)
