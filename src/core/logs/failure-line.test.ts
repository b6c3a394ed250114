import { describe, expect, it } from 'vitest';
import { type LogLine, STDERR, STDOUT } from '../../shared/contract/log-stream.ts';
import { failureLine } from './failure-line.ts';

/** Lines of stderr; those that start with `> ` are of stdout. */
const linesOf = (text: string): LogLine[] =>
  text.split('\n').map((line, number) => ({
    text: line.replace(/^> /, ''),
    stream: line.startsWith('> ') ? STDOUT : STDERR,
    number,
    at: 0,
    continues: false,
  }));

const PYTHON = `> epoch 1
Traceback (most recent call last):
  File "train.py", line 3, in <module>
    main()
KeyError: 'loss'`;

const CHAIN = `Traceback (most recent call last):
  File "a.py", line 3
ValueError: first

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "a.py", line 5
my.package.Failure: second
with another line`;

const cases: [string, string, string | null][] = [
  ['a traceback', PYTHON, "KeyError: 'loss'"],
  ['the last of a chain', CHAIN, 'my.package.Failure: second'],
  ['one with output between', `${PYTHON}\n> bye\nsync done`, "KeyError: 'loss'"],
  ['one behind a bar', ` 10%|# |\r 20%|## |${PYTHON.slice(10)}`, "KeyError: 'loss'"],
  [
    'one with frames of the other stream',
    PYTHON.replace('    main()', '> x\n    main()'),
    "KeyError: 'loss'",
  ],
  [
    'a coloured one',
    PYTHON.replace('KeyError', '\x1b[31mKeyError\x1b[0m'),
    "\x1b[31mKeyError\x1b[0m: 'loss'",
  ],
  ['one without a message', PYTHON.replace(": 'loss'", ''), 'KeyError'],
  [
    'an error of arguments',
    'usage: a.py\na.py: error: unrecognized arguments: -x',
    'a.py: error: unrecognized arguments: -x',
  ],
  [
    'an exception alone',
    'start\ntorch.OutOfMemoryError: CUDA out of memory',
    'torch.OutOfMemoryError: CUDA out of memory',
  ],
  [
    'a panic of Go',
    'panic: runtime error: index out of range\n\ngoroutine 1 [running]:',
    'panic: runtime error: index out of range',
  ],
  [
    'a panic of Rust',
    "thread 'main' panicked at src/main.rs:2:5:\nboom",
    "thread 'main' panicked at src/main.rs:2:5:",
  ],
  ['git', 'fatal: not a git repository\n', 'fatal: not a git repository'],
  ['a crash', 'loading\nSegmentation fault (core dumped)', 'Segmentation fault (core dumped)'],
  [
    'a crash of Python',
    'Fatal Python error: Segmentation fault\n\nThread 0x1',
    'Fatal Python error: Segmentation fault',
  ],
  [
    'what make hides',
    'a.c:3:1: error: expected ;\nmake: *** [all] Error 1',
    'a.c:3:1: error: expected ;',
  ],
  ['a shell', '/bin/sh: 1: foo: not found', '/bin/sh: 1: foo: not found'],
  [
    'a missing file',
    "python: can't open file 'x.py': [Errno 2] No such file or directory",
    "python: can't open file 'x.py': [Errno 2] No such file or directory",
  ],
  [
    'pip',
    'ERROR: No matching distribution found for torch==9.9',
    'ERROR: No matching distribution found for torch==9.9',
  ],
  ['stderr first', 'RuntimeError: real\n> Error: printed', 'RuntimeError: real'],
  ['stdout else', '> Error: printed\nwarning', 'Error: printed'],
  ['the last one', 'Error: first\nError: second\ngoodbye', 'Error: second'],
  ['no metric', 'step 3 error: 0.31\nval error: 1e-3 ok\nerrors: 0', null],
  ['nothing that succeeded', '0 errors\nerror rate 0.1\nNo error.', null],
  ['nothing in an empty log', '', null],
  ['nothing far from the end', `Error: early${'\nstep'.repeat(300)}`, null],
];

describe('the failing line', () => {
  it.each(cases)('is found: %s', (_name, text, line) => {
    const lines = linesOf(text);
    const found = failureLine(lines);
    expect(found === null ? null : lines[found]?.text).toBe(line);
  });
});
