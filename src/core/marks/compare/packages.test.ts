import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packagesOf } from './packages.ts';

it.each([
  ['numpy==1.26.4', ['numpy', '1.26.4']],
  ['NumPy == 1.26.4  # pinned', ['numpy', '1.26.4']],
  ['ruamel_yaml===0.17', ['ruamel-yaml', '0.17']],
  ['torch>=2,<3', ['torch', '>=2,<3']],
  ['torch', ['torch', 'any']],
  ['wandb[media]==0.18.0', ['wandb', '0.18.0']],
  ["tomli==2.0.1; python_version < '3.11'", ['tomli', "2.0.1 ; python_version < '3.11'"]],
  ['six==1.16.0 --hash=sha256:abc \\', ['six', '1.16.0']],
  ['pkg @ https://host.invalid/a.whl', ['pkg', '@ https://host.invalid/a.whl']],
  ['git+https://host.invalid/a.git', ['git+https://host.invalid/a.git', 'listed']],
  [
    '--extra-index-url https://host.invalid/',
    ['--extra-index-url https://host.invalid/', 'listed'],
  ],
])('%s', (line, entry) => {
  expect([...packagesOf(`# a comment\n\n${line}\r\n    --hash=sha256:def\n`)]).toEqual([entry]);
});

it('has two versions of a package that is named twice, and the order of lines does not count', () => {
  expect([...packagesOf('b==1\na==1\nB==2\n')]).toEqual([
    ['a', '1'],
    ['b', '1, 2'],
  ]);
});

it('takes any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const [name, version] of packagesOf(text))
        expect(name.length * version.length).toBeGreaterThan(0);
    }),
  );
});
