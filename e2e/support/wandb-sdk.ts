import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { wheel } from '../../src/core/engines/process/test-wheel.ts';
import { docker } from './docker.ts';

const execute = promisify(execFile);

/** What the SDK needs beside its telemetry, which has nothing to reach here. */
const NEEDED = [
  'pydantic',
  'protobuf<8',
  'platformdirs',
  'click',
  'requests',
  'pyyaml',
  'packaging',
];
const ALSO = ['gitpython', 'xxhash', 'typing-extensions'];

/** In place of the packages of OpenTelemetry: modules of every name, which measure nothing. */
const NO_TELEMETRY = `
import importlib.machinery, sys
from unittest.mock import MagicMock

__path__ = []

class _Nothing(MagicMock):
    __path__ = []

class _Finder:
    def find_spec(self, name, path=None, target=None):
        if name.startswith("opentelemetry."):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        return _Nothing(name=spec.name)

    def exec_module(self, module):
        pass

sys.meta_path.insert(0, _Finder())

def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _Nothing(name=name)
`;

const DOCKERFILE = `FROM ${process.env['SLIPWAY_TEST_BASE_IMAGE']}
COPY *.whl /wheels/
RUN pip install --no-index --no-deps --break-system-packages /wheels/*.whl && rm -r /wheels
`;

/** A base image with the real SDK; null where its wheels cannot be had. */
export async function buildSdkImage(): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-sdk-'));
  try {
    if (!(await download(folder, ['--no-deps', 'wandb']))) return null;
    if (!(await download(folder, [...NEEDED, ...ALSO]))) return null;
    const stand = 'opentelemetry-1.0-py3-none-any.whl';
    await writeFile(join(folder, stand), wheel('opentelemetry', '1.0', NO_TELEMETRY));
    await writeFile(join(folder, 'Dockerfile'), DOCKERFILE);
    const image = `slipway-test/wandb-sdk-${process.pid}:1`;
    await docker.command('build', '--quiet', '--tag', image, folder);
    return image;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whether all of it was to be had, from where this machine's pip gets packages. */
async function download(folder: string, what: string[]): Promise<boolean> {
  const once = ['--quiet', '--retries', '0', '--timeout', '10', '--dest', folder];
  const made = ['--only-binary', ':all:', '--python-version', '3.11', ...what];
  try {
    await execute('python3', ['-m', 'pip', 'download', ...once, ...made], { timeout: 120_000 });
    return true;
  } catch {
    return false;
  }
}
