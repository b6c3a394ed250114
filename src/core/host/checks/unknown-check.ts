import { readdir } from 'node:fs/promises';
import { ENGINE_KINDS, type EngineKind } from '../../../shared/domain/run.ts';
import type { RestoredRepo } from '../../db/restored-repo.ts';
import type { Engine } from '../../engines/engine.ts';
import { plural } from '../../../shared/format.ts';
import { fine, wrong, type Check } from './check.ts';

interface UnknownParts {
  restored: RestoredRepo;
  logs: string;
  engine(kind: EngineKind): Engine;
}

/** After a backup was restored: what engines and logs tell of that it does not know. All of it is kept. */
export const unknownCheck = (parts: UnknownParts): Check => ({
  id: 'restored',
  title: 'Restored database',
  look: async (signal) => {
    const from = parts.restored.get();
    if (from === null) return fine('the database was never restored');
    const [refs, logs] = [await sparedRefs(parts, signal), await unknownLogs(parts)];
    const told = [
      ...(from.aside === null ? [] : [`the damaged one is kept as ${from.aside}`]),
      ...(refs.length === 0 ? [] : [`${plural(refs.length, 'container')} of runs that it lost`]),
      ...(logs.length === 0 ? [] : [`${plural(logs.length, 'log')} of runs that it lost`]),
    ].join('; ');
    if (refs.length + logs.length === 0) return fine(told || 'nothing was lost');
    return wrong('warning', told, howToFind(parts.logs, refs));
  },
});

function howToFind(logs: string, refs: readonly string[]): string {
  const engines =
    refs.length === 0 ? '' : ` Their engine still has: ${refs.slice(0, 5).join(', ')}.`;
  return `They are left alone: remove what you do not need. Logs are in ${logs}.${engines}`;
}

/** What engines that answer still have. */
async function sparedRefs(
  { restored, engine }: UnknownParts,
  signal: AbortSignal,
): Promise<string[]> {
  const found = await Promise.all(
    ENGINE_KINDS.map((kind) =>
      engine(kind)
        .list(signal)
        .catch(() => []),
    ),
  );
  return found
    .flat()
    .filter(({ attemptId }) => restored.spares(attemptId))
    .map(({ ref }) => ref);
}

async function unknownLogs({ restored, logs }: UnknownParts): Promise<string[]> {
  const names = await readdir(logs).catch(() => []);
  const ids = names.flatMap((name) => /^(?!build-)([0-9a-z-]+)\.log$/.exec(name)?.[1] ?? []);
  return restored.unknownRuns(ids);
}
