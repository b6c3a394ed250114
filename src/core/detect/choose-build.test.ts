import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_BUILD, type BuildPlan } from '../../shared/domain/job.ts';
import type { TreeEntry } from '../../shared/domain/snapshot.ts';
import { AppError } from '../../shared/errors.ts';
import { examineCode } from './examine-code.ts';
import { entriesOf, linkTo, readerOf } from './test-tree.ts';
import { resolveIn } from './tree-path.ts';

const FILES = {
  'main.py': '',
  'requirements.txt': 'top\n',
  Dockerfile: 'FROM x\n',
  'jobs/hello/job.py': '',
  'jobs/hello/requirements.txt': 'own\n',
  'jobs/hello/Dockerfile.wandb': 'FROM y\n',
  'jobs/hello/docker/Dockerfile': 'FROM z\n',
  'jobs/plain/run.sh*': '',
  'big/Dockerfile': `FROM x\n${'#'.repeat(1 << 20)}`,
  'odd/Dockerfile': 'FROM\0x\n',
};
const LINKS = [
  linkTo('out', '..'),
  linkTo('etc', '/etc'),
  linkTo('circle', 'circle/x'),
  linkTo('short', 'jobs/hello'),
  linkTo('Dockerfile.link', 'jobs/hello/Dockerfile.wandb'),
  linkTo('Dockerfile.out', '../../etc/passwd'),
];
const entries: TreeEntry[] = [
  ...entriesOf(FILES),
  ...LINKS,
  ...entriesOf({ 'void/a/b': '' }),
].filter(({ path }) => path !== 'void/a/b');

const examine = (build: Partial<BuildPlan>, entryPoint: string[] | null = ['python', 'job.py']) =>
  examineCode(entries, { entryPoint, build: { ...DEFAULT_BUILD, ...build } }, readerOf(FILES));

describe('the build context', () => {
  it.each([
    '../..',
    '..',
    '/etc',
    '/',
    'a/../../b',
    'C:\\x',
    'C:/x',
    'jobs\\hello',
    'jobs\0',
    'a\nb',
    '~/x',
    'out',
    'out/x',
    'etc',
    'etc/ssl',
    'circle',
    'jobs/hello/../../..',
  ])('%j leads out of the source', async (context) => {
    await expect(examine({ context })).rejects.toMatchObject({ code: 'E_PATH_OUTSIDE' });
  });

  it.each([
    ['jobs/helo', 'E_CONTEXT_NOT_FOUND', /Did you mean: .*jobs/],
    ['main.py', 'E_CONTEXT_NOT_FOUND', /./],
    ['jobs/hello/hello', 'E_CONTEXT_NOT_FOUND', /Did you mean: jobs\/hello/],
    ['void', 'E_CONTEXT_EMPTY', /rule/],
    ['void/a', 'E_CONTEXT_EMPTY', /rule/],
  ])('%j is refused: %s', async (context, code, next) => {
    await expect(examine({ context })).rejects.toMatchObject({
      code,
      next: expect.stringMatching(next) as string,
    });
  });

  it.each(['jobs/hello', './jobs//hello/', 'jobs/../jobs/hello', 'short', 'short/.'])(
    '%j is a folder of it, and all paths start there',
    async (context) => {
      const { build, environment } = await examine({ context, dockerfile: null }, [
        'python',
        '-c',
        '',
      ]);
      expect(build).toMatchObject({ context: 'jobs/hello', dockerfile: null });
      expect(environment.requirements).toBe('own\n');
    },
  );

  it('never leads out, whatever is written', () => {
    const piece = fc.constantFrom('..', '.', '', 'a', 'out', 'short', 'etc', 'jobs', 'hello', '~');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        try {
          const path = resolveIn(entries, '', pieces.join('/'), 'It');
          expect(path).not.toMatch(/^\/|(?:^|\/)\.\.(?:\/|$)/);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          expect(error).toMatchObject({ code: 'E_PATH_OUTSIDE' });
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the Dockerfile', () => {
  it.each([
    ['', 'docker', 'E_DOCKERFILE_NOT_FOUND'],
    ['jobs/hello', 'docker', 'E_DOCKERFILE'],
    ['', 'jobs', 'E_DOCKERFILE'],
    ['', '.', 'E_DOCKERFILE'],
    ['jobs/hello', 'Dockerfile', 'E_DOCKERFILE_NOT_FOUND'],
    ['jobs/hello', '../../Dockerfile', 'E_PATH_OUTSIDE'],
    ['', '/etc/passwd', 'E_PATH_OUTSIDE'],
    ['', 'Dockerfile.out', 'E_PATH_OUTSIDE'],
    ['big', 'Dockerfile', 'E_DOCKERFILE'],
    ['odd', 'Dockerfile', 'E_DOCKERFILE'],
  ])('from %j, %j is refused: %s', async (context, dockerfile, code) => {
    await expect(examine({ context, dockerfile })).rejects.toMatchObject({ code });
  });

  it('near ones are offered', async () => {
    const asked = examine({ context: 'jobs/hello', dockerfile: 'Dockerfile' });
    await expect(asked).rejects.toMatchObject({
      next: 'Did you mean: docker/Dockerfile, Dockerfile.wandb',
    });
  });

  it('counts from the build context, and needs no plan of dependencies', async () => {
    const found = await examine({ context: './jobs/hello', dockerfile: './Dockerfile.wandb' });
    expect(found).toMatchObject({
      build: { context: 'jobs/hello', dockerfile: 'Dockerfile.wandb' },
      entryPoint: ['python', 'job.py'],
      environment: { dependencies: null, requirements: '' },
      notes: [],
    });
  });

  it('is followed through a link to the file itself', async () => {
    const { build } = await examine({ dockerfile: 'Dockerfile.link' });
    expect(build).toMatchObject({ context: '', dockerfile: 'jobs/hello/Dockerfile.wandb' });
  });

  it('may start the code by itself, or bring code that is not in the context', async () => {
    expect(await examine({ dockerfile: 'Dockerfile' }, null)).toMatchObject({ entryPoint: [] });
    const { notes } = await examine({ dockerfile: 'Dockerfile' }, ['python', 'elsewhere.py']);
    expect(notes).toContainEqual(expect.stringContaining('elsewhere.py'));
  });
});

describe('Dockerfile.wandb beside the entry file', () => {
  it.each([
    ['', ['python', 'jobs/hello/job.py'], ['python', 'job.py']],
    ['', ['python', './jobs/hello/job.py', '--x', 'jobs'], ['python', 'job.py', '--x', 'jobs']],
    ['jobs', ['python', '-u', 'hello/job.py'], ['python', '-u', 'job.py']],
    ['jobs/hello', ['python', 'job.py'], ['python', 'job.py']],
  ])('in %j, %j is started as %j from its folder', async (context, words, rewritten) => {
    const found = await examine({ context }, words);
    expect(found.build).toMatchObject({ context: 'jobs/hello', dockerfile: 'Dockerfile.wandb' });
    expect(found.entryPoint).toEqual(rewritten);
    expect(found.notes).toEqual([expect.stringContaining('jobs/hello/Dockerfile.wandb')]);
  });

  it.each([
    ['', ['python', 'main.py']],
    ['', ['jobs/plain/run.sh']],
    ['jobs/hello', ['python', '-c', 'print()']],
  ])('in %j, %j has none', async (context, words) => {
    const { build, entryPoint } = await examine({ context }, words);
    expect(build).toMatchObject({ context, dockerfile: null });
    expect(entryPoint).toEqual(words);
  });
});

it('says what is likely meant when nothing is to be started', async () => {
  await expect(examine({}, null)).rejects.toMatchObject({
    code: 'E_NO_ENTRYPOINT',
    next: 'Did you mean: --entry-point "python main.py"',
  });
});
