import { statfsSync } from 'node:fs';
import {
  ROOM_KINDS,
  type RoomItem,
  type RoomKind,
  type RoomReport,
} from '../../shared/domain/room.ts';
import type { UseLock } from '../db/use-lock.ts';
import type { RoomRepo } from '../db/room-repo.ts';
import type { Care } from '../host/care-task.ts';
import type { Control, Snapshots } from '../snapshots/snapshots.ts';
import { FILE_KINDS, isFileKind, type FileKind, type FileRoomInput } from './file-room.ts';
import { enoughFor, type Found, type Measured, type MeasuredKinds } from './found.ts';
import type { ImageRoom } from './image-room.ts';
import type { RoomFacts } from './room-facts.ts';
import { SNAPSHOT_KEY, SnapshotRoom } from './snapshot-room.ts';

export interface RoomParts {
  dataDir: string;
  care: Care;
  images: ImageRoom;
  snapshots: Snapshots;
  repo: RoomRepo;
  /** Held by who makes versions; by who makes ready what runs run in. */
  locks: { versions: UseLock; environments: UseLock };
  /** Whether any other process uses the data folder. */
  othersAlive(): boolean;
  now(): number;
  budget(): number;
}

export interface CleanUp {
  freed: number;
  problems: string[];
  report: RoomReport;
}

const BUSY = {
  versions: 'A version of a job is being made: code and mirrors stay until that is done.',
  environments: 'A run is being made ready: images and environments stay until that is done.',
};

/** What takes room on the disk, and what of it may go (docs/adr/0023-clean-up.md). */
export class RoomService {
  readonly #parts: RoomParts;
  readonly #snapshots: SnapshotRoom;

  constructor(parts: RoomParts) {
    this.#parts = parts;
    this.#snapshots = new SnapshotRoom(parts.snapshots);
  }

  /** @throws AppError `E_CANCELLED`; what cannot be measured is told in the report */
  async measure(control: Control): Promise<RoomReport> {
    const facts = await this.#facts(control.signal);
    const report = this.#report(facts, await this.#measureKinds(facts, ROOM_KINDS, control));
    this.#remember(report);
    return report;
  }

  /** Frees what may go, of some kinds. @throws AppError `E_CANCELLED`: what is gone by then is gone */
  async cleanUp(kinds: readonly RoomKind[], control: Control): Promise<CleanUp> {
    const facts = await this.#facts(control.signal);
    const before = await this.#measureKinds(facts, ROOM_KINDS, control);
    const chosen = kinds.flatMap((kind) => freeableOf(before[kind]));
    return this.#clean(before, chosen, control);
  }

  /** Frees what was used longest ago, until all of it takes no more than the budget. Null when it does not. */
  async keepBudget(budget: number, control: Control): Promise<CleanUp | null> {
    const facts = await this.#facts(control.signal);
    const before = await this.#measureKinds(facts, ROOM_KINDS, control);
    const report = this.#report(facts, before);
    const chosen = enoughFor(
      ROOM_KINDS.flatMap((kind) => freeableOf(before[kind])),
      report.total,
      budget,
    );
    if (chosen.length > 0) return this.#clean(before, chosen, control);
    this.#remember(report);
    return null;
  }

  async #clean(
    before: MeasuredKinds,
    chosen: readonly Found[],
    control: Control,
  ): Promise<CleanUp> {
    const kinds = ROOM_KINDS.filter((kind) => chosen.some((item) => item.kind === kind));
    const problems = await this.#free(kinds, new Set(chosen.map(({ key }) => key)), control);
    if (!this.#parts.othersAlive()) this.#parts.repo.forgetRemoved();
    const facts = await this.#facts(control.signal);
    const again = await this.#measureKinds(facts, kinds, control);
    const report = this.#report(facts, { ...before, ...again });
    const taken = (all: MeasuredKinds) =>
      kinds.reduce((sum, kind) => sum + (all[kind]?.bytes ?? 0), 0);
    this.#remember(report);
    return { freed: Math.max(0, taken(before) - taken(again)), problems, report };
  }

  async #free(kinds: readonly RoomKind[], keys: Set<string>, control: Control): Promise<string[]> {
    const has = (...some: RoomKind[]) => kinds.filter((kind) => some.includes(kind));
    const problems = [
      ...(await this.#freeFiles(has('logs', 'outputs', 'leftovers'), keys, control)),
      ...(await this.#freeMade(has('images', 'environments'), keys, control)),
      ...(await this.#freeCode(has('mirrors', 'snapshots'), keys, control)),
    ];
    return problems;
  }

  async #freeMade(kinds: RoomKind[], keys: Set<string>, control: Control): Promise<string[]> {
    if (kinds.length === 0) return [];
    const { locks, images } = this.#parts;
    const outcome = await locks.environments.alone(async () => {
      const files = await this.#freeFiles(kinds, keys, control);
      if (!kinds.includes('images')) return files;
      control.onProgress?.({ text: 'Removing images', done: 0, total: null });
      const facts = await this.#facts(control.signal);
      return [...files, ...(await images.free(facts, keys, control.signal))];
    });
    return outcome?.done ?? [BUSY.environments];
  }

  /** Only what is quick is done alone: what was forgotten is given back while others go on. */
  async #freeCode(kinds: RoomKind[], keys: Set<string>, control: Control): Promise<string[]> {
    if (kinds.length === 0) return [];
    const withCode = keys.has(SNAPSHOT_KEY) && kinds.includes('snapshots');
    const outcome = await this.#parts.locks.versions.alone(async () => {
      const problems = await this.#freeFiles(kinds, keys, control);
      if (!withCode) return problems;
      await this.#snapshots.forget(await this.#facts(control.signal), control);
      return problems;
    });
    if (!outcome) return [BUSY.versions];
    if (withCode) await this.#giveBack(control);
    return outcome.done;
  }

  /** A file of old may need to be written anew, alone; where somebody is quicker, it is another time. */
  async #giveBack(control: Control): Promise<void> {
    await this.#snapshots.giveBack(false, control);
    await this.#parts.locks.versions.alone(() => this.#snapshots.giveBack(true, control));
  }

  async #freeFiles(kinds: RoomKind[], keys: Set<string>, { signal, onProgress }: Control) {
    const files = kinds.filter(isFileKind);
    if (files.length === 0) return [];
    onProgress?.({ text: `Removing ${files.join(', ')}`, done: 0, total: null });
    const input = await this.#fileInput(files, await this.#facts(signal));
    return this.#parts.care('freeFiles', { ...input, keys: [...keys] }, signal);
  }

  async #measureKinds(
    facts: RoomFacts,
    kinds: readonly RoomKind[],
    control: Control,
  ): Promise<MeasuredKinds> {
    const { care, images } = this.#parts;
    const { signal, onProgress } = control;
    const files = FILE_KINDS.filter((kind) => kinds.includes(kind));
    onProgress?.({ text: 'Measuring files', done: 0, total: null });
    const found: MeasuredKinds = {};
    if (files.length > 0) {
      const input = await this.#fileInput(files, facts);
      Object.assign(found, (await care('measureFiles', input, signal)).kinds);
    }
    if (kinds.includes('snapshots'))
      found.snapshots = await this.#snapshots.measure(facts, control);
    if (kinds.includes('images')) {
      onProgress?.({ text: 'Measuring images', done: 0, total: null });
      found.images = await images.measure(facts, signal);
    }
    return found;
  }

  async #fileInput(kinds: FileKind[], facts: RoomFacts): Promise<FileRoomInput> {
    const { dataDir, now, snapshots } = this.#parts;
    const trees = facts.trees.map(({ tree }) => tree);
    const submodules = kinds.includes('mirrors') ? await snapshots.remotes(trees) : [];
    return { dataDir, now: now(), submodules, kinds };
  }

  #facts(signal: AbortSignal): Promise<RoomFacts> {
    return this.#parts.care('roomFacts', { dataDir: this.#parts.dataDir }, signal);
  }

  #remember({ measuredAt, total, freeable }: RoomReport): void {
    const kept = this.#parts.repo.last()?.kept ?? null;
    this.#parts.repo.remember({ measuredAt, total, freeable, kept });
  }

  #report(facts: RoomFacts, found: MeasuredKinds): RoomReport {
    const { dataDir, now, budget } = this.#parts;
    const { bavail, bsize } = statfsSync(dataDir);
    const kinds = ROOM_KINDS.map((kind) => {
      const { bytes = 0, problem = null } = found[kind] ?? {};
      const freeable = freeableOf(found[kind]).reduce((sum, item) => sum + item.freeable, 0);
      return { kind, bytes, freeable, problem };
    });
    const items = ROOM_KINDS.flatMap((kind) => found[kind]?.items ?? []);
    return {
      measuredAt: now(),
      total: kinds.reduce((sum, { bytes }) => sum + bytes, 0),
      freeable: kinds.reduce((sum, { freeable }) => sum + freeable, 0),
      diskFree: bavail * bsize,
      budgetBytes: budget(),
      keptBudget: this.#parts.repo.last()?.kept ?? null,
      kinds,
      jobs: jobsOf(facts, found, items),
      items: items.toSorted((a, b) => b.bytes - a.bytes).map(withoutKey),
    };
  }
}

const freeableOf = (found: Measured | undefined): Found[] =>
  (found?.items ?? []).filter(({ freeable }) => freeable > 0);

const withoutKey = ({ key: _key, ...item }: Found): RoomItem => item;

/** The largest first; those that take nothing are left out. */
function jobsOf(
  facts: RoomFacts,
  found: MeasuredKinds,
  items: readonly Found[],
): RoomReport['jobs'] {
  return facts.jobs
    .map(({ id, name }) => ({
      jobId: id,
      name,
      bytes: ROOM_KINDS.reduce((sum, kind) => sum + (found[kind]?.jobs.get(id) ?? 0), 0),
      freeable: items
        .filter(({ jobId }) => jobId === id)
        .reduce((sum, { freeable }) => sum + freeable, 0),
    }))
    .filter(({ bytes }) => bytes > 0)
    .toSorted((a, b) => b.bytes - a.bytes);
}
