"""What of logged values goes into a line of JSON: numbers, words and truths, not media."""

NAME_LIMIT = 256
TEXT_LIMIT = 4096
LIST_LIMIT = 1000
DEPTH_LIMIT = 16
# Beyond it a double skips whole numbers, and so would whoever reads the JSON.
WHOLE_LIMIT = 1 << 53


def flatten(data, values, others, prefix="", depth=0):
    """Numbers to `values`; words, truths and lists of them to `others`, which end in the summary."""
    for key, value in data.items():
        name = prefix + str(key)
        if len(name) > NAME_LIMIT:
            continue
        if isinstance(value, dict) and "_type" not in value:
            if depth < DEPTH_LIMIT:
                flatten(value, values, others, name + ".", depth + 1)
            continue
        scalar = _scalar(value)
        if isinstance(scalar, (bool, str)):
            others[name] = scalar[:TEXT_LIMIT] if isinstance(scalar, str) else scalar
        elif scalar is not None:
            values[name] = _number(scalar)


def _scalar(value):
    """A number, truth or word; tensors and arrays of one element are that. None for all else."""
    if isinstance(value, (bool, int, float, str)):
        return value
    item = getattr(value, "item", None)
    if not callable(item):
        return None
    try:
        found = item()
    except Exception:
        return None  # More than one element, or something else altogether.
    return found if isinstance(found, (bool, int, float)) else None


def _number(value):
    """As JSON can hold it: words for what is no number, and for what no double can hold."""
    if isinstance(value, int) and abs(value) <= WHOLE_LIMIT:
        return int(value)
    try:
        value = float(value)
    except OverflowError:
        return "Infinity" if value > 0 else "-Infinity"
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def plain(value, depth=0):
    """Config and summary values as JSON, cut to a bearable size."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value[:TEXT_LIMIT]
    if isinstance(value, (int, float)):
        return _number(value)
    if depth < DEPTH_LIMIT:
        if isinstance(value, dict):
            return {str(k): plain(v, depth + 1) for k, v in value.items()}
        if isinstance(value, (list, tuple, set)):
            return [plain(v, depth + 1) for v in list(value)[:LIST_LIMIT]]
    scalar = _scalar(value)
    return plain(scalar) if scalar is not None else type(value).__name__
