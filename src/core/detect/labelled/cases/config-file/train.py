import json
import yaml


def load():
    with open("config.yaml", "r") as handle:
        return yaml.safe_load(handle)


if __name__ == "__main__":
    config = load()
    labels = json.load(open("labels_map.json"))
    print(config["train"]["lr"])
