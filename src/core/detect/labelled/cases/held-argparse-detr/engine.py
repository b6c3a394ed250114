def evaluate():
    pass


def train_one_epoch():
    pass
