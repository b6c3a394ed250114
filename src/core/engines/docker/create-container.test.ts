import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { DEFAULT_RUN_SETTINGS } from '../../../shared/domain/launch-spec.ts';
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings.ts';
import type { CreateRequest } from '../engine.ts';
import type { DockerClient } from './client.ts';
import { createContainer } from './create-container.ts';

const ID = 'c'.repeat(64);
const never = new AbortController().signal;

const REQUEST: CreateRequest = {
  ...{ attemptId: 'a-1', runId: 'a', environmentId: 'sha256:0', layout: 'image', code: null },
  ...{ argv: ['true'], env: {}, files: [], secrets: [], live: null },
  ...{ run: DEFAULT_RUN_SETTINGS, settings: DEFAULT_SETTINGS },
};

/** An engine whose container is fine, but whose answers are not. */
function engine(answers: { create?: Error; inspect?: Error }, startedAt = '0001-01-01T00:00:00Z') {
  const removed: string[] = [];
  const given = { ...answers };
  const fail = (call: 'create' | 'inspect'): void => {
    const fault = given[call];
    delete given[call];
    if (fault) throw fault;
  };
  const client = {
    inspectImage: async () => null,
    isLocal: async () => true,
    createContainer: async () => {
      fail('create');
      return ID;
    },
    inspectContainer: async () => {
      fail('inspect');
      const Labels = { 'dev.slipway.attempt': 'a-1' };
      return { Id: ID, Config: { Labels }, State: { StartedAt: startedAt } };
    },
    remove: async (id: string) => void removed.push(id),
  };
  return { client: client as unknown as DockerClient, removed };
}

const create = (client: DockerClient) =>
  createContainer({ client, instanceId: 'i', resources: '/' }, REQUEST, never);

describe('a container that was made while answers went wrong', () => {
  it.each(['create', 'inspect'] as const)('is removed again (%s)', async (call) => {
    const { client, removed } = engine({ [call]: new AppError('E_ENGINE', 'no answer of Docker') });
    await expect(create(client)).rejects.toMatchObject({ code: 'E_ENGINE' });
    expect(removed).toEqual([ID]);
  });

  it('is left alone when it has started meanwhile', async () => {
    const fault = new AppError('E_ENGINE', 'no answer of Docker');
    const { client, removed } = engine({ inspect: fault }, '2026-01-01T00:00:00Z');
    await expect(create(client)).rejects.toBe(fault);
    expect(removed).toEqual([]);
  });
});
