from typing import Optional
from typing_extensions import Annotated
import typer as t
import users

app = t.Typer(no_args_is_help=True)
app.add_typer(users.app, name="users")
RATE = 0.25


@app.command(name="sync", help="copies")
def synchronise(
    target: Annotated[Optional[str], t.Argument(envvar="TARGET")] = None,
    rate: Annotated[float, t.Option(min=0, max=1)] = RATE,
    dry_run: bool = t.Option(False, "--dry-run/--real", "-d/-r"),
    retries: "int" = 3,
):
    pass


def main():
    app()


if __name__ == "__main__":
    main()
