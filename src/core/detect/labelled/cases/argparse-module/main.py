from src.options import get_args
from src import model as m
import src.helpers

if __name__ == '__main__':
    args = get_args()
    m.build(args)
