import { expect, it } from 'vitest';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import { failureBeforeStart } from './failure.ts';

it.each<[ErrorCode, string, string]>([
  ['E_ENGINE_LOST', 'crashed', 'engine-lost'],
  ['E_IMAGE_NOT_FOUND', 'failed', 'no-image'],
  ['E_BASE_IMAGE', 'failed', 'no-image'],
  ['E_REGISTRY_AUTH', 'failed', 'no-image'],
  ['E_BUILD', 'failed', 'build-failed'],
  ['E_PREFLIGHT', 'failed', 'build-failed'],
  ['E_UNBUILDABLE', 'failed', 'build-failed'],
  ['E_DOCKERFILE_NOT_FOUND', 'failed', 'build-failed'],
  ['E_DOCKERIGNORE', 'failed', 'build-failed'],
  ['E_SOURCE_IO', 'failed', 'source-failed'],
  ['E_START', 'failed', 'start-failed'],
])('a run that met %s before it started is %s: %s', (code, state, reason) => {
  const outcome = failureBeforeStart(new AppError(code, 'why', { next: 'do this' }));
  expect(outcome).toMatchObject({ state, reason: { code: reason, text: 'why', next: 'do this' } });
});
