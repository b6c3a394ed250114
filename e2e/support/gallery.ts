import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { TestRepository } from '../../src/core/sources/git/testing/git-repository.ts';
import type { Running, Slipway } from './cli.ts';
import { writeRun } from './tracked.ts';

const TRAIN = `import random
import sys
import time

random.seed(7)
print("reading data/digits.npz: 60000 images, 10 classes", flush=True)
print("model: 2 convolutions, 421642 parameters", flush=True)
loss, accuracy = 2.31, 0.11
for epoch in range(1, 41):
    for step in range(100, 1001, 100):
        loss = loss * 0.975 + random.uniform(0, 0.01)
        accuracy += (0.994 - accuracy) * 0.055
        print(f"epoch {epoch:2}/40  step {step:4}  loss {loss:.4f}  accuracy {accuracy:.4f}", flush=True)
        time.sleep(PAUSE if epoch > 3 else 0)
    if epoch % 3 == 0:
        print(f"\\x1b[33mlearning rate lowered to {0.001 / epoch:.6f}\\x1b[0m", flush=True)
    if epoch == 5:
        print("slow read of data/digits.npz (412 ms)", file=sys.stderr, flush=True)
    print(f"\\x1b[32mepoch {epoch:2}: saved checkpoints/digits-{epoch:02}.pt\\x1b[0m", flush=True)
`;

const FINETUNE = `def load(path):
    raise FileNotFoundError(f"no tokenizer at {path!r}")

print("base model: small-uncased, 12 layers")
print("1840 reviews for training, 205 for validation")
load("models/tokenizer.json")
`;

const EVALUATE = `import time
for name, score in [("digits", 0.9921), ("letters", 0.9417), ("street-numbers", 0.9033)]:
    print(f"{name:16} {score:.4f}", flush=True)
    time.sleep(0.05)
`;

const SEARCH = `import argparse
import math
import sys

parser = argparse.ArgumentParser(description="Searches for the size of a model.")
parser.add_argument("--lr", type=float, default=0.001, help="peak learning rate")
parser.add_argument("--width", type=int, default=128, help="units of a layer")
parser.add_argument("--optimizer", choices=["adamw", "sgd", "lion"], default="adamw")
parser.add_argument("--epochs", type=int, default=20)
parser.add_argument("--augment", action="store_true", help="turn and shift the images")
args = parser.parse_args()
loss = 0.19 + 0.08 * abs(math.log10(args.lr) + 2.5) + 9 / args.width
if args.lr * args.width > 20:
    sys.exit("loss is not a number: the learning rate is too high")
print(f"loss {loss:.4f}  accuracy {1 - loss / 4:.4f}")
`;

const ignored = '# made by training\ncheckpoints/\n*.log\n__pycache__/\n';

/** Folders of code as people have them, by name. */
const FOLDERS: Record<string, Record<string, string>> = {
  'digits-classifier': {
    'train.py': TRAIN.replace('PAUSE', '0.06'),
    'evaluate.py': EVALUATE,
    'model/convolutions.py': 'layers = [(1, 32), (32, 64)]\n'.repeat(40),
    'model/__init__.py': '',
    // Of its own each time: an image of the same code would be reused, and there would be no build to see.
    'configs/base.yaml': `epochs: 40\nbatch: 60\nseed: ${Date.now()}\n`,
    'configs/large.yaml': 'epochs: 90\nbatch: 240\nlearning_rate: 0.0004\n',
    'data/digits.npz': 'PK'.repeat(900_000),
    'README.md': '# Digits\nTrains a small classifier.\n',
    '.gitignore': ignored,
    '.env': 'TRACKER_KEY=not-a-real-key\n',
    'checkpoints/digits-01.pt': 'x'.repeat(50_000),
    'training.log': 'old\n',
    '__pycache__/train.cpython-311.pyc': 'x',
    '.git/HEAD': 'ref: refs/heads/main\n',
  },
  'sentiment-finetune': { 'finetune.py': FINETUNE },
  'nightly-evaluation': { 'evaluate.py': EVALUATE },
  'tokenizer-benchmark': {
    'bench.py': 'import time\nprint("warming up", flush=True)\ntime.sleep(600)\n',
  },
  'size-search': { 'search.py': SEARCH, 'configs/small.yaml': 'width: 64\nepochs: 5\n' },
  'feature-export-for-the-street-number-models': { 'export.py': 'print("rows: 48120")\n' },
};

async function writeFolders(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'code-'));
  for (const [name, files] of Object.entries(FOLDERS)) {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(join(root, name, dirname(path)), { recursive: true });
      await writeFile(join(root, name, path), text);
    }
  }
  return root;
}

/** A repository with two jobs. */
function writeRepository(root: string): void {
  const repository = new TestRepository(join(root, 'launch-jobs'));
  repository.write('search.py', SEARCH);
  repository.write('jobs/evaluate/evaluate.py', EVALUATE);
  repository.write('jobs/evaluate/requirements.txt', '');
  repository.commit();
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How long ago each run was launched, oldest first, and how long it took, in ms. */
const PAST: [ago: number, took: number][] = [
  [9 * 24 * HOUR, 252_000],
  [3 * 24 * HOUR, 74_000],
  [26 * HOUR, 71_000],
  [5 * HOUR, 8400],
  [2 * HOUR, 754_000],
  [48 * MINUTE, 12_000],
  [21 * MINUTE, 431_000],
];

/** Spreads what was made in seconds over the days that it stands for. */
function age(dataDir: string, told: readonly string[]): void {
  const db = new Database(join(dataDir, 'slipway.db'));
  const runs = db.prepare<[], { id: string; version_id: string }>('SELECT * FROM run ORDER BY seq');
  const setRun = db.prepare(
    `UPDATE run SET created_at = :at, ended_at = :at + :took,
       started_at = CASE WHEN started_at IS NULL THEN NULL ELSE :at END WHERE id = :id`,
  );
  const setVersion = db.prepare(
    'UPDATE job_version SET created_at = min(created_at, :at) WHERE id = :id',
  );
  const made = runs.all();
  if (made.length !== PAST.length) throw new Error(`a launch made no run:\n${told.join('\n')}`);
  made.forEach(({ id, version_id: version }, i) => {
    const [ago, took] = PAST[i]!;
    setRun.run({ id, at: Date.now() - ago, took });
    setVersion.run({ id: version, at: Date.now() - ago });
  });
  db.exec(`UPDATE job SET created_at =
    (SELECT min(created_at) FROM job_version WHERE job_id = job.id)`);
  db.close();
}

/** What a person noted about runs, by their names. */
const MARKS: Record<string, { starred: 0 | 1; tags: string[]; notes: string }> = {
  'first-try': { starred: 1, tags: ['baseline'], notes: 'What others are measured by.' },
  'evaluation-of-friday': { starred: 0, tags: ['nightly', 'for the report'], notes: '' },
};

function mark(dataDir: string): void {
  const db = new Database(join(dataDir, 'slipway.db'));
  const set = db.prepare(
    'UPDATE run SET starred = :starred, tags = :tags, notes = :notes WHERE name = :name',
  );
  for (const [name, { tags, ...marks }] of Object.entries(MARKS)) {
    set.run({ name, tags: JSON.stringify(tags), ...marks });
  }
  db.close();
}

/** A run that a tracker wrote: `depth` is its setting, and moves its curve. */
const writeTracked = (root: string, depth: number): Promise<string> =>
  writeRun(join(root, 'tracked'), {
    id: `depth${depth}`,
    config: { depth, optimizer: { name: 'adamw', lr: 0.0003 }, dataset: 'street-numbers' },
    history: Array.from({ length: 60 }, (_, step) => ({
      'train/loss': 2.2 / (1 + step / (4 + depth)) + 0.02 * Math.sin(step * depth),
      'train/accuracy': 1 - 0.9 / (1 + step / (3 + depth)),
      'val/loss': 2.3 / (1 + step / (6 + depth)),
    })),
    summary: { 'train/loss': 2 / depth, 'train/accuracy': 1 - 1 / depth, best_step: 60 - depth },
    output: 'epoch 1: 0.61\nepoch 2: 0.94\n',
    code: { 'train.py': 'import wandb\nwandb.init()\n' },
  });

/** A sweep with cells that fail. */
const search = (root: string): string[] => [
  ...['sweep', 'start', '--uri', join(root, 'size-search'), '--job-name', 'size-search'],
  ...['--entry-point', 'python search.py', '--engine', 'process', '--name', 'rate-and-width'],
  ...['--grid', 'lr=0.0001,0.001,0.01,0.1', '--grid', 'width=64,128,256'],
  ...['--metric', 'loss {loss}  accuracy {accuracy}', '--concurrency', '2'],
];

export interface Gallery {
  /** The folder that the jobs' folders are in. */
  root: string;
  /** A run on Docker that goes on until it is stopped. */
  training: Running;
}

/** Jobs, versions and runs in many states, made by the command line: what a data folder holds after a week. */
export async function fillGallery(slipway: Slipway): Promise<Gallery> {
  const root = await writeFolders();
  const told: string[] = [];
  const run = async (...args: string[]) => {
    const { stdout, stderr } = await slipway.run(...args);
    told.push(args.join(' '), stdout, stderr);
  };
  const launch = (job: string, file: string, ...more: string[]) => [
    'launch',
    ...['--uri', join(root, job), '--job-name', job, '--entry-point', `python ${file}`, ...more],
  ];
  const here = ['--engine', 'process'];
  const digits = (engine: string[], name: string) =>
    launch('digits-classifier', 'train.py', ...engine, '--name', name);

  await run(...launch('feature-export-for-the-street-number-models', 'export.py', ...here));
  await run(...launch('nightly-evaluation', 'evaluate.py', ...here));
  await run(
    ...launch('nightly-evaluation', 'evaluate.py', ...here, '--name', 'evaluation-of-friday'),
  );
  await run(...launch('sentiment-finetune', 'finetune.py', ...here, '--name', 'small-uncased'));
  const bench = slipway.start(
    ...launch('tokenizer-benchmark', 'bench.py', ...here, '--name', 'four-threads'),
  );
  await bench.printed('warming up');
  bench.child.kill('SIGINT');
  await bench.ended;
  await run('settings', 'set', 'package-index', 'http://127.0.0.1:9/simple');
  await writeFile(
    join(root, 'sentiment-finetune', 'requirements.txt'),
    'accelerated-tokenizers==4.1\n',
  );
  await run(
    ...launch('sentiment-finetune', 'finetune.py', ...here, '--name', 'with-fast-tokenizer'),
  );
  await run('settings', 'set', 'package-index');
  const train = join(root, 'digits-classifier', 'train.py');
  await writeFile(train, TRAIN.replace('PAUSE', '0'));
  await run(...digits(['--engine', 'docker'], 'first-try'));
  age(slipway.dataDir, told);
  mark(slipway.dataDir);
  for (const depth of [4, 12]) await writeTracked(root, depth);
  await slipway.run('run', 'import', join(root, 'tracked'));
  await writeTracked(root, 24);
  writeRepository(root);
  await slipway.run(...search(root));
  // It stands still when it has something to show, so that each picture of it is the same.
  await writeFile(train, TRAIN.replace('PAUSE', '3600'));
  const printed = ['--engine', 'docker', '--metric', 'loss {loss}  accuracy {accuracy}'];
  const training = slipway.start(...digits(printed, 'slower-schedule'));
  await training.printed('epoch  4/40  step  100');
  return { root, training };
}
