import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jsonLines } from '../engines/docker/json-lines.ts';
import { RecordedSteps } from '../engines/docker/testing/memory-sink.ts';
import { BuildkitProgress } from './buildkit-progress.ts';
import { ClassicProgress } from './classic-progress.ts';
import { StepReporter, type ProgressReader } from './step-events.ts';

const fixture = (name: string): Buffer => readFileSync(join(import.meta.dirname, 'fixtures', name));

async function play(bytes: Iterable<Buffer>, progress: ProgressReader): Promise<RecordedSteps> {
  const steps = new RecordedSteps();
  const reporter = new StepReporter(steps);
  async function* stream(): AsyncGenerator<Buffer> {
    for (const chunk of bytes) yield await Promise.resolve(chunk);
  }
  for await (const record of jsonLines(stream())) {
    for (const event of progress.read(record)) await reporter.report(event);
  }
  return steps;
}

const cases = [
  ['buildkit-failed.jsonl', () => new BuildkitProgress()],
  ['buildkit-cached.jsonl', () => new BuildkitProgress()],
  ['classic-failed.jsonl', () => new ClassicProgress()],
  ['classic-done.jsonl', () => new ClassicProgress()],
] as const;

describe('build progress', () => {
  it.each(cases)(
    'reads %s the same wherever it is cut',
    { timeout: 60_000 },
    async (name, reader) => {
      const bytes = fixture(name);
      const whole = reader();
      const expected = JSON.stringify((await play([bytes], whole)).steps);
      // Cut once at every 7th byte, which over the lines meets every place in a record, and into single bytes.
      const cuts = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, i) => i * 7);
      const feeds = cuts.map((cut) => [bytes.subarray(0, cut), bytes.subarray(cut)]);
      feeds.push(Array.from(bytes, (_, i) => bytes.subarray(i, i + 1)));
      for (const chunks of feeds) {
        const progress = reader();
        expect(JSON.stringify((await play(chunks, progress)).steps)).toBe(expected);
        expect([progress.imageId, progress.failure]).toEqual([whole.imageId, whole.failure]);
      }
    },
  );

  it('names the instruction that failed under BuildKit, with its output', async () => {
    const progress = new BuildkitProgress();
    const { steps } = await play([fixture('buildkit-failed.jsonl')], progress);
    expect(progress.failure).toMatchObject({
      exitCode: 3,
      instruction: expect.stringMatching(/^RUN .*exit 3$/),
    });
    expect(steps.at(-1)).toMatchObject({ state: 'failed', output: 'three\npart' });
    expect(steps.map((step) => step.output).join('')).toContain('/usr/bin/python3\nto-stderr\n');
    expect(progress.imageId).toBeNull();
  });

  it('tells cached steps and the image id under BuildKit', async () => {
    const progress = new BuildkitProgress();
    const { steps } = await play([fixture('buildkit-cached.jsonl')], progress);
    expect(steps.filter((step) => step.state === 'cached').length).toBeGreaterThanOrEqual(2);
    expect(progress.imageId).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(progress.failure).toBeNull();
  });

  it('names the instruction that failed in the classic builder', async () => {
    const progress = new ClassicProgress();
    const { steps } = await play([fixture('classic-failed.jsonl')], progress);
    expect(progress.failure).toMatchObject({
      exitCode: 3,
      instruction: 'RUN echo three; printf part; exit 3',
    });
    expect(steps.map((step) => step.state)).toEqual(['done', 'cached', 'cached', 'failed']);
    expect(steps.at(-1)?.output).toBe(
      ' ---> Running in d73269ba6d0f\nthree\npart'.replace(/^.*\n/, ''),
    );
  });

  it('knows the container of a step from the builder alone', () => {
    const progress = new ClassicProgress();
    const read = (stream: string): string | null => {
      progress.read({ stream });
      return progress.container;
    };
    expect(read('Step 1/2 : RUN evil')).toBeNull();
    read('\n');
    expect(read(' ---> Running in d73269ba6d0f\n')).toBe('d73269ba6d0f');
    read('hello\n');
    expect(read(' ---> Running in 111111111111\n')).toBe('d73269ba6d0f');
    expect(read('Removing intermediate container d73269ba6d0f\n')).toBeNull();
    read('Step 2/2 : COPY a b');
    read('words\n');
    expect(read(' ---> Running in 111111111111\n')).toBeNull();
  });

  it('does not take what a program prints for a step', () => {
    const progress = new ClassicProgress();
    progress.read({ stream: 'Step 1/2 : FROM a' });
    const events = progress.read({ stream: 'Step 2/9 : RUN evil' });
    expect(events).toEqual([
      { type: 'output', key: '1', bytes: Buffer.from('Step 2/9 : RUN evil') },
    ]);
  });

  it.each([null, 3, 'x', [], { aux: 1 }, { id: 'moby.buildkit.trace', aux: 'AAAA_' }])(
    'passes over %j',
    (record) => {
      expect(new BuildkitProgress().read(record)).toEqual([]);
      expect(new ClassicProgress().read(record)).toEqual([]);
    },
  );
});
