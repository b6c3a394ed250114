import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { COMPLETE } from '../engines/process/environments.ts';
import { candidate, namesIn, type Candidate, type FileParts } from './file-parts.ts';

/** Virtual environments of the process engine, each whole or of a build that was not finished. */
export function environmentFiles({ dataDir, rules }: FileParts): Candidate[] {
  const root = join(dataDir, 'process', 'environments');
  return namesIn(root)
    .filter((name) => /^[0-9a-f]{64}$/.test(name))
    .map((name) => {
      const path = join(root, name);
      const common = { kind: 'environments' as const, name: `environment ${name.slice(0, 12)}` };
      if (!existsSync(join(path, COMPLETE))) {
        return candidate([path], { ...common, because: 'it was never finished', free: true });
      }
      const { keep, because, jobId, usedAt } = rules.of(path);
      return candidate([path], { ...common, because, jobId, usedAt, free: !keep });
    });
}

/** Mirrors of repositories and of their histories, which code of versions does not need, but newer commits of them do. */
export function mirrorFiles({ dataDir, facts, submodules }: FileParts): Candidate[] {
  const root = join(dataDir, 'git');
  const users = new Map<string, string>(
    submodules.map((remote) => [folderOf(remote), 'a submodule']),
  );
  for (const { remote, label } of facts.remotes) users.set(folderOf(remote), label);
  return namesIn(root)
    .filter((name) => /^[0-9a-f]{64}(?:\.history)?\.git$/.test(name))
    .map((name) => {
      const user = users.get(name.replace('.history', ''));
      const because = user === undefined ? 'no version needs it' : `used by ${user}`;
      const told = { kind: 'mirrors' as const, name: `mirror ${name.slice(0, 12)}`, because };
      return candidate([join(root, name)], { ...told, free: user === undefined });
    });
}

/** As `core/sources/git/mirror.ts` names it; the history is beside it (`core/sources/git/history.ts`). */
const folderOf = (remote: string): string =>
  `${createHash('sha256').update(remote).digest('hex')}.git`;
