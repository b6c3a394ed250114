import { posix } from 'node:path';
import { parseDocument } from 'yaml';
import { argument, draft } from '../knowledge/draft.ts';
import type { Draft } from '../reading/machine.ts';
import { constant, NONE } from '../reading/values.ts';
import { flatten } from './flatten.ts';
import { leafDraft } from './leaf-drafts.ts';
import type { Workspace } from '../workspace.ts';

/** Depth and number of config files that one job's defaults lists may name. */
const DEPTH = 8;
const FILE_LIMIT = 100;

interface Choice {
  /** `model`, or `optimizer@model.optimizer` when it is put elsewhere. */
  group: string;
  /** Dotted; where its keys are. */
  place: string;
  option: string | null;
  line: number;
}

/**
 * Keys that can be overridden on the command line of a Hydra job: those of its config, of the groups
 * that its defaults lists choose, and the choices themselves. Rules as of Hydra 1.3.
 */
export async function hydraDrafts(
  workspace: Workspace,
  folder: string,
  name: string,
): Promise<Draft[]> {
  const reader = new ConfigReader(workspace, folder);
  await reader.read(name.replace(/\.ya?ml$/, ''), '', '', 0);
  return [...reader.drafts.values()];
}

class ConfigReader {
  readonly drafts = new Map<string, Draft>();
  readonly #workspace: Workspace;
  readonly #folder: string;
  #files = 0;

  constructor(workspace: Workspace, folder: string) {
    this.#workspace = workspace;
    this.#folder = folder;
  }

  /** `group` is the folder of the config, `place` where its keys go. */
  async read(name: string, group: string, place: string, depth: number): Promise<void> {
    const path = posix.join(this.#folder, group, `${name}.yaml`);
    const found = this.#workspace.has(path) ? path : path.replace(/yaml$/, 'yml');
    const text = this.#files < FILE_LIMIT ? await this.#workspace.readText(found) : null;
    this.#files += 1;
    if (text === null) return;
    const [, header] = /^\s*#\s*@package\s+(\S+)/m.exec(text) ?? [];
    const at = header === undefined ? place : header === '_global_' ? '' : header;
    for (const choice of defaultsOf(text, group)) await this.#choose(choice, at, depth);
    const leaves = flatten(found, text) ?? [];
    for (const leaf of leaves) {
      if (leaf.key[0] === 'defaults' || (at === '' && leaf.key[0] === 'hydra')) continue;
      const key = [...(at === '' ? [] : [at]), ...leaf.key].join('.');
      this.drafts.set(key, leafDraft(leaf, key, argument(key, 'hydra'), 'hydra', found, 0.95));
    }
  }

  async #choose(choice: Choice, at: string, depth: number): Promise<void> {
    const { group, option } = choice;
    const [folder = ''] = group.split('@');
    const isGroup = folder !== '';
    const inner = isGroup ? [at, choice.place].filter((each) => each !== '').join('.') : at;
    if (isGroup && depth === 0) this.#addChoice(choice, folder);
    if (option !== null && depth < DEPTH) {
      await this.read(option, folder, inner, depth + 1);
    }
  }

  #addChoice({ group, option, line }: Choice, folder: string): void {
    const files = this.#workspace.filesIn(posix.join(this.#folder, folder));
    const choices = files
      .filter((path) => /\.ya?ml$/.test(path))
      .map((path) => posix.basename(path).replace(/\.ya?ml$/, ''));
    const evidence = { file: `${this.#folder}/${folder}`.replace(/^\.?\//, ''), line };
    const more = {
      type: 'string' as const,
      value: option === null ? NONE : constant(option),
      choices: choices.length > 0 ? choices : null,
    };
    const target = argument(group, 'hydra');
    this.drafts.set(group, draft({ name: group, target, via: 'hydra', evidence }, more));
  }
}

function defaultsOf(text: string, group: string): Choice[] {
  const document = parseDocument(text, { logLevel: 'silent', uniqueKeys: false });
  const list: unknown = document.errors.length > 0 ? null : document.toJS({ maxAliasCount: 10 });
  const defaults = (list as { defaults?: unknown } | null)?.defaults;
  if (!Array.isArray(defaults)) return [];
  const lines = text.split('\n');
  return defaults.slice(0, FILE_LIMIT).flatMap((entry: unknown) => {
    const choice = choiceOf(entry, group);
    if (!choice) return [];
    const line =
      lines.findIndex((each) => each.includes(choice.group || (choice.option ?? ''))) + 1;
    return [{ ...choice, line: Math.max(1, line) }];
  });
}

/** An entry of a defaults list; null for `_self_` and for settings of Hydra itself. */
function choiceOf(entry: unknown, outer: string): Omit<Choice, 'line'> | null {
  if (typeof entry === 'string') {
    return entry === '_self_' || entry.startsWith('/hydra')
      ? null
      : { group: '', place: '', option: entry.replace(/^\//, '') };
  }
  const [pair] = Object.entries(typeof entry === 'object' ? (entry ?? {}) : {});
  if (!pair) return null;
  const key = pair[0].replace(/^(?:(?:override|optional)\s+)+/, '');
  if (/^\/?hydra\b/.test(key)) return null;
  const [name = '', place] = key.split('@');
  const absolute = name.startsWith('/') ? name.slice(1) : posix.join(outer, name);
  const option = typeof pair[1] === 'string' ? pair[1] : null;
  const group = place === undefined ? absolute : `${absolute}@${place}`;
  const target = place === undefined ? name.replace(/^\//, '').replaceAll('/', '.') : place;
  return { group, place: target === '_global_' ? '' : target, option };
}
