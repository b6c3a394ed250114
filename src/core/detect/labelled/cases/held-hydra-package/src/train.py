import hydra
import rootutils

CONFIG = "train"


def run(cfg):
    return cfg


@hydra.main(version_base="1.3", config_path="../configs", config_name=f"{CONFIG}.yaml")
def main(cfg):
    run(cfg)


if __name__ == "__main__":
    main()
