import { expect, it } from 'vitest';
import { DEFAULT_BUILD } from '../../shared/domain/job.ts';
import { examineCode } from './examine-code.ts';
import { entriesOf, readerOf } from './test-tree.ts';

const SCRIPT = 'if __name__ == "__main__":\n    pass\n';

const examined = (files: Record<string, string>, context = '') =>
  examineCode(
    entriesOf(files),
    { entryPoint: null, build: { ...DEFAULT_BUILD, context } },
    readerOf(files),
  );

it('offers up to three jobs of sub-folders when the root has nothing to start', async () => {
  const files = Object.fromEntries(
    ['a', 'b', 'c d', 'e'].map((name) => [`jobs/${name}/train.py`, SCRIPT]),
  );
  const a = '--build-context "jobs/a" --entry-point "python train.py"';
  const b = '--build-context "jobs/b" --entry-point "python train.py"';
  const c = '--build-context "jobs/c d" --entry-point "python train.py"';
  await expect(examined(files)).rejects.toMatchObject({
    code: 'E_NO_ENTRYPOINT',
    next: `Did you mean: ${a}, or ${b}, or ${c}`,
  });
});

it('names folders from the top of the source', async () => {
  const files = { 'jobs/a/train.py': SCRIPT };
  await expect(examined(files, 'jobs')).rejects.toMatchObject({
    next: expect.stringContaining('--build-context "jobs/a" '),
  });
});

it('offers what the root has, else only says how', async () => {
  await expect(examined({ 'main.py': SCRIPT, 'jobs/a/train.py': SCRIPT })).rejects.toMatchObject({
    next: 'Did you mean: --entry-point "python main.py"',
  });
  await expect(examined({ 'notes.txt': 'x' })).rejects.toMatchObject({
    next: expect.stringContaining('such as "python main.py"'),
  });
});
