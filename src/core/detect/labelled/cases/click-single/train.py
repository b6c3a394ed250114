import click


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--epochs", "-e", default=10, show_default=True, help="How long.")
@click.option("--lr", type=float, default=1e-3)
@click.option("--optimizer", type=click.Choice(["sgd", "adam"], case_sensitive=False), default="adam")
@click.option("--layers", type=click.IntRange(1, 12), default=2)
@click.option("--drop", type=click.FloatRange(min=0, max=0.9), default=0.1)
@click.option("--verbose/--quiet", default=False)
@click.option("--dry-run", is_flag=True)
@click.option("--tag", "tags", multiple=True)
@click.option("--size", nargs=2, type=int, default=(32, 32))
@click.option("--token", envvar="TOKEN", prompt=True, hide_input=True)
@click.option("-o", "--out", type=click.Path(file_okay=False), required=True)
@click.argument("source", type=click.File("r"))
@click.version_option("1.0")
def main(epochs, lr, optimizer, layers, drop, verbose, dry_run, tags, size, token, out, source):
    """Train it."""


if __name__ == "__main__":
    main()
