import { access, constants, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { AppError } from '../../../shared/errors.ts';

const DEFAULT_PATH = '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin';

/** What a program may know of the person's session. Everything else of the app's environment stays out. */
const SESSION_VARIABLES = ['HOME', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'TMPDIR', 'USER', 'LOGNAME'];

/** How the package installer reaches the network. */
const NETWORK_VARIABLES = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'].flatMap((name) => [
  name,
  name.toUpperCase(),
]);
const CERTIFICATE_VARIABLES = [
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'REQUESTS_CA_BUNDLE',
  'PIP_CERT',
  'PIP_CONFIG_FILE',
];

type Variables = Record<string, string>;

function pick(names: readonly string[], from: NodeJS.ProcessEnv): Variables {
  const found = names.flatMap((name) => (from[name] ? [[name, from[name]] as const] : []));
  return Object.fromEntries(found);
}

/** The clean base every process of the engine starts from. */
export function baseEnvironment(from: NodeJS.ProcessEnv): Variables {
  return { PATH: from['PATH'] || DEFAULT_PATH, LANG: 'C.UTF-8', ...pick(SESSION_VARIABLES, from) };
}

/** For Python's own tools while an environment is made. An empty index means pip's own. */
export function toolEnvironment(from: NodeJS.ProcessEnv, packageIndex: string): Variables {
  return {
    ...baseEnvironment(from),
    ...pick([...NETWORK_VARIABLES, ...CERTIFICATE_VARIABLES], from),
    PYTHONUNBUFFERED: '1',
    ...(packageIndex && indexVariables(packageIndex)),
  };
}

/** pip refuses an index over plain http unless it is told that its host is meant. */
function indexVariables(packageIndex: string): Variables {
  const url = URL.canParse(packageIndex) ? new URL(packageIndex) : null;
  return {
    PIP_INDEX_URL: packageIndex,
    ...(url?.protocol === 'http:' && { PIP_TRUSTED_HOST: url.host }),
  };
}

/** What a job's program gets: the base, the virtual environment (its folder, or ''), then what the job names. */
export function programEnvironment(
  from: NodeJS.ProcessEnv,
  virtualEnvironment: string,
  given: Variables,
): Variables {
  const variables: Variables = { ...baseEnvironment(from), PYTHONUNBUFFERED: '1', ...given };
  if (!virtualEnvironment) return variables;
  const path = [join(virtualEnvironment, 'bin'), variables['PATH'] ?? DEFAULT_PATH].join(delimiter);
  return { ...variables, VIRTUAL_ENV: virtualEnvironment, PATH: path };
}

/**
 * Finds the program the way `execvp` does, so that a mistake is told before anything starts: a word
 * with a slash is a path from the code's folder and returned as it is, any other is looked up in
 * `path` and returned with its folder.
 */
export async function resolveProgram(word: string, code: string, path: string): Promise<string> {
  if (word.includes('/')) {
    const problem = await whyNotRunnable(resolve(code, word));
    if (problem) throw notStarted(word, problem);
    return word;
  }
  for (const folder of path.split(delimiter)) {
    const file = join(folder, word);
    if (isAbsolute(folder) && word && !(await whyNotRunnable(file))) return file;
  }
  throw notStarted(word, 'there is no such program on this computer');
}

async function whyNotRunnable(file: string): Promise<string | null> {
  const facts = await stat(file).catch(() => null);
  if (!facts) return 'there is no such file';
  if (!facts.isFile()) return 'it is not a file';
  // Asked of the mode as well, since root may "execute" anything by `access` on some systems.
  const allowed = await access(file, constants.X_OK).then(
    () => (facts.mode & 0o111) !== 0,
    () => false,
  );
  return allowed ? null : 'the file is not executable';
}

function notStarted(word: string, problem: string): AppError {
  return new AppError('E_START', `"${word}" cannot be started: ${problem}.`, {
    next: problem.endsWith('executable')
      ? `Make it executable (chmod +x) or start it through its interpreter, such as "bash ${word}".`
      : 'Check the first word of the entry point, or install the program.',
  });
}
