import type { Control, Snapshots } from '../snapshots/snapshots.ts';
import type { StoreRoom } from '../snapshots/snapshots.ts';
import { plural } from '../../shared/format.ts';
import { nothing, type Found, type Measured } from './found.ts';
import type { RoomFacts } from './room-facts.ts';
import { toErrorData } from '../../shared/errors.ts';
import { checkCancelled } from '../scope.ts';

export const SNAPSHOT_KEY = 'snapshots';

/** Code of versions: what no version of any job needs goes as one. */
export class SnapshotRoom {
  readonly #snapshots: Pick<Snapshots, 'room' | 'forgetOthers' | 'giveBack'>;

  constructor(snapshots: Pick<Snapshots, 'room' | 'forgetOthers' | 'giveBack'>) {
    this.#snapshots = snapshots;
  }

  async measure(facts: RoomFacts, control: Control): Promise<Measured> {
    try {
      const { jobs, trees } = byJob(facts);
      const room = await this.#snapshots.room(trees, control);
      const items = jobs.map((job, at) => ownItem(job, trees[at]!.length, room.owners[at] ?? 0));
      // After a database was replaced, its versions may be needed that are known nowhere now.
      const others = otherItem(room, facts.isRestored);
      return {
        bytes: room.bytes,
        items: [...items, ...others],
        jobs: new Map(jobs.map(({ id }, at) => [id, room.owners[at] ?? 0])),
        problem: null,
      };
    } catch (error) {
      checkCancelled(control.signal, 'Measuring the snapshots');
      return nothing(toErrorData(error).message);
    }
  }

  /** Nobody may take a snapshot meanwhile. `facts` were read after that was so. */
  async forget(facts: RoomFacts, control: Control): Promise<void> {
    if (facts.isRestored) return;
    await this.#snapshots.forgetOthers(byJob(facts).trees, control);
  }

  giveBack(alone: boolean, control: Control): Promise<void> {
    return this.#snapshots.giveBack({ alone }, control);
  }
}

interface JobOf {
  id: string;
  name: string;
}

function byJob({ jobs, trees }: RoomFacts): { jobs: JobOf[]; trees: string[][] } {
  const of = new Map<string, string[]>();
  for (const { tree, jobId } of trees) of.set(jobId, [...(of.get(jobId) ?? []), tree]);
  const names = new Map(jobs.map(({ id, name }) => [id, name]));
  const found = [...of.keys()].map((id) => ({ id, name: names.get(id) ?? id }));
  return { jobs: found, trees: found.map(({ id }) => of.get(id)!) };
}

const ownItem = ({ id, name }: JobOf, trees: number, bytes: number): Found => ({
  ...{ kind: 'snapshots', key: `snapshots ${id}`, jobId: id, runId: null, bytes, freeable: 0 },
  name: `code of ${name}`,
  because: `used by ${plural(trees, 'version')}`,
  usedAt: null,
});

function otherItem({ trees, loose, freeable }: StoreRoom, isRestored: boolean): Found[] {
  if (trees === 0 && !loose) return [];
  const why = trees > 0 ? 'no version needs it' : 'left by what was interrupted or removed';
  return [
    {
      ...{ kind: 'snapshots', key: SNAPSHOT_KEY, jobId: null, runId: null, usedAt: null },
      name: trees > 0 ? plural(trees, 'snapshot') : 'room inside the file of snapshots',
      bytes: freeable,
      freeable: isRestored ? 0 : freeable,
      because: isRestored ? 'this database stands in for another one, which may need it' : why,
    },
  ];
}
