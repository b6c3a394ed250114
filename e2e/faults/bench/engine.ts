import { copyImage } from '../../../src/core/engines/docker/testing/docker-cli.ts';
import { PrivateEngine } from '../../../src/core/engines/docker/testing/private-engine.ts';

/** Starts an engine of a scenario's own, with the base image and nothing else on it. */
export async function startEngine(flags: string[] = []): Promise<PrivateEngine> {
  const engine = await PrivateEngine.start(flags);
  try {
    await copyImage(process.env['SLIPWAY_TEST_BASE_IMAGE'] ?? 'python:3.11-slim', engine.host);
    return engine;
  } catch (error) {
    await engine.dispose();
    throw error;
  }
}
