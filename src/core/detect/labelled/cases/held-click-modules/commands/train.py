import click as c

MODELS = ('tiny', 'base')

@c.command('train', short_help='fits')
@c.argument('dataset', type=c.Path(exists=True, dir_okay=False), nargs=1)
@c.option('--model', type=c.Choice(MODELS), default=MODELS[0])
@c.option('--lr', type=c.FLOAT, default='0.01')
@c.option('--steps', type=int, required=True, help='number of steps')
@c.option('--fast', 'mode', flag_value='fast', default=True)
@c.option('--slow', 'mode', flag_value='slow')
@c.option('--resume/--no-resume', ' /-R', default=None)
def train(**options):
    pass
