import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { formatEntryPoint, parseEntryPoint, shellSyntaxHint } from './entry-point.ts';

const failure = (text: string): AppError => {
  try {
    parseEntryPoint(text);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error(`accepted: ${text}`);
};

const word = fc.string({ unit: 'binary' }).filter((text) => !/[\n\r\0]/.test(text));
const tricky = fc
  .array(fc.constantFrom("'", '"', '\\', ' ', '\t', '$', '`', 'a', 'ß', '🚀', ';', '#'))
  .map((characters) => characters.join(''));

describe('parseEntryPoint', () => {
  it.each([
    ['python main.py', ['python', 'main.py']],
    ['  python\t main.py  ', ['python', 'main.py']],
    [`python -c 'print("a  b")'`, ['python', '-c', 'print("a  b")']],
    [`a"b c"'d e'f`, ['ab cd ef']],
    [`x '' ""`, ['x', '', '']],
    [String.raw`a\ b \"c\" "d\"e" "f\g" '\'`, ['a b', '"c"', 'd"e', String.raw`f\g`, '\\']],
    [String.raw`'a\\'"c" \\\\"x"`, [String.raw`a\\c`, String.raw`\\x`]],
    ['python x.py; rm -rf /', ['python', 'x.py;', 'rm', '-rf', '/']],
    ['echo $(id) `id` > x # y', ['echo', '$(id)', '`id`', '>', 'x', '#', 'y']],
  ])('splits %j', (text, words) => {
    expect(parseEntryPoint(text)).toEqual(words);
  });

  it('takes a line break at the end, as pasted text has it', () => {
    expect(parseEntryPoint('python main.py\r\n')).toEqual(['python', 'main.py']);
  });

  it.each([
    [`python 'a b`, 'column 8'],
    [`  python "a\\"`, 'column 10'],
    ['python a\\', 'column 9'],
    ['python a\\\n', 'column 9'],
    ['python\nmain.py', 'column 7'],
    ['python \0', 'column 8'],
    [`a"b' 'c" 'd`, 'column 10'],
  ])('refuses %j with the place', (text, column) => {
    expect(failure(text)).toMatchObject({
      code: 'E_ENTRYPOINT_PARSE',
      message: expect.stringContaining(column) as string,
      next: expect.any(String) as string,
    });
  });

  it.each(['', ' \t ', "''", `"" x`, 'x'.repeat(128 * 1024 + 1), 'ß'.repeat(70_000)])(
    'refuses what is empty or too long',
    (text) => {
      expect(failure(text).code).toBe('E_ENTRYPOINT');
    },
  );

  it('gives back what formatEntryPoint wrote', () => {
    const words = fc.array(fc.oneof(word, tricky), { minLength: 1 }).filter(([first]) => !!first);
    fc.assert(
      fc.property(words, (given) => {
        expect(parseEntryPoint(formatEntryPoint(given))).toEqual(given);
      }),
    );
  });

  it('gives words or an error with a code for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), tricky), (text) => {
        try {
          expect(parseEntryPoint(text).length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
    );
  });

  it('takes time in proportion for a long word', () => {
    expect(parseEntryPoint(`x ${'a'.repeat(120_000)}`)[1]).toHaveLength(120_000);
    expect(parseEntryPoint(`x "${'\\"'.repeat(60_000)}"`)[1]).toHaveLength(60_000);
    expect(parseEntryPoint(`x ${'""'.repeat(60_000)}`)).toEqual(['x', '']);
  });
});

describe('shellSyntaxHint', () => {
  it.each([
    'a ; b',
    'a; b',
    'a | b',
    'a && b',
    'a > x',
    'a 2>&1',
    'a $(id)',
    'a `id`',
    'a ${X}',
    'a $X',
    'a &',
  ])('warns of %j', (text) => {
    expect(shellSyntaxHint(parseEntryPoint(text))).toContain('shell');
  });

  it.each(['python main.py --re a|b', 'python x.py --price 5$', "bash -c 'a; b | c'", 'x -> y'])(
    'is silent about %j',
    (text) => {
      expect(shellSyntaxHint(parseEntryPoint(text))).toBeNull();
    },
  );
});

const hasPython = (() => {
  try {
    execFileSync('python3', ['-c', '']);
    return true;
  } catch {
    return false;
  }
})();

it.runIf(hasPython)('splits like Python’s shlex', () => {
  const plain = tricky.filter((text) => !/\\[$`]/.test(text) && text.trim() !== '');
  const texts = fc.sample(plain, 500);
  const script =
    'import sys, json, shlex\ndef f(t):\n  try: return shlex.split(t)\n  except ValueError: return None\nprint(json.dumps([f(t) for t in json.load(sys.stdin)]))';
  const answer = execFileSync('python3', ['-c', script], { input: JSON.stringify(texts) });
  const ours = texts.map((text) => {
    try {
      return parseEntryPoint(text);
    } catch (error) {
      return error instanceof AppError && error.code === 'E_ENTRYPOINT' ? 'empty' : null;
    }
  });
  const theirs = (JSON.parse(answer.toString('utf8')) as (string[] | null)[]).map((words) =>
    words !== null && !words[0] ? 'empty' : words,
  );
  expect(ours).toEqual(theirs);
});
