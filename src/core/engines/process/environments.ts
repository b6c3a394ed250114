import { createHash } from 'node:crypto';
import { access, mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { AppError } from '../../../shared/errors.ts';
import type { EnvironmentPlan } from '../../../shared/domain/job.ts';
import type { Settings } from '../../../shared/domain/settings.ts';
import { syncFolder } from '../../sync-folder.ts';
import type { PreparedEnvironment, StepSink } from '../engine.ts';
import { lockEnvironment } from './environment-lock.ts';
import { fileError, unlessMissing } from './file-errors.ts';
import { noRoom, pipFailure, saysFull } from './pip-failure.ts';
import { toolEnvironment } from './program-environment.ts';
import { findPython, type Python } from './python.ts';
import { removeTree } from './remove-tree.ts';
import { Steps } from './steps.ts';
import { runTool } from './tool.ts';

/** All that decides what is in an environment. */
const recipeSchema = z.object({
  python: z.object({ version: z.string(), path: z.string() }),
  requirements: z.string(),
  locked: z.optional(z.boolean()),
  packageIndex: z.string(),
});

type Recipe = z.infer<typeof recipeSchema>;

interface Builder {
  recipe: Recipe;
  folder: string;
  supervisorFile: string;
  steps: Steps;
  signal: AbortSignal;
}

/** Written last, so that an environment without it is a half one. */
export const COMPLETE = '.complete';

/** Whether anything is to be installed: not for comments and empty lines. */
export const needsInstall = (requirements: string): boolean => /^\s*[^#\s]/m.test(requirements);

export const environmentKey = ({ python, requirements, packageIndex, locked }: Recipe): string =>
  createHash('sha256')
    .update(JSON.stringify([1, python, requirements, packageIndex, ...(locked ? ['locked'] : [])]))
    .digest('hex');

/**
 * Finds or makes the virtual environment for a plan, in `root/<key>`. Without a Python and without
 * requirements there is none, and the run goes without.
 */
export async function prepareEnvironment(
  options: { root: string; supervisorFile: string },
  request: { plan: EnvironmentPlan; settings: Settings },
  sink: StepSink,
  signal: AbortSignal,
): Promise<PreparedEnvironment> {
  const { plan } = request;
  const requirements = needsInstall(plan.requirements) ? plan.requirements : '';
  const python = await findPython(signal, plan.python);
  if (!python) return withoutPython(requirements, plan.python?.version ?? '3');
  const packageIndex = requirements ? request.settings.packageIndex : '';
  const locked = requirements !== '' && plan.locked;
  const recipe: Recipe = { python, requirements, locked, packageIndex };
  const folder = join(options.root, environmentKey(recipe));
  const { supervisorFile } = options;
  const builder = { recipe, folder, supervisorFile, steps: new Steps(sink), signal };
  if (await isComplete(folder)) return { ...prepared(folder), reused: true, because: 'unchanged' };
  return buildLocked(options.root, builder).catch((error: unknown) => {
    throw fileError(error, options.root);
  });
}

const prepared = (folder: string) => ({ id: folder, name: folder, layout: 'slipway' as const });

function withoutPython(requirements: string, version: string): PreparedEnvironment {
  if (requirements) {
    throw new AppError(
      'E_PYTHON',
      `The requirements need Python ${version}, and none was found on PATH.`,
      {
        next: 'Install it with its venv module (on Debian and Ubuntu: python3 and python3-venv) and launch again.',
      },
    );
  }
  const name = 'no virtual environment';
  const because = 'no Python was found, and nothing is required';
  return { id: '', name, reused: false, because, layout: 'slipway' };
}

/** The interpreter is a link to the system's, which may have gone since. */
async function isComplete(folder: string): Promise<boolean> {
  if ((await recipeIn(folder)) === null) return false;
  return access(join(folder, 'bin', 'python')).then(
    () => true,
    () => false,
  );
}

/**
 * What a complete environment was made from. Null for a half one: a power cut may leave its mark empty.
 * Throws when that cannot be read now: one that is in use must not be taken for a half one.
 */
async function recipeIn(folder: string): Promise<Recipe | null> {
  const text = await unlessMissing(readFile(join(folder, COMPLETE), 'utf8'));
  try {
    return text === null ? null : recipeSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** On the disk as a whole when this returns, or not there. */
async function markComplete(folder: string, recipe: Recipe): Promise<void> {
  const marker = join(folder, COMPLETE);
  await writeFile(`${marker}.new`, JSON.stringify(recipe), { flush: true });
  await rename(`${marker}.new`, marker);
  syncFolder(folder);
}

async function buildLocked(root: string, builder: Builder): Promise<PreparedEnvironment> {
  const { folder, steps, signal } = builder;
  await mkdir(root, { recursive: true, mode: 0o700 });
  const onWait = () => steps.begin('Wait for another run that makes the same environment');
  const release = await lockEnvironment(`${folder}.lock`, onWait, signal).catch(
    (error: unknown) => {
      steps.end(signal.aborted ? 'cancelled' : 'failed');
      throw error;
    },
  );
  try {
    steps.end('done');
    if (await isComplete(folder)) {
      return { ...prepared(folder), reused: true, because: 'another run has just made it' };
    }
    const because = await whyNew(root, builder);
    await build(builder);
    return { ...prepared(folder), reused: false, because };
  } finally {
    release();
  }
}

/** In place, since a virtual environment cannot be moved. */
async function build(builder: Builder): Promise<void> {
  const { folder, recipe, steps } = builder;
  try {
    await removeTree(folder);
    await mkdir(folder, { mode: 0o700 });
    await steps.run(
      `Create the virtual environment (Python ${recipe.python.version})`,
      builder.signal,
      () => createVenv(builder),
    );
    if (recipe.requirements) {
      await steps.run('Install requirements', builder.signal, () => install(builder));
    }
    await markComplete(folder, recipe);
  } catch (error) {
    await removeTree(folder);
    throw error;
  }
}

async function createVenv(builder: Builder): Promise<void> {
  const { recipe, folder } = builder;
  const withPip = recipe.requirements ? [] : ['--without-pip'];
  const argv = [recipe.python.path, '-I', '-m', 'venv', ...withPip, folder];
  const { status, text } = await tool(builder, argv);
  if (status === 0) return;
  if (/ensurepip is not available|No module named '?(venv|ensurepip)/.test(text))
    throw noVenv(text);
  if (saysFull(text)) throw noRoom(text);
  throw new AppError('E_BUILD', `The virtual environment could not be made (status ${status}).`, {
    next: `Check that ${recipe.python.path} works and that the disk has space.`,
    detail: text,
  });
}

const noVenv = (detail: string): AppError =>
  new AppError('E_PYTHON', 'This Python cannot make virtual environments.', {
    next: 'Install its venv module (on Debian and Ubuntu: the package python3-venv) and launch again.',
    detail,
  });

async function install(builder: Builder): Promise<void> {
  const { recipe, folder } = builder;
  await writeFile(join(folder, 'requirements.txt'), recipe.requirements);
  const pip = [join(folder, 'bin', 'python'), '-I', '-m', 'pip'];
  const flags = ['--no-input', '--disable-pip-version-check', '--progress-bar', 'off'];
  const { status, text } = await tool(builder, [
    ...pip,
    'install',
    ...flags,
    ...(recipe.locked ? ['--no-deps'] : []),
    '-r',
    'requirements.txt',
  ]);
  if (status !== 0) throw pipFailure(text, recipe.requirements);
}

const KEPT_OUTPUT = 64 * 1024;

/** Runs a tool as part of the current step; returns its status and the end of its output. */
async function tool(builder: Builder, argv: string[]): Promise<{ status: number; text: string }> {
  const { folder, recipe, steps, supervisorFile, signal } = builder;
  let end = Buffer.alloc(0);
  const onOutput = (bytes: Buffer) => {
    end = Buffer.concat([end, bytes]).subarray(-KEPT_OUTPUT);
    return steps.output(bytes);
  };
  const env = toolEnvironment(process.env, recipe.packageIndex);
  const status = await runTool({ argv, cwd: folder, env, supervisorFile, onOutput }, signal);
  return { status, text: end.toString('utf8') };
}

/** What made a build necessary, told by the environments that are there already. */
async function whyNew(root: string, { recipe, folder }: Builder): Promise<string> {
  if ((await unlessMissing(readdir(folder))) !== null) return 'the last build was not finished';
  const others = await recipesIn(root);
  const same = others.filter((other) => other.requirements === recipe.requirements);
  const before = same.at(-1);
  if (!before)
    return recipe.requirements ? 'first use of these requirements' : 'first use of Python';
  return before.python.version === recipe.python.version &&
    before.python.path === recipe.python.path
    ? 'the package index changed'
    : `Python changed: ${words(before.python)} before, ${words(recipe.python)} now`;
}

const words = (python: Python): string => `${python.version} at ${python.path}`;

async function recipesIn(root: string): Promise<Recipe[]> {
  const names = (await readdir(root)).filter((name) => !name.includes('.'));
  const recipes = await Promise.all(
    names.map((name) => recipeIn(join(root, name)).catch(() => null)),
  );
  return recipes.filter((recipe) => recipe !== null);
}
