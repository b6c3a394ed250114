import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const hookFolder = fileURLToPath(new URL('../../../../resources/python', import.meta.url));

/** As much of the W&B SDK as the hook touches. */
const SDK_RUN = `
class Config(dict):
    pass

class Record:
    def __init__(self, update):
        self.update, self.remove = [Item(k, v) for k, v in update.items()], []

class Item:
    def __init__(self, key, value):
        self.key, self.value = (key,), value

class Run:
    _interface = object()

    def __init__(self, id):
        self._run_id, self._local_step, self._config, self.rows = id, 0, Config(_wandb={}), []

    def _on_start(self):
        pass

    def _config_callback(self, key=None, val=None, data=None):
        pass

    def _summary_update_callback(self, record):
        pass

    def _partial_history_callback(self, data, step=None, commit=None):
        self.rows.append(data)

    def log(self, data, step=None, commit=None):
        self._partial_history_callback(data, step, commit)
        if step is not None:
            self._local_step = max(step, self._local_step)
        if (step is None and commit is None) or commit:
            self._local_step += 1
`;

const SDK = `
from wandb.sdk.wandb_run import Run, Record

def init(id="abc"):
    run = Run(id)
    run._on_start()
    return run
`;

/** A folder with a program, a stand-in for the W&B SDK, and a place for what the hook writes. */
export function pythonProgram(source: string, files: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const live = join(folder, 'live');
  mkdirSync(live);
  const all = {
    'lib/wandb/__init__.py': SDK,
    'lib/wandb/sdk/__init__.py': '',
    'lib/wandb/sdk/wandb_run.py': SDK_RUN,
    'main.py': source,
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const paths = [hookFolder, join(folder, 'lib')].join(':');
  const env = { PATH: process.env.PATH, PYTHONPATH: paths, SLIPWAY_LIVE: live };
  return {
    live,
    run: (more: NodeJS.ProcessEnv = {}) => runPython(folder, { ...env, ...more }),
    lines: () => readLines(live),
    start: () => spawn('python3', ['-B', 'main.py'], { cwd: folder, env }),
  };
}

interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  output: string;
}

function runPython(cwd: string, env: NodeJS.ProcessEnv): Promise<Ended> {
  const child = spawn('python3', ['-B', 'main.py'], { cwd, env });
  let output = '';
  child.stdout.on('data', (bytes: Buffer) => (output += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (output += bytes.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, output }));
  });
}

/** The lines of every file, by its name. */
export function readLines(folder: string): Record<string, Record<string, unknown>[]> {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, parsed(readFileSync(join(folder, name), 'utf8'))]),
  );
}

const parsed = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
