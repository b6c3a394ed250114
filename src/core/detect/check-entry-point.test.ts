import { describe, expect, it } from 'vitest';
import { checkEntryPoint, parseEntryPoint } from './entry-point.ts';
import { entriesOf, linkTo } from './test-tree.ts';

const entries = [
  ...entriesOf({
    'main.py': '',
    'src/train.py': '',
    'pkg/__main__.py': '',
    'pkg/tool.py': '',
    'run.sh*': '',
    'plain.sh': '',
    'web/index.js': '',
    'fit.R': '',
    'fit.jl': '',
  }),
  linkTo('linked', '/data/code'),
  linkTo('alias.py', 'main.py'),
];

const check = (text: string): void => checkEntryPoint(parseEntryPoint(text), entries);

it.each([
  'python main.py',
  'python3.11 -u -W ignore -X dev ./main.py --x nope.py',
  '/usr/bin/python3 src//train.py',
  'python pkg',
  'python -m pkg',
  'python -um pkg.tool',
  'python -mpkg',
  'python -m pytest',
  'python -c "import nothing"',
  'python',
  'python - nope.py',
  'python /elsewhere/x.py',
  'python linked/deep/x.py',
  'python alias.py',
  'python -- main.py',
  'bash plain.sh',
  'bash -euo pipefail plain.sh',
  'sh -c "nope.sh"',
  './run.sh',
  'node web',
  'node -r ./nothing.js web/index',
  'Rscript --vanilla fit.R',
  'julia -t 4 --project=. fit.jl',
  'torchrun --nproc_per_node 4 src/train.py',
  'python -m torch.distributed.run --nproc 2 src/train.py',
  'some-program nope.py',
  '/bin/run nope.py',
])('accepts %s', (text) => {
  expect(() => check(text)).not.toThrow();
});

it.each([
  'python nope.py',
  'python -u src/main.py',
  'python -m pkg.nope',
  'python ../main.py',
  'python -- nope.py',
  'bash -x nope.sh',
  'bash -eo pipefail nope.sh',
  './nope.sh',
  'node nope.js',
  'Rscript nope.R',
  'julia nope.jl',
  'torchrun --nproc_per_node 4 nope.py',
  'python -m torch.distributed.run nope.py',
  'python src',
])('refuses %s', (text) => {
  expect(() => check(text)).toThrow(expect.objectContaining({ code: 'E_ENTRYPOINT_MISSING' }));
});

describe('what it offers', () => {
  const offers = (text: string): string => {
    try {
      check(text);
    } catch (error) {
      return (error as { next: string }).next;
    }
    return '';
  };

  it('the same name elsewhere, and similar names, come first', () => {
    expect(offers('python train.py')).toBe(
      'Did you mean: src/train.py, main.py, pkg/tool.py, pkg/__main__.py',
    );
    expect(offers('python mian.py')).toMatch(/^Did you mean: main\.py/);
  });

  it('at most five', () => {
    const many = entriesOf(
      Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`f${n}.py`, ''])),
    );
    const act = () => checkEntryPoint(['python', 'f.py'], many);
    expect(act).toThrow(
      expect.objectContaining({ next: expect.stringMatching(/^[^,]*(,[^,]*){4}$/) as string }),
    );
  });

  it('advice when there is nothing near', () => {
    expect(offers('julia x.jl')).toContain('fit.jl');
    expect(offers('python x/y.pyx')).toContain('rule');
  });

  it('how to make a script executable', () => {
    expect(offers('./plain.sh')).toContain('chmod +x');
  });
});
