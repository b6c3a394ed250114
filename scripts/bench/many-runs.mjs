/** A data folder of somebody who has used the app for years: any number of runs, written by SQL. */
import { join } from 'node:path';
import { openDatabase } from '../../src/core/db/open-database.ts';
import { NO_ENVIRONMENT } from '../../src/shared/domain/job.ts';

const JOBS = 20;
const VERSIONS = 5;
const DAY_MS = 86_400_000;
const WORDS = {
  model: ['resnet18', 'resnet50', 'vit-b16', 'convnext', 'unet', 'bert-base', 'gpt2', 't5-small'],
  optimizer: ['adam', 'adamw', 'sgd', 'lion'],
  dataset: ['imagenet', 'cifar10', 'coco', 'wikitext-103', 'c4'],
  kind: ['train', 'finetune', 'evaluate', 'sweep', 'export'],
  tag: ['baseline', 'paper', 'debug', 'best', 'ablation'],
  creator: ['ana', 'bo', 'chen', 'dora'],
  adjective: ['bright', 'calm', 'deep', 'eager', 'faint', 'glad', 'icy', 'late', 'mild', 'warm'],
  noun: ['breeze', 'cloud', 'dawn', 'field', 'lake', 'moon', 'river', 'snow', 'star', 'wave'],
};

/**
 * 20 jobs of one project, and runs with 10 values of config and 5 of summary each; the same ones
 * everywhere.
 * @param {string} folder the data folder
 * @param {number} count how many runs
 */
export function writeRuns(folder, count) {
  const db = openDatabase(join(folder, 'slipway.db'));
  const random = randomFrom(7);
  db.write((rev) => {
    db.run("INSERT OR IGNORE INTO project VALUES ('default0', 'default', 1, ?)", rev);
    const project = db.get("SELECT id FROM project WHERE name = 'default'").id;
    for (let job = 0; job < JOBS; job++) addJob(db, project, job, rev);
    const started = Date.now() - count * 600_000;
    for (let seq = 1; seq <= count; seq++) addRun(db, project, { seq, started, random });
  });
  db.close();
}

function addJob(db, project, job, rev) {
  const name = `${WORDS.kind[job % 5]}-${WORDS.model[job % 8]}-${job}`;
  db.run(
    `INSERT INTO job (id, project_id, name, source_kind, created_at, rev)
     VALUES (?, ?, ?, 'code', 1, ?)`,
    ...[`job-${job}`, project, name, rev],
  );
  const tree = 'ab'.repeat(32);
  const source = { kind: 'code', tree, folder: '/code', files: 1, bytes: 1, includedSecrets: [] };
  for (let version = 0; version < VERSIONS; version++) {
    db.run(
      `INSERT INTO job_version (id, job_id, number, digest, source, entry_point, environment,
       created_at, rev) VALUES (?, ?, ?, ?, ?, '["python","main.py"]', ?, 1, ?)`,
      ...[versionId(job, version), `job-${job}`, version, `${version}`.repeat(64)],
      ...[JSON.stringify(source), JSON.stringify(NO_ENVIRONMENT), rev],
    );
  }
}

const versionId = (job, version) => `job-${job}-v${version}`;

const RUN_COLUMNS = `id, seq, project_id, job_id, version_id, name, state, reason, exit_code, engine,
  entry_point, log_state, config, summary, creator, starred, tags, notes, created_at, started_at,
  ended_at, rev`;

function addRun(db, project, { seq, started, random }) {
  const job = Math.floor(random() * JOBS);
  const pick = (words) => words[Math.floor(random() * words.length)];
  const failed = random() < 0.12;
  const created = started + seq * 600_000;
  const reason = { code: 'exit', text: `exit code ${failed ? 1 : 0}`, next: null, detail: null };
  db.run(
    `INSERT INTO run (${RUN_COLUMNS})
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'docker', '["python","main.py"]', 'sealed', ?, ?, ?, ?, ?, ?,
     ?, ?, ?, ?)`,
    ...[`r${seq.toString(36).padStart(7, '0')}`, seq, project, `job-${job}`],
    versionId(job, Math.floor(random() * VERSIONS)),
    `${pick(WORDS.adjective)}-${pick(WORDS.noun)}-${seq}`,
    ...[failed ? 'failed' : 'finished', JSON.stringify(reason), Number(failed)],
    ...[JSON.stringify(configOf(random, pick)), JSON.stringify(summaryOf(random))],
    ...[pick(WORDS.creator), Number(random() < 0.02)],
    random() < 0.1 ? JSON.stringify([pick(WORDS.tag)]) : '[]',
    random() < 0.01 ? `Worth a second look, number ${seq}` : '',
    ...[created, created + 2000, created + 2000 + Math.floor(random() * DAY_MS), seq],
  );
  if (seq % 1000 === 0) db.run('UPDATE revision SET value = ?', seq);
}

/** Of ten runs that wait, the priority of each: 0 is critical, 3 is low. */
const PRIORITIES = [0, 1, 1, 2, 2, 2, 2, 2, 3, 3];

/**
 * Puts runs into the default queue, which is paused: what `writeRuns` wrote has ended in it, and as many
 * wait, each with what one of those was given.
 * @param {string} folder the data folder
 * @param {number} count of those that were written
 */
export function queueRuns(folder, count) {
  const db = openDatabase(join(folder, 'slipway.db'));
  const priority = PRIORITIES.map((value, at) => `WHEN ${at} THEN ${value}`).join(' ');
  const waiting = {
    ...{ id: "'w' || id", seq: `seq + ${count}`, state: "'queued'", log_state: "'none'" },
    ...{ reason: 'NULL', exit_code: 'NULL', summary: "'{}'", started_at: 'NULL', ended_at: 'NULL' },
  };
  const values = RUN_COLUMNS.split(/,\s*/).map((name) => waiting[name] ?? name);
  db.write((rev) => {
    db.run("UPDATE run SET queue_id = 'default'");
    db.run(
      `INSERT INTO run (${RUN_COLUMNS}, queue_id, priority, position)
       SELECT ${values.join()}, 'default', CASE seq % 10 ${priority} END, seq * 65536 FROM run`,
    );
    db.run("UPDATE queue SET paused_at = 1, rev = ? WHERE id = 'default'", rev);
  });
  db.close();
}

const configOf = (random, pick) => ({
  lr: Number((10 ** (-1 - 4 * random())).toPrecision(3)),
  batch_size: 2 ** Math.floor(4 + 5 * random()),
  epochs: 10 * Math.ceil(10 * random()),
  seed: Math.floor(random() * 10_000),
  weight_decay: Number((0.1 * random()).toFixed(4)),
  optimizer: { name: pick(WORDS.optimizer), momentum: Number(random().toFixed(2)) },
  model: { name: pick(WORDS.model), depth: Math.ceil(48 * random()) },
  dataset: pick(WORDS.dataset),
});

const summaryOf = (random) => ({
  loss: random() * 3,
  accuracy: random(),
  val: { loss: random() * 3, accuracy: random() },
  epoch: Math.floor(random() * 100),
});

/** A generator of numbers from 0 to 1 that gives the same ones every time (mulberry32). */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
