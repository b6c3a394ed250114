import optuna
from flask import Flask
from rich.console import Console
from settings_lib import option

app = Flask(__name__)
console = Console()
registry = {}
DOCS = """
usage: main.py [--name NAME]
@click.option("--ghost")
"""


@app.route("/train")
def train():
    environ = {"A": 1}
    return str(environ.get("A", 2))


@option("--also-a-ghost")
def objective(trial):
    lr = trial.suggest_float("lr", 1e-5, 1e-1)
    parser = Console()
    parser.print("--x")
    config = registry.get("model", None)
    return lr


class ArgumentParser:
    def add_argument(self, *names):
        return names


own = ArgumentParser()
own.add_argument("--of-no-command-line")
study = optuna.create_study()
study.optimize(objective, n_trials=3)
