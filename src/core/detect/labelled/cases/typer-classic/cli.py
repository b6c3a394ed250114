import typer
from typer import Option

app = typer.Typer(help="tools")


@app.callback()
def root(verbose: bool = typer.Option(False, "--verbose", "-v")):
    pass


@app.command()
def train_model(
    config: str = typer.Argument(...),
    steps: int = typer.Option(100, help="how many", min=1),
    key: str = Option(..., envvar="SERVICE_KEY"),
    ratio: float = 0.5,
):
    pass


@app.command("predict")
def run_prediction(ctx: typer.Context, path: str, top_k: int = 5):
    pass


def not_a_command(alpha: float = 1.0):
    pass


if __name__ == "__main__":
    app()
