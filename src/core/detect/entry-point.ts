import type { TreeEntry } from '../../shared/domain/snapshot.ts';
import { AppError } from '../../shared/errors.ts';
import { scriptOf } from './runners.ts';
import { broken, joinWords, splitWords } from './shell-words.ts';
import { near, Tree } from './tree.ts';

/** The longest entry point, in bytes: what Linux takes as one argument. */
const LIMIT_BYTES = 128 * 1024;

const EXAMPLE = 'Write the command that starts the code, such as: python main.py --epochs 3';

/**
 * Splits an entry point into the words the program is started with (see {@link splitWords}). They
 * go through no shell.
 */
export function parseEntryPoint(text: string): string[] {
  if (Buffer.byteLength(text) > LIMIT_BYTES) {
    throw new AppError('E_ENTRYPOINT', 'The entry point is longer than 128 KB.', {
      next: 'Put the arguments into a file that the code reads.',
    });
  }
  const line = text.replace(/[\r\n]+$/, '');
  const odd = /[\n\r\0]/.exec(line);
  if (odd) throw broken(line, odd.index, oddName(odd[0]), 'Write it as one line.');
  const words = splitWords(line);
  if (words.length === 0 || words[0] === '') {
    throw new AppError('E_ENTRYPOINT', 'The entry point is empty.', { next: EXAMPLE });
  }
  return words;
}

const oddName = (character: string): string =>
  character === '\0' ? 'a NUL character' : 'a line break';

/** The reverse of {@link parseEntryPoint}. Words must hold no line breaks. */
export const formatEntryPoint = (words: readonly string[]): string => joinWords(words);

const SHELL_SYNTAX = /^(?:;|&&?|\|\|?|\d*[<>].*)$|;$|\$\(|\$\{|`|^\$\w+$/;

/**
 * A hint for words that look as if a shell were expected, or null. They are passed on as plain
 * arguments all the same. Words behind `sh -c` are meant for a shell and give no hint.
 */
export function shellSyntaxHint(words: readonly string[]): string | null {
  const isShell = /^(?:.*\/)?(?:ba|da|z|k)?sh$/.test(words[0] ?? '');
  if (isShell && words.some((word) => /^-\w*c$/.test(word))) return null;
  const found = words.find((word) => SHELL_SYNTAX.test(word));
  if (found === undefined) return null;
  return `"${found}" is passed to the program as it stands: entry points do not go through a shell. Put a command line like this into a script, such as run.sh, and start that.`;
}

/**
 * Refuses an entry point whose script is not among the snapshot's `entries`, and offers near ones.
 * Only what a well-known runner starts is judged, and a program given as a relative path.
 */
export function checkEntryPoint(words: readonly string[], entries: readonly TreeEntry[]): void {
  const script = scriptOf(words);
  if (!script) return;
  const tree = new Tree(entries);
  if (script.kind === 'module') {
    // A module that is not the code's own may be an installed one.
    if (!tree.ownsModule(script.name) || tree.hasModule(script.name)) return;
    throw missing(`The module ${script.name}`, `${script.name.replaceAll('.', '/')}.py`, entries);
  }
  if (tree.isBehindLink(script.path)) return;
  const entry = script
    .accepts(script.path)
    .map((path) => tree.find(path))
    .find((found) => found !== null);
  if (!entry) throw missing(`"${script.path}"`, script.path, entries);
  if (script.kind === 'program' && entry.kind === 'file' && !entry.executable) {
    throw notExecutable(script.path);
  }
}

function missing(what: string, path: string, entries: readonly TreeEntry[]): AppError {
  const offers = near(path, entries);
  return new AppError(
    'E_ENTRYPOINT_MISSING',
    `${what} of the entry point is not in the snapshot.`,
    {
      next: offers.length
        ? `Did you mean: ${offers.join(', ')}`
        : 'Check the path, which starts at the top of the folder, and that no rule leaves the file out.',
    },
  );
}

const notExecutable = (path: string): AppError =>
  new AppError('E_ENTRYPOINT_MISSING', `"${path}" is there, but it is not executable.`, {
    next: `Make it executable (chmod +x ${path}), or start it with its interpreter: bash ${path}`,
  });
