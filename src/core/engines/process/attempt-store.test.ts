import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resources } from './test-kit.ts';
import { testFolder } from '../../db/testing.ts';
import { createAttemptStore } from './attempt-store.ts';

const WHOLE = {
  attemptId: 'whole-1',
  runId: 'whole',
  instanceId: 'mine',
  environmentId: '/env',
  program: '/bin/true',
  argv: ['true'],
  env: {},
};

describe('the folders of attempts', () => {
  it.each([
    ['nothing', ''],
    ['half of it', '{"attemptId": "bro'],
    ['something else', '{}'],
  ])('are found beside one whose record holds %s', async (_what, text) => {
    const folder = testFolder();
    const records = { 'whole-1': JSON.stringify(WHOLE), 'broken-1': text };
    for (const [id, record] of Object.entries(records)) {
      await mkdir(join(folder, id));
      await writeFile(join(folder, id, 'attempt.json'), record);
    }
    const snapshots = { writeTo: async () => 0 };
    const store = createAttemptStore({ folder, instanceId: 'mine', snapshots, resources });
    expect(await store.list()).toEqual(['whole-1']);
    expect(await store.read('broken-1')).toBeNull();
  });
});
