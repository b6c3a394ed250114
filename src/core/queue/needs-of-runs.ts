import type { Clock } from '../clock.ts';
import type { HeldRun, NeedsRepo, TakenByRun } from '../db/needs-repo.ts';
import type { Going, Need, Needs } from './admission.ts';

/** So many earlier runs are looked at. */
const RUNS = 5;
/** How much more than the most that it took a run is expected to take. */
const MARGIN = 1.1;
/** A run this short says nothing about the processors that it needs. */
const SHORTEST_SECONDS = 1;
/** So long what earlier runs took is remembered. */
const LEARNED_MS = 10_000;
/** So long after its start a run may not have taken its memory yet. */
const NEW_MS = 30_000;

type RunOf = Pick<HeldRun, 'id' | 'jobId' | 'versionId'>;

/** What runs need: as they were asked for, otherwise as earlier runs of the same version took. */
export class NeedsOfRuns {
  readonly #repo: NeedsRepo;
  readonly #clock: Clock;
  #asked = new Map<string, ReturnType<NeedsRepo['askedBy']>>();
  readonly #learned = new Map<string, { needs: Needs; at: number }>();

  constructor(repo: NeedsRepo, clock: Clock) {
    this.#repo = repo;
    this.#clock = clock;
  }

  of(run: RunOf): Needs {
    const { memoryBytes, cpus } = this.#askedBy(run.id);
    // Most runs of a job are asked for alike: what is learned of them is asked for once.
    const learned = memoryBytes === null || cpus === null ? this.#learnedFrom(run) : NO_NEEDS;
    return {
      memory: asked(memoryBytes) ?? learned.memory,
      cpus: asked(cpus) ?? learned.cpus,
    };
  }

  /** All that have been started and have not ended, whoever attends them. */
  going(): Going[] {
    const held = this.#repo.held();
    const ids = new Set(held.map(({ id }) => id));
    this.#asked = new Map([...this.#asked].filter(([id]) => ids.has(id)));
    return held.map((run) => ({ needs: this.of(run), isNew: this.#isNew(run) }));
  }

  #askedBy(id: string): ReturnType<NeedsRepo['askedBy']> {
    const found = this.#asked.get(id) ?? this.#repo.askedBy(id);
    this.#asked.set(id, found);
    return found;
  }

  #learnedFrom({ jobId, versionId }: RunOf): Needs {
    const now = this.#clock.monotonic();
    const known = this.#learned.get(versionId);
    if (known && now - known.at < LEARNED_MS) return known.needs;
    const needs = learnedNeeds(this.#repo.takenBy(jobId, versionId, RUNS));
    this.#learned.set(versionId, { needs, at: now });
    return needs;
  }

  #isNew({ startedAt }: HeldRun): boolean {
    return startedAt === null || Math.abs(this.#clock.now() - startedAt) < NEW_MS;
  }
}

const NO_NEEDS: Needs = { memory: null, cpus: null };

const asked = (amount: number | null): Need | null =>
  amount === null ? null : { amount, isLearned: false };

/** The most memory that any of them took and something more; the processors they kept busy on average. */
export function learnedNeeds(taken: readonly TakenByRun[]): Needs {
  if (taken.length === 0) return NO_NEEDS;
  const long = taken.filter(({ seconds }) => seconds >= SHORTEST_SECONDS);
  const busy = long.map(({ cpuSeconds, seconds }) => cpuSeconds / seconds);
  const peak = Math.max(...taken.map(({ peakMemoryBytes }) => peakMemoryBytes));
  return {
    memory: { amount: Math.ceil(peak * MARGIN), isLearned: true },
    cpus: busy.length === 0 ? null : { amount: average(busy), isLearned: true },
  };
}

const average = (numbers: readonly number[]): number =>
  numbers.reduce((a, b) => a + b, 0) / numbers.length;
