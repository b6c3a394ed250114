import click
from functools import wraps


def shared(function):
    function = click.option("--seed", default=1)(function)
    function = click.option("--device", default="cpu")(function)
    return function


@click.group()
@click.option("--debug/--no-debug", default=False)
@click.pass_context
def cli(ctx, debug):
    ctx.obj = debug


@cli.command()
@shared
@click.option("--lr", default=0.1)
def fit(seed, device, lr):
    pass


@cli.command("score")
@click.argument("paths", nargs=-1, type=click.Path())
def score_model(paths):
    pass


@cli.command(name="export-model")
@click.option("--format", "kind", type=click.Choice(["onnx", "torch"]), default="onnx")
def export(kind):
    pass


def helper(lr=0.1, unrelated=3):
    pass


if __name__ == "__main__":
    cli()
