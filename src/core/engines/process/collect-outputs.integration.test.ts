import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ProcessBench } from './test-bench.ts';
import { never } from './test-kit.ts';

const bench = new ProcessBench({
  'leave.sh': `#!/bin/sh
mkdir -p out/model out/empty "$WANDB_DIR/extra"
printf aaaa >out/model/a.bin; printf b >'out/ü name'; : >out/model/none
ln -s /etc/passwd out/link; mkfifo out/pipe; ln -s out linked; ln -s /etc elsewhere
printf '{}' >report.json; printf x >"$WANDB_DIR/extra/x"
`,
});

it('outputs of a process are copied, from below its folder alone', async () => {
  const secrets = [{ variable: 'TOKEN', value: 'hunter2' }];
  const { ref } = await bench.runToEnd('a1', ['./leave.sh'], { secrets });
  const attempt = join(bench.folder, 'attempts/a1');
  const folder = join(bench.folder, 'kept');
  const paths = [
    ...['out', 'report.json', `${attempt}/tracked/extra`, 'missing', 'linked', '/etc/passwd'],
    ...['elsewhere/passwd', '../secrets', `${attempt}/secrets/TOKEN`, '../../..'],
    'linked/model',
  ];
  const text = (pattern: RegExp): string => expect.stringMatching(pattern) as string;
  expect(await bench.engine.collectOutputs(ref, paths, folder, never)).toEqual([
    { path: 'out', files: 3, bytes: 5, problem: text(/^2 of/) },
    { path: 'report.json', files: 1, bytes: 2, problem: null },
    { path: `${attempt}/tracked/extra`, files: 1, bytes: 1, problem: null },
    { path: 'missing', files: 0, bytes: 0, problem: text(/no such/) },
    { path: 'linked', files: 0, bytes: 0, problem: text(/is a link/) },
    { path: '/etc/passwd', files: 0, bytes: 0, problem: text(/outside/) },
    { path: 'elsewhere/passwd', files: 0, bytes: 0, problem: text(/outside/) },
    { path: '../secrets', files: 0, bytes: 0, problem: text(/outside/) },
    { path: `${attempt}/secrets/TOKEN`, files: 0, bytes: 0, problem: text(/outside/) },
    { path: '../../..', files: 0, bytes: 0, problem: text(/outside/) },
    { path: 'linked/model', files: 2, bytes: 4, problem: null },
  ]);
  expect((await readdir(folder)).toSorted()).toEqual(['linked', 'out', 'report.json', 'root']);
  expect((await readdir(join(folder, 'out'))).toSorted()).toEqual(['empty', 'model', 'ü name']);
  expect(await readFile(join(folder, 'out/model/none'), 'utf8')).toBe('');
  expect(await readFile(join(folder, 'root', attempt, 'tracked/extra/x'), 'utf8')).toBe('x');
});
