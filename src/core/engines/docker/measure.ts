import { cancelled } from '../../../shared/errors.ts';
import type { UsageSample } from '../engine.ts';
import * as z from 'zod/mini';
import type { DockerClient } from './client.ts';
import { cutOff } from './engine-errors.ts';
import { jsonLines } from './json-lines.ts';
import { isRunning, statsSchema, usageOf } from './usage.ts';
import { whileAwake } from './while-awake.ts';

/** The engine sends a record a second, also of a paused container. */
const SILENCE_MS = 30_000;

/** See `Engine.measure`. */
export async function* measure(
  client: DockerClient,
  ref: string,
  signal: AbortSignal,
): AsyncGenerator<UsageSample> {
  const lost = cutOff('Measuring the container');
  const stream = await client.stats(ref, signal);
  try {
    for await (const record of jsonLines(whileAwake(stream, SILENCE_MS, lost))) {
      const stats = z.safeParse(statsSchema, record);
      if (!stats.success || !isRunning(stats.data)) return;
      yield usageOf(stats.data);
    }
  } catch (error) {
    if (signal.aborted) throw cancelled('Measuring the container');
    throw error === lost ? lost : cutOff('Measuring the container', error);
  } finally {
    stream.destroy();
  }
}
