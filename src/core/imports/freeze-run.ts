import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Source } from '../../shared/domain/job.ts';
import { parseImageReference } from '../build/image-reference.ts';
import type { Engine } from '../engines/engine.ts';
import { tagAliases } from '../jobs/aliases.ts';
import type { FrozenSource } from '../jobs/freeze-source.ts';
import type { Control, Snapshots } from '../snapshots/snapshots.ts';
import type { GitSources } from '../sources/git/git-types.ts';
import { writeCode } from '../tracked/code-files.ts';
import type { RunSource } from '../tracked/run-source.ts';
import type { TrackedRun } from '../tracked/tracked-run.ts';
import { freezeGitOfRun } from './git-of-run.ts';

export interface FreezeRunParts {
  snapshots: Snapshots;
  git: GitSources;
  images: Pick<Engine, 'resolveImage'>;
}

const PLAIN = { leftOut: [], notes: [], context: null, aliases: [] };

/** The code of a tracked run, from one of the places it recorded. */
export async function freezeRunSource(
  parts: FreezeRunParts,
  source: RunSource,
  run: TrackedRun,
  control: Control,
): Promise<FrozenSource> {
  switch (source.kind) {
    case 'git':
      return { ...PLAIN, ...(await freezeGitOfRun(parts.git, source, run.folder, control)) };
    case 'code': {
      const from = { runFolder: run.folder, dataFolders: dataFolders() };
      return freezeFilled(parts, control, (folder) =>
        writeCode(run.code!, from, folder, control.signal),
      );
    }
    case 'image': {
      const { tag } = parseImageReference(source.reference);
      const image = await parts.images.resolveImage(source.reference, 'missing', control);
      return { ...PLAIN, source: image, aliases: tagAliases(tag) };
    }
  }
}

/** What was recorded about a run, where its code is not to be had. */
export const freezeRecord = (
  parts: FreezeRunParts,
  run: TrackedRun,
  control: Control,
): Promise<FrozenSource> =>
  freezeFilled(parts, control, async (folder) => {
    const { python, program, codePath, args, git } = run.environment;
    const about = { program: codePath ?? program, args, python, git };
    await writeFile(join(folder, 'run.json'), `${JSON.stringify(about, null, 2)}\n`);
    if (run.requirements !== null) {
      await writeFile(join(folder, 'requirements.txt'), run.requirements);
    }
    if (run.patch) await writeFile(join(folder, 'diff.patch'), run.patch);
  });

/** A snapshot of a folder that `fill` fills, which is gone afterwards. */
async function freezeFilled(
  { snapshots }: FreezeRunParts,
  control: Control,
  fill: (folder: string) => Promise<void>,
): Promise<FrozenSource> {
  // Not in the data folder, which no snapshot is taken of.
  const folder = await mkdtemp(join(tmpdir(), 'slipway-code-'));
  try {
    await fill(folder);
    const all = { includeSecrets: [], everything: true };
    const { digest, files, bytes } = await snapshots.freeze(folder, all, control);
    const tree = { tree: digest, files, bytes };
    const source: Source = { kind: 'code', ...tree, folder: null, includedSecrets: [] };
    return { ...PLAIN, source };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where the SDK keeps what it logged, unless it was told otherwise. */
const dataFolders = (): string[] =>
  [process.env['WANDB_DATA_DIR'], join(homedir(), '.local', 'share', 'wandb')].filter(
    (folder) => folder !== undefined && folder !== '',
  ) as string[];
