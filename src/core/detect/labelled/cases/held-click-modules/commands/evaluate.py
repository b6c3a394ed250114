import click

@click.command()
@click.option('-k', '--top-k', type=click.INT, default=5)
@click.option('--weights', '-w', type=click.STRING, help='a file')
def evaluate(top_k, weights):
    pass

@click.command()
@click.option('--forgotten')
def never_added(forgotten):
    pass
