import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bytesOf, referenceOf, wordsOf, type LinesSpec, type LogStream } from './reference.ts';

const whole = (spec: LinesSpec, stream: LogStream): string =>
  Buffer.concat([...referenceOf(spec, stream)]).toString('latin1');

/** What a program prints on one of its streams, whatever its exit code. */
function printed(program: string, file: string, spec: LinesSpec, stream: LogStream): string {
  const words = [join(import.meta.dirname, file), ...wordsOf(spec)];
  const stdio = ['ignore', ...[1, 2].map((one) => (one === stream ? 'pipe' : 'ignore'))];
  const options = { stdio: stdio as ('ignore' | 'pipe')[], encoding: 'latin1' } as const;
  try {
    return stream === 1 ? execFileSync(program, words, options) : errorsOf(program, words, spec);
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

function errorsOf(program: string, words: string[], { exitCode }: LinesSpec): string {
  try {
    execFileSync(program, words, { encoding: 'latin1', stdio: 'pipe' });
  } catch (error) {
    return (error as { stderr: string }).stderr;
  }
  throw new Error(`it did not end with ${exitCode}`);
}

describe.each([
  ['python3', 'lines.py', 5000],
  ['sh', 'lines.sh', 300],
])('what %s %s prints', (program, file, lines) => {
  const spec: LinesSpec = { seed: 2_000_000_011, lines, width: 33, rate: 0, exitCode: 3 };

  it.each([1, 2] as const)('on stream %i is the reference', (stream) => {
    const text = printed(program, file, spec, stream);
    expect(text).toBe(whole(spec, stream));
    expect(text).toHaveLength(bytesOf(spec, stream));
  });
});
