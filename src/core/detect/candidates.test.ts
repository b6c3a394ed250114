import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { entryPointCandidates } from './candidates.ts';
import { entriesOf, readerOf } from './test-tree.ts';

const candidates = (files: Record<string, string>) =>
  entryPointCandidates(
    entriesOf(files).filter(({ path }) => !path.includes('/')),
    readerOf(files),
  );

const commands = async (files: Record<string, string>): Promise<string[]> =>
  (await candidates(files)).map(({ words }) => words.join(' '));

const GUARD = 'import x\n\nif __name__ == "__main__":\n    main()\n';

it('offers a well-known name with the line it rests on', async () => {
  expect(await candidates({ 'main.py': GUARD, 'util.py': '' })).toEqual([
    {
      words: ['python', 'main.py'],
      evidence: 'main.py:3 if __name__ == "__main__"',
      confidence: 0.95,
      file: 'main.py',
      line: 3,
    },
  ]);
});

it('keeps two good ones as two, the likelier first', async () => {
  expect(await commands({ 'train.py': GUARD, 'main.py': GUARD, 'setup.py': GUARD })).toEqual([
    'python main.py',
    'python train.py',
  ]);
});

it('offers the only script, and any with a guard', async () => {
  expect(await commands({ 'analyse.py': 'print(1)' })).toEqual(['python analyse.py']);
  expect(await commands({ 'a.py': GUARD, 'b.py': "if  __name__=='__main__':" })).toHaveLength(2);
  expect(await commands({ 'a.py': '', 'b.py': '# if __name__ == "__main__":' })).toEqual([]);
});

it('offers packages, project scripts and shell scripts', async () => {
  const found = await commands({
    'tool/__main__.py': '',
    'tool/cli.py': '',
    'pyproject.toml':
      '[project.scripts]\nfit = "tool.cli:app.main"\nbad = "os; x:y"\nother = "away:x"',
    'run.sh*': '',
    'train.sh': '',
  });
  expect(found.toSorted((a, b) => a.localeCompare(b))).toEqual([
    './run.sh',
    'bash train.sh',
    'python -c import sys; from tool.cli import app; sys.exit(app.main())',
    'python -m tool',
  ]);
});

it('is not disturbed by a broken pyproject or odd types in it', async () => {
  expect(await commands({ 'main.py': '', 'pyproject.toml': '[[[' })).toEqual(['python main.py']);
  for (const scripts of ['scripts = 3', 'scripts = ["a"]', '[project.scripts]\na = 1']) {
    expect(await commands({ 'pyproject.toml': `[project]\n${scripts}` })).toEqual([]);
  }
});

it('has confidences from 0 to 1 in falling order for any folder', async () => {
  const names = fc.constantFrom(
    'main.py',
    'run.sh*',
    'a.py',
    'x/__main__.py',
    'constructor',
    'b.txt',
  );
  const texts = fc.constantFrom('', GUARD);
  await fc.assert(
    fc.asyncProperty(fc.dictionary(names, texts), async (files) => {
      const found = (await candidates(files)).map(({ confidence }) => confidence);
      expect(found.every((each) => each > 0 && each <= 1)).toBe(true);
      expect(found).toEqual(found.toSorted((a, b) => b - a));
    }),
  );
});
