import { posix } from 'node:path';
import type { BuildPlan, EnvironmentPlan, JobVersion, Source } from '../../shared/domain/job.ts';
import type { JsonValues } from '../../shared/domain/json.ts';
import { AppError } from '../../shared/errors.ts';
import { parseImageReference } from '../build/image-reference.ts';
import { checkSchema } from '../inputs/schema/load-schema.ts';
import { checkAlias } from '../jobs/aliases.ts';
import { parseGitAddress } from '../sources/git/git-url.ts';

/** As much as Linux takes for one argument, in characters. */
const WORDS_LIMIT = 128 * 1024;
const COMMIT = /^[0-9a-f]{40}$/;
const IMAGE_DIGEST = /^sha256:[0-9a-f]{64}$/;
const PLATFORM = /^[a-z0-9][a-z0-9._-]*(?:\/[a-z0-9][a-z0-9._-]*){1,2}$/;
const PYTHON = /^\d{1,2}(?:\.\d{1,3}){0,2}$/;
const VARIABLE = /^[A-Za-z_]\w*$/;
const STAGE = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;

/** What of a version is looked at before it may be kept. */
interface Checked extends Pick<
  JobVersion,
  'aliases' | 'source' | 'entryPoint' | 'environment' | 'build'
> {
  inputSchema?: JsonValues | undefined;
}

/**
 * Refuses a version from elsewhere that says what no version made here could say: every value that
 * later becomes part of a command, a path, an address or a Dockerfile goes through the check it would
 * have met here.
 * @throws AppError
 */
export function checkVersion(version: Checked): void {
  const { aliases, source, entryPoint, environment, build, inputSchema } = version;
  for (const alias of aliases) if (alias !== 'latest') checkAlias(alias);
  checkWords(entryPoint);
  checkSource(source);
  checkEnvironment(environment);
  checkBuild(build);
  if (inputSchema !== undefined) checkSchema(inputSchema);
}

function demand(fine: boolean, what: string): void {
  if (!fine) throw new AppError('E_ARGS', `${what} is not as it should be.`);
}

function checkWords(words: readonly string[]): void {
  const text = words.join(' ');
  demand(!/[\0\r\n]/.test(text) && text.length <= WORDS_LIMIT, 'The entry point');
}

function checkSource(source: Source): void {
  if (source.kind === 'git') {
    demand(parseGitAddress(source.remote).login === null, 'The address of the repository');
    demand(COMMIT.test(source.commit), 'The commit');
  } else if (source.kind === 'image') {
    parseImageReference(source.reference, 'image');
    demand(IMAGE_DIGEST.test(source.digest), 'The digest of the image');
    demand(PLATFORM.test(source.platform), 'The platform of the image');
    checkWords(source.command);
  }
}

function checkEnvironment({ dependencies, python }: EnvironmentPlan): void {
  if (dependencies) demand(staysInside(dependencies.path), 'The path of the dependencies');
  if (python) demand(PYTHON.test(python.version), 'The Python version');
}

function checkBuild({ context, dockerfile, args, target, baseImage }: BuildPlan): void {
  demand(staysInside(context), 'The build context');
  demand(dockerfile === null || staysInside(dockerfile), 'The path of the Dockerfile');
  demand(target === null || STAGE.test(target), 'The stage to build');
  for (const [name, value] of Object.entries(args)) {
    demand(VARIABLE.test(name) && !value.includes('\0'), 'A build argument');
  }
  if (baseImage !== null) parseImageReference(baseImage);
}

function staysInside(path: string): boolean {
  const plain = posix.normalize(path);
  return !/[\0\r\n]/.test(path) && !posix.isAbsolute(plain) && plain.split('/')[0] !== '..';
}
