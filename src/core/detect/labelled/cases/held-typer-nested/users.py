import datetime
import typer

app = typer.Typer()


@app.command()
def create(name: str, admin: bool = False, since: datetime.datetime = None):
    print(name)


@app.command()
def remove(names: list[str], force: bool = typer.Option(..., prompt="Sure?")):
    print(names)
