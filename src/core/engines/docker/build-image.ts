import { Readable } from 'node:stream';
import { AppError, cancelled } from '../../../shared/errors.ts';
import { BuildkitProgress } from '../../build/buildkit-progress.ts';
import { ClassicProgress } from '../../build/classic-progress.ts';
import {
  type BuildFailure,
  friendlyStepName,
  type ProgressReader,
  type StepReporter,
} from '../../build/step-events.ts';
import { failedLine } from '../../build/failed-line.ts';
import type { BuildLeftovers } from './build-leftovers.ts';
import type { DockerClient } from './client.ts';
import { cutOff, knownCause } from './engine-errors.ts';
import { jsonLines } from './json-lines.ts';

export interface BuildInput {
  /** Makes the build context: a tar with the Dockerfile in it. */
  context(): AsyncIterable<Buffer>;
  /** Path of the Dockerfile in the context. */
  dockerfile: string;
  /** Its text, to name lines by; null for a generated one, whose lines mean nothing to a person. */
  text: string | null;
  args: Record<string, string>;
  /** The stage to build; null for the last. */
  target: string | null;
  tag: string;
  labels: Record<string, string>;
  /** Network of the `RUN` lines; empty for the engine's default. */
  network: string;
  builder: 'buildkit' | 'classic';
}

function buildQuery(input: BuildInput): Record<string, unknown> {
  return {
    t: input.tag,
    dockerfile: input.dockerfile,
    labels: input.labels,
    rm: true,
    forcerm: true,
    ...(Object.keys(input.args).length > 0 && { buildargs: input.args }),
    ...(input.target !== null && { target: input.target }),
    ...(input.network && { networkmode: input.network }),
    ...(input.builder === 'buildkit' && { version: '2' }),
  };
}

function buildError(
  { instruction, exitCode, message }: BuildFailure,
  output: string,
  text: string | null,
): AppError {
  const known = knownCause(message) ?? knownCause(output.slice(-500));
  if (known) return known;
  const line = text === null ? null : failedLine(text, instruction, message);
  const step = instruction ? ` at "${friendlyStepName(instruction).slice(0, 200)}"` : '';
  const where =
    line === null ? step : ` at line ${line} of the Dockerfile${step && `,${step.slice(3)}`}`;
  const code = exitCode === null ? '' : `: exit code ${exitCode}`;
  const own = instruction && exitCode !== null ? '' : `: ${message.slice(0, 300)}`;
  return new AppError('E_BUILD', `Building the image failed${where}${code}${own}.`, {
    next: 'Read the end of its output, mend the cause and launch again; the build log (slipway run logs --build) has all of it.',
    detail: ownOutput(output, instruction).trim() || message,
  });
}

/** The classic builder refuses a file that it cannot parse before it begins. */
const refusedFile = (error: AppError, text: string | null): AppError | null =>
  error.code === 'E_ENGINE' && /dockerfile parse error|no build stage/i.test(error.message)
    ? buildError({ instruction: null, exitCode: null, message: error.message }, '', text)
    : null;

/** A step's output without the instruction, which stands before it where the step has a name of its own. */
const ownOutput = (output: string, instruction: string | null): string =>
  instruction && output.startsWith(instruction) ? output.slice(instruction.length) : output;

async function readRecords(
  stream: Readable,
  progress: ProgressReader,
  reporter: StepReporter,
  text: string | null,
): Promise<string> {
  for await (const record of jsonLines(stream)) {
    for (const event of progress.read(record)) await reporter.report(event);
  }
  if (progress.failure) throw buildError(progress.failure, reporter.lastOutput, text);
  if (progress.imageId === null) throw cutOff('Building the image');
  return progress.imageId;
}

/**
 * Builds an image and reports its steps. Returns the image id. Closing the connection, which the
 * signal does, makes the engine stop the build.
 * @throws `E_BUILD` naming the instruction that failed, `E_ENGINE_LOST`, `E_DISK_FULL`, ...
 */
export async function buildImage(
  client: DockerClient,
  input: BuildInput,
  reporter: StepReporter,
  signal: AbortSignal,
  leftovers: Pick<BuildLeftovers, 'add'>,
): Promise<string> {
  const progress = input.builder === 'buildkit' ? new BuildkitProgress() : new ClassicProgress();
  const context = Readable.from(input.context(), { objectMode: false });
  try {
    const stream = await client.build(context, buildQuery(input), signal);
    const imageId = await readRecords(stream, progress, reporter, input.text);
    reporter.endOpen('done');
    return imageId;
  } catch (error) {
    reporter.endOpen(signal.aborted ? 'cancelled' : 'failed');
    if (signal.aborted) throw cancelled('Building the image');
    if ('container' in progress) leftovers.add(progress.container);
    if (error instanceof AppError) throw refusedFile(error, input.text) ?? error;
    throw cutOff('Building the image', error);
  } finally {
    context.destroy();
  }
}
