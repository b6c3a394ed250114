import { posix } from 'node:path';
import type { Output } from '../../shared/domain/detection.ts';
import { flatten } from './config/flatten.ts';
import { hydraDrafts } from './config/hydra.ts';
import { leafDraft } from './config/leaf-drafts.ts';
import { allKnowledge } from './knowledge/all.ts';
import { argument } from './knowledge/draft.ts';
import { classConstants } from './parameters/class-constants.ts';
import { configuratorDrafts, globalDrafts } from './parameters/globals.ts';
import type { Draft, Findings } from './reading/machine.ts';
import { Modules, type Module } from './reading/modules.ts';
import { EnoughRead } from './reading/budget.ts';
import { Reader } from './reading/reader.ts';
import type { Scope, Value } from './reading/values.ts';
import type { Workspace } from './workspace.ts';

/** What one script takes and writes. */
export interface ScriptFindings {
  drafts: Draft[];
  outputs: Output[];
  notes: string[];
}

const newFindings = (): Findings => ({
  drafts: [],
  outputs: [],
  notes: new Set(),
  files: [],
  hydra: [],
  fromCli: false,
  last: [],
});

/** Reads a Python script and the modules of the code that it imports. `root` is the working folder. */
export async function readScript(
  workspace: Workspace,
  path: string,
  root: string,
): Promise<ScriptFindings | null> {
  const folder = posix.dirname(path);
  const roots = [...new Set([folder, root, posix.join(root, 'src')])];
  const knowledge = allKnowledge();
  const packages = new Set(
    Object.keys(knowledge.functions).map((name) => name.split('.')[0] ?? ''),
  );
  const { has, readText, check, until } = workspace;
  const modules = new Modules(roots, { has, readText, check, until, packages });
  const entry = await modules.load(path);
  if (!entry) return null;
  const findings = newFindings();
  const scope = readAll(new Reader(entry, modules, knowledge, findings, until), entry, findings);
  const [skipped] = modules.skipped;
  if (skipped !== undefined) {
    const count = modules.skipped.length;
    findings.notes.add(`${count} modules were not read, there is too much code: ${skipped}, ...`);
  }
  const files = await fileDrafts(workspace, findings, folder, root);
  const settable = [...findings.drafts, ...files];
  const drafts = [...settable, ...plainGlobals(entry, scope, settable)];
  return { drafts, outputs: unique(findings.outputs), notes: [...findings.notes] };
}

function readAll(reader: Reader, entry: Module, findings: Findings): Scope | null {
  try {
    return reader.read();
  } catch (error) {
    if (!(error instanceof EnoughRead)) throw error;
    findings.notes.add(`${entry.path} is too large or too deep to be read wholly.`);
    return null;
  } finally {
    for (const work of findings.last) work();
  }
}

/** Where there are ways to set things from outside, constants are no settings. */
function plainGlobals(entry: Module, scope: Scope | null, settable: readonly Draft[]): Draft[] {
  if (!scope) return [];
  const configured = configuratorDrafts(entry, scope);
  if (configured.length > 0) return configured;
  const isSettable = settable.some(({ target }) => ['argument', 'file'].includes(target.kind));
  if (isSettable) return [];
  const used = new Set<Value>(settable.flatMap(({ value }) => value ?? []));
  return [...globalDrafts(entry, scope, used), ...classConstants(entry, scope, settable)];
}

async function fileDrafts(
  workspace: Workspace,
  findings: Findings,
  folder: string,
  root: string,
): Promise<Draft[]> {
  const drafts: Draft[] = [];
  for (const { path, name, evidence } of findings.hydra) {
    const base = posix.join(posix.dirname(evidence.file), path ?? '.');
    if (path !== null) drafts.push(...(await hydraDrafts(workspace, base, name)));
  }
  for (const { path, via, overrides } of findings.files) {
    const found = [posix.join(root, path), posix.join(folder, path)].find(workspace.has);
    const text = found === undefined ? null : await workspace.readText(found);
    if (found === undefined || text === null) continue;
    const isArgument = overrides && findings.fromCli;
    for (const leaf of flatten(found, text) ?? []) {
      const key = leaf.key.join('.');
      const target = isArgument
        ? argument(key, 'hydra')
        : { kind: 'file' as const, path: found, key: leaf.key };
      drafts.push(leafDraft(leaf, key, target, via, found, isArgument ? 0.9 : 0.7));
    }
  }
  return drafts;
}

const OUTPUT_LIMIT = 300;

function unique(outputs: readonly Output[]): Output[] {
  const byName = new Map<string, Output>();
  for (const each of outputs) {
    const key = `${each.kind} ${each.name}`;
    if (!byName.has(key)) byName.set(key, each);
  }
  return [...byName.values()].slice(0, OUTPUT_LIMIT);
}
