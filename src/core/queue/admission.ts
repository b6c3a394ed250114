import type { WaitReason } from '../../shared/domain/queue.ts';
import {
  memoryNeverFits,
  memoryTaken,
  processorsNeverFit,
  processorsTaken,
} from './wait-reason.ts';

/** How much of something a run needs. */
export interface Need {
  amount: number;
  /** By what earlier runs took; otherwise it was asked for. */
  isLearned: boolean;
}

/** Memory in bytes and processor cores; null where nothing is known. */
export interface Needs {
  memory: Need | null;
  cpus: Need | null;
}

/** What the machine of an engine has, whatever runs on it. */
export interface Machine {
  memoryBytes: number;
  /** What the system says could be taken now; null where it does not. */
  availableBytes: number | null;
  cpus: number;
}

/** A run that has been started and has not ended. */
export interface Going {
  needs: Needs;
  /** It may not have taken yet what it needs, so that the system still shows it as available. */
  isNew: boolean;
}

export type Admission =
  { is: 'fits' } | { is: 'waits'; reason: WaitReason } | { is: 'never'; reason: WaitReason };

const FITS: Admission = { is: 'fits' };

/**
 * Whether a run fits beside those that are going. What is learned is no promise: such a run is started where
 * nothing else of ours is going, however little seems to be free, since it has run here before.
 */
export function admit(needs: Needs, machine: Machine, going: readonly Going[]): Admission {
  const isAlone = going.length === 0;
  const { memory, cpus } = needs;
  const memoryIs = fit(memory, machine.memoryBytes, freeMemory(machine, going), isAlone);
  if (memoryIs !== 'fits') return memoryRefusal(memoryIs, memory!.amount, machine, going);
  const cpusAre = fit(cpus, machine.cpus, freeCpus(machine, going), isAlone);
  if (cpusAre !== 'fits') return cpuRefusal(cpusAre, cpus!.amount, machine, going);
  return FITS;
}

function fit(need: Need | null, total: number, free: number, isAlone: boolean): Admission['is'] {
  if (need === null) return 'fits';
  if (!need.isLearned && need.amount > total) return 'never';
  if (Math.min(need.amount, total) <= free) return 'fits';
  return need.isLearned && isAlone ? 'fits' : 'waits';
}

/** The smaller of what the system has left, and of what those that are going leave by their needs. Bytes. */
export function freeMemory(machine: Machine, going: readonly Going[]): number {
  const memoryOf = ({ needs }: Going): number => needs.memory?.amount ?? 0;
  const left = machine.memoryBytes - sum(going.map(memoryOf));
  const { availableBytes } = machine;
  if (availableBytes === null) return Math.max(0, left);
  const notTaken = sum(going.filter(({ isNew }) => isNew).map(memoryOf));
  return Math.max(0, Math.min(left, availableBytes - notTaken));
}

/** Processor cores that those that are going leave by their needs. */
export function freeCpus(machine: Machine, going: readonly Going[]): number {
  const taken = sum(going.map(({ needs }) => needs.cpus?.amount ?? 0));
  // Sums of tenths must not make a difference: three times 0.1 is 0.3.
  return Math.max(0, Number((machine.cpus - taken).toFixed(6)));
}

const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);

function memoryRefusal(
  is: 'never' | 'waits',
  amount: number,
  machine: Machine,
  going: readonly Going[],
): Admission {
  if (is === 'never') return { is, reason: memoryNeverFits(amount, rough(machine.memoryBytes)) };
  return { is, reason: memoryTaken(rough(amount), rough(freeMemory(machine, going))) };
}

function cpuRefusal(
  is: 'never' | 'waits',
  amount: number,
  machine: Machine,
  going: readonly Going[],
): Admission {
  if (is === 'never') return { is, reason: processorsNeverFit(amount, machine.cpus) };
  return { is, reason: processorsTaken(amount, freeCpus(machine, going)) };
}

/** To a tenth of its unit, as what is free changes all the time: `3.1 GiB`. */
function rough(bytes: number): number {
  const unit = 1024 ** Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1024));
  return Math.round(Math.round((bytes / unit) * 10) * (unit / 10));
}
