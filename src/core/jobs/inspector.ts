import type { Detection } from '../../shared/domain/detection.ts';
import type { Inspection } from '../../shared/domain/inspection.ts';
import { treeOf, type JobVersion } from '../../shared/domain/job.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import { AppError } from '../../shared/errors.ts';
import { dockerfileFor } from '../build/dockerfile.ts';
import type { Hold } from '../db/use-lock.ts';
import { parseEntryPoint } from '../detect/entry-point.ts';
import type { Control, InspectRequest, Snapshots } from '../snapshots/snapshots.ts';
import type { GitSources } from '../sources/git/git-types.ts';
import { fileTextOf } from './file-text.ts';
import { freezeGit } from './freeze-source.ts';
import type { SourceRequest } from './job-request.ts';

export interface InspectorParts {
  snapshots: Snapshots;
  git: GitSources;
  settings(): Settings;
  /** Keeps what was frozen while it is looked at. */
  hold: Hold;
}

export interface InspectSource {
  source: Exclude<SourceRequest, { kind: 'image' }>;
  /** Sub-folder to look at; without it that of a pasted address, else the root. */
  context?: string | undefined;
  entryPoint?: string | undefined;
}

/** Finds out about code without running any of it. */
export class Inspector {
  readonly #parts: InspectorParts;

  constructor(parts: InspectorParts) {
    this.#parts = parts;
  }

  /**
   * Of a folder nothing is stored; a repository is fetched and its commit frozen first.
   * @throws AppError for a source that cannot be read, `E_CONTEXT_...`
   */
  async inspect({ source, context, entryPoint }: InspectSource, control: Control) {
    const words = entryPoint === undefined ? null : parseEntryPoint(entryPoint);
    if (source.kind === 'folder') {
      const request = { context: context ?? '', entryPoint: words };
      const options = { includeSecrets: source.includeSecrets ?? [] };
      const { snapshots } = this.#parts;
      const looked = await snapshots.inspectFolder(source.folder, options, request, control);
      return { ...looked, context: request.context, git: null } satisfies Inspection;
    }
    const { hold } = this.#parts;
    const asked = { context, entryPoint: words };
    return hold(() => this.#inspectGit(source, asked, control), control.signal);
  }

  /** Parameters, presets and outputs of a version; nothing for an image. */
  async detection({ source, build, entryPoint }: JobVersion): Promise<Detection> {
    const tree = treeOf(source);
    if (tree === null) return NOTHING;
    const request = { context: build.context, entryPoint };
    const { snapshots } = this.#parts;
    return (await snapshots.inspectTree(tree, request, { signal: never })).detection;
  }

  /** The Dockerfile a version is built with; null for an image, which is not built. */
  async dockerfile(version: JobVersion): Promise<{ text: string; generated: boolean } | null> {
    const { source, build, environment } = version;
    const tree = treeOf(source);
    if (tree === null) return null;
    if (build.dockerfile === null) {
      const code = { kind: 'tree' as const, tree, plan: environment, build };
      const text = dockerfileFor(code, this.#parts.settings());
      return { text, generated: true };
    }
    const path = [build.context, build.dockerfile].filter(Boolean).join('/');
    const { text, binary } = await fileTextOf(this.#parts.snapshots, tree, path);
    if (!binary) return { text, generated: false };
    throw new AppError('E_DOCKERFILE', `${path} is not a text file.`, {
      next: 'Choose the Dockerfile itself, or none.',
    });
  }

  async #inspectGit(
    source: Extract<SourceRequest, { kind: 'git' }>,
    asked: { context: string | undefined; entryPoint: string[] | null },
    control: Control,
  ): Promise<Inspection> {
    const frozen = await freezeGit(this.#parts.git, source, control);
    const { remote, ref, commit, tree, files, bytes } = frozen.git;
    const request: InspectRequest = {
      context: asked.context ?? frozen.context ?? '',
      entryPoint: asked.entryPoint,
    };
    const looked = await this.#parts.snapshots.inspectTree(tree, request, control);
    return {
      ...looked,
      context: request.context,
      git: { remote, ref, commit, files, bytes },
      notes: [...frozen.notes, ...looked.notes],
    };
  }
}

const never = new AbortController().signal;

const NOTHING: Detection = {
  entryPoints: [],
  parameters: [],
  others: [],
  presets: [],
  outputs: [],
  notes: [],
  jobs: [],
};
