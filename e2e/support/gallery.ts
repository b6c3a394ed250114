import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { Running, Slipway } from './cli.ts';

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
function age(dataDir: string): void {
  const db = new Database(join(dataDir, 'slipway.db'));
  const runs = db.prepare<[], { id: string; version_id: string }>('SELECT * FROM run ORDER BY seq');
  const setRun = db.prepare(
    `UPDATE run SET created_at = :at, ended_at = :at + :took,
       started_at = CASE WHEN started_at IS NULL THEN NULL ELSE :at END WHERE id = :id`,
  );
  const setVersion = db.prepare(
    'UPDATE job_version SET created_at = min(created_at, :at) WHERE id = :id',
  );
  runs.all().forEach(({ id, version_id: version }, i) => {
    const [ago, took] = PAST[i]!;
    setRun.run({ id, at: Date.now() - ago, took });
    setVersion.run({ id: version, at: Date.now() - ago });
  });
  db.exec(`UPDATE job SET created_at =
    (SELECT min(created_at) FROM job_version WHERE job_id = job.id)`);
  db.close();
}

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
  const launch = (job: string, file: string, ...more: string[]) => [
    'launch',
    ...['--uri', join(root, job), '--job-name', job, '--entry-point', `python ${file}`, ...more],
  ];
  const here = ['--engine', 'process'];
  const digits = (engine: string[], name: string) =>
    launch('digits-classifier', 'train.py', ...engine, '--name', name);

  await slipway.run(...launch('feature-export-for-the-street-number-models', 'export.py', ...here));
  await slipway.run(...launch('nightly-evaluation', 'evaluate.py', ...here));
  await slipway.run(
    ...launch('nightly-evaluation', 'evaluate.py', ...here, '--name', 'evaluation-of-friday'),
  );
  await slipway.run(
    ...launch('sentiment-finetune', 'finetune.py', ...here, '--name', 'small-uncased'),
  );
  const bench = slipway.start(
    ...launch('tokenizer-benchmark', 'bench.py', ...here, '--name', 'four-threads'),
  );
  await bench.printed('warming up');
  bench.child.kill('SIGINT');
  await bench.ended;
  await slipway.run('settings', 'set', 'package-index', 'http://127.0.0.1:9/simple');
  await writeFile(
    join(root, 'sentiment-finetune', 'requirements.txt'),
    'accelerated-tokenizers==4.1\n',
  );
  await slipway.run(
    ...launch('sentiment-finetune', 'finetune.py', ...here, '--name', 'with-fast-tokenizer'),
  );
  await slipway.run('settings', 'set', 'package-index');
  const train = join(root, 'digits-classifier', 'train.py');
  await writeFile(train, TRAIN.replace('PAUSE', '0'));
  await slipway.run(...digits(['--engine', 'docker'], 'first-try'));
  age(slipway.dataDir);
  await slipway.run(...search(root));
  await writeFile(train, TRAIN.replace('PAUSE', '0.5'));
  const printed = ['--engine', 'docker', '--metric', 'loss {loss}  accuracy {accuracy}'];
  const training = slipway.start(...digits(printed, 'slower-schedule'));
  await training.printed('epoch  3: saved');
  return { root, training };
}
