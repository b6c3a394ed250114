import { posix } from 'node:path';

/** What of the code an entry point starts. */
export type Script =
  | {
      /** `program`: started itself; `file`: given to an interpreter. */
      kind: 'program' | 'file';
      path: string;
      /** The paths of which one must be there. */
      accepts: (path: string) => string[];
    }
  | { kind: 'module'; name: string };

interface Runner {
  name: RegExp;
  /** Options whose value is the next word. */
  valued: RegExp;
  /** Options after which there is no script: the code is in the words or comes from the input. */
  inline: RegExp;
  accepts: (path: string) => string[];
}

const exactly = (path: string): string[] => [path];

const PYTHON: Runner = {
  name: /^python(?:\d+(?:\.\d+)*)?$/,
  valued: /^-[WX]$|^--check-hash-based-pycs$/,
  inline: /^-[bBdEiIOPqsSuvx]*c|^-$|^-[hV]|^--(?:help|version)/,
  accepts: (path) => [path, posix.join(path, '__main__.py')],
};

/** `-m name`, also behind other letters and with the name attached: `-um`, `-mname`. */
const PYTHON_MODULE = /^-[bBdEiIOPqsSuvx]*m(.*)$/;

const RUNNERS: readonly Runner[] = [
  PYTHON,
  {
    name: /^(?:ba|da|z|k)?sh$/,
    valued: /^[-+][a-zA-Z]*[oO]$|^--(?:rcfile|init-file)$/,
    inline: /^-[a-zA-Z]*[cs]|^-$/,
    accepts: exactly,
  },
  {
    name: /^node(?:js)?$/,
    valued: /^-[rC]$|^--(?:require|import|loader|experimental-loader|conditions)$/,
    inline: /^-[a-z]*[ep]$|^--(?:eval|print|test|run)(?:=|$)|^-$/,
    accepts: (path) => [
      ...['', '.js', '.cjs', '.json', '.node'].map((extension) => path + extension),
      ...['index.js', 'package.json'].map((file) => posix.join(path, file)),
    ],
  },
  { name: /^Rscript$/, valued: /^$/, inline: /^-e$|^-$/, accepts: exactly },
  {
    name: /^julia$/,
    valued: /^-[ptLJCH]$|^--(?:procs|threads|load|sysimage)$/,
    inline: /^-[eEm]|^--(?:eval|print|module)|^-$/,
    accepts: exactly,
  },
];

/** Python modules that are given a script to start, as `torchrun` is. */
const LAUNCHER_MODULES = ['torch.distributed.run', 'torch.distributed.launch'];

/** The script or module that words start, or null when that cannot be told. */
export function scriptOf(words: readonly string[]): Script | null {
  const [program = '', ...rest] = words;
  if (program.includes('/') && !program.startsWith('/')) {
    return { kind: 'program', path: program, accepts: exactly };
  }
  const name = posix.basename(program);
  if (name === 'torchrun') return launched(rest);
  const runner = RUNNERS.find((each) => each.name.test(name));
  return runner ? interpreted(runner, rest) : null;
}

function interpreted(runner: Runner, words: readonly string[]): Script | null {
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const module = runner === PYTHON ? PYTHON_MODULE.exec(word) : null;
    if (module) return moduleOf(module[1] || words[at + 1], words.slice(at + 1));
    if (runner.inline.test(word)) return null;
    if (word === '--') return file(words[at + 1], runner.accepts);
    if (!/^[-+]/.test(word)) return file(word, runner.accepts);
    if (runner.valued.test(word)) at += 1;
  }
  return null;
}

function moduleOf(name: string | undefined, rest: readonly string[]): Script | null {
  if (!name) return null;
  return LAUNCHER_MODULES.includes(name) ? launched(rest) : { kind: 'module', name };
}

/** The options of launchers are many and take values in both ways, so the script is told by its name. */
function launched(words: readonly string[]): Script | null {
  return file(
    words.find((word) => !word.startsWith('-') && word.endsWith('.py')),
    exactly,
  );
}

/** A script outside the code cannot be judged. */
const file = (path: string | undefined, accepts: Runner['accepts']): Script | null =>
  path && !path.startsWith('/') ? { kind: 'file', path, accepts } : null;
