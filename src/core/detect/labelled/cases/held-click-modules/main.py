from commands import evaluate
from commands.train import train
import click

CONTEXT = dict(show_default=True)

@click.group(context_settings=CONTEXT)
def entry():
    pass

entry.add_command(train)
entry.add_command(evaluate.evaluate, "eval")

if __name__ == '__main__':
    entry(obj={})
