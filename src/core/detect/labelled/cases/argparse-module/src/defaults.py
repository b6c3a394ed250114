LEARNING_RATE = 0.02


class Names:
    SMALL = "small"
    LARGE = "large"
