import type { LeftOut } from '../../shared/domain/snapshot.ts';
import { DockerRules } from './docker-rules.ts';
import { GitRules, type Verdict } from './git-rules.ts';
import { baseName, type Bytes } from './path-bytes.ts';

/** Files that hold rules; a change of one makes every earlier decision void. */
const RULE_FILES: ReadonlySet<Bytes> = new Set(['.gitignore', '.slipwayignore', '.dockerignore']);

const ALWAYS: ReadonlyMap<Bytes, string> = new Map([
  ['.git', 'the repository itself'],
  ['.DS_Store', 'made by the file manager'],
]);

const ALWAYS_FOLDERS: ReadonlyMap<Bytes, string> = new Map([
  ['wandb', 'run files of W&B'],
  ['__pycache__', 'cache of Python'],
  ['node_modules', 'installed packages'],
  ['.mypy_cache', 'cache of mypy'],
  ['.pytest_cache', 'cache of pytest'],
  ['.ruff_cache', 'cache of ruff'],
  ['.ipynb_checkpoints', 'copies made by Jupyter'],
  ['.tox', 'environments of tox'],
  ['.nox', 'environments of nox'],
]);

/**
 * What a build is made with. `docker build` reads these whatever `.dockerignore` says, which only
 * keeps them out of the image.
 */
const BUILD_FILE = /^(?:Dockerfile(?:\..+)?|.+\.Dockerfile|\.dockerignore)$/i;

/** Why a name is left out wherever it is; null for nearly all names. */
export const alwaysOut = (name: Bytes, kind: LeftOut['kind']): string | null =>
  ALWAYS.get(name) ?? (kind === 'directory' ? (ALWAYS_FOLDERS.get(name) ?? null) : null);

/** The `.gitignore` files that speak about a folder, nearest first. */
export interface GitLayer {
  rules: GitRules;
  above: GitLayer | null;
}

/** What the rules say about an entry. `open` folders are out, but something inside may be in. */
export type Decision = { kind: 'in' | 'taken-back' } | { kind: 'out' | 'open'; rule: string };

const IN: Decision = { kind: 'in' };
const TAKEN_BACK: Decision = { kind: 'taken-back' };

/**
 * The rules of one root: `.slipwayignore`, else `.dockerignore`, and `.gitignore` files at every
 * level. What a `!` line of `.slipwayignore` takes back is in whatever the `.gitignore` files
 * above it say; otherwise one of them that leaves a path out is enough.
 */
export class IgnoreRules {
  readonly #own: GitRules | null;
  readonly #docker: DockerRules | null;

  constructor(files: { slipway: Buffer | null; docker: Buffer | null }) {
    this.#own = files.slipway && new GitRules('.slipwayignore', files.slipway);
    this.#docker = !files.slipway && files.docker ? new DockerRules(files.docker) : null;
  }

  get notes(): string[] {
    return this.#own?.notes ?? this.#docker?.notes ?? [];
  }

  decide(path: Bytes, isFolder: boolean, layers: GitLayer | null): Decision {
    const own = this.#own?.judge(path, isFolder);
    if (own?.out) return { kind: 'out', rule: own.rule };
    if (own?.takenBack) return TAKEN_BACK;
    const git = judgeLayers(path, isFolder, layers);
    if (git.out) return { kind: 'out', rule: git.rule };
    const docker = this.#docker?.judge(path);
    if (!docker?.out || (!isFolder && BUILD_FILE.test(baseName(path)))) return IN;
    const open = isFolder && this.#docker?.mayTakeBackBelow(path);
    return { kind: open ? 'open' : 'out', rule: docker.rule };
  }
}

function judgeLayers(path: Bytes, isFolder: boolean, layers: GitLayer | null): Verdict {
  for (let layer = layers; layer; layer = layer.above) {
    const verdict = layer.rules.judge(path, isFolder);
    if (verdict.out || verdict.takenBack) return verdict;
  }
  return { out: false, takenBack: false };
}

export const isRuleFile = (path: Bytes): boolean => RULE_FILES.has(baseName(path));
