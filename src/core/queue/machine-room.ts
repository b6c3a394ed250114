import { readFileSync } from 'node:fs';
import { availableParallelism, freemem, platform, totalmem } from 'node:os';
import type { EngineKind } from '../../shared/domain/run.ts';
import type { Clock } from '../clock.ts';
import type { Capacity, Engine } from '../engines/engine.ts';
import type { Machine } from './admission.ts';

/** So long what an engine said of its machine is taken for true. */
const KNOWN_MS = 60_000;

export interface MachineRoomParts {
  engine(kind: EngineKind): Pick<Engine, 'capacity'>;
  clock: Clock;
  /** This machine; handed in by tests. */
  system?: () => Machine;
}

/** What there is for runs: this machine, or the smaller one that an engine runs them on. */
export class MachineRoom {
  readonly #parts: MachineRoomParts;
  readonly #known = new Map<EngineKind, { capacity: Capacity; at: number }>();
  readonly #asked = new Set<EngineKind>();

  constructor(parts: MachineRoomParts) {
    this.#parts = parts;
  }

  /** Null while the engine has not said what its machine has; it is asked, and `onKnown` is called. */
  of(kind: EngineKind, onKnown: () => void, signal: AbortSignal): Machine | null {
    const known = this.#known.get(kind);
    const now = this.#parts.clock.monotonic();
    const isOld = !known || now - known.at > KNOWN_MS;
    // Who asks while the answer is awaited is not called, or would ask again at once, without end.
    if (isOld && !this.#asked.has(kind)) void this.#ask(kind, signal).then(onKnown);
    return known ? roomFor(known.capacity, (this.#parts.system ?? thisMachine)()) : null;
  }

  async #ask(kind: EngineKind, signal: AbortSignal): Promise<void> {
    this.#asked.add(kind);
    const { engine, clock } = this.#parts;
    // One that does not say has what this machine has.
    const capacity = await engine(kind)
      .capacity(signal)
      .catch(() => (signal.aborted ? null : (this.#known.get(kind)?.capacity ?? UNKNOWN)));
    this.#asked.delete(kind);
    // Who has left has not been told that it cannot say: the next one asks.
    if (capacity) this.#known.set(kind, { capacity, at: clock.monotonic() });
  }
}

const UNKNOWN: Capacity = { isHere: true, memoryBytes: null, cpus: null };

function roomFor({ isHere, memoryBytes, cpus }: Capacity, here: Machine): Machine {
  const most = { memoryBytes: memoryBytes ?? Infinity, cpus: cpus ?? Infinity };
  if (!isHere) return { ...most, availableBytes: null };
  return {
    // An engine in a virtual machine takes it from this one.
    availableBytes: here.availableBytes,
    memoryBytes: Math.min(here.memoryBytes, most.memoryBytes),
    cpus: Math.min(here.cpus, most.cpus),
  };
}

/** This machine, now. */
export const thisMachine = (): Machine => ({
  memoryBytes: totalmem(),
  availableBytes: availableMemory(),
  cpus: availableParallelism(),
});

/** Bytes; null on macOS, which counts as free only what it has found no use for. */
function availableMemory(): number | null {
  if (platform() === 'darwin') return null;
  if (platform() !== 'linux') return freemem();
  try {
    return memAvailable(readFileSync('/proc/meminfo', 'utf8')) ?? freemem();
  } catch {
    return freemem();
  }
}

/** What `/proc/meminfo` says could be taken without swapping, in bytes (proc(5)). Null where it does not say. */
export function memAvailable(meminfo: string): number | null {
  const found = /^MemAvailable:\s+(\d+) kB$/m.exec(meminfo)?.[1];
  return found === undefined ? null : Number(found) * 1024;
}
