import type { RunSettings } from '../../shared/domain/launch-spec.ts';

/** What the macros of a run stand for. */
export interface MacroFacts {
  projectName: string;
  /** The owner of the project. */
  entityName: string;
  runId: string;
  runName: string;
  /** What the run executes in; empty while that is not known. */
  imageUri: string;
  author: string;
}

const NAMES = /\$\{(?:project_name|entity_name|run_id|run_name|image_uri|author)\}/;

/** Whether a text holds one that is replaced. */
export const hasMacro = (text: string): boolean => NAMES.test(text);

const MACRO = /\$\{(\w+)\}/g;

/**
 * Text with macros replaced: `${project_name}`, `${entity_name}`, `${run_id}`, `${run_name}`,
 * `${image_uri}` and `${author}`. The rules of W&B Launch, as measured: others stay as they are, and there
 * is no escape (`$${run_id}` is `$` and the id). Variables of this process are never read.
 */
export function replaceMacros(text: string, facts: MacroFacts): string {
  const values = new Map([
    ['project_name', facts.projectName],
    ['entity_name', facts.entityName],
    ['run_id', facts.runId],
    ['run_name', facts.runName],
    ['image_uri', facts.imageUri],
    ['author', facts.author],
  ]);
  return text.replace(MACRO, (macro, name: string) => values.get(name) ?? macro);
}

/** Run settings with macros replaced in their texts, but for sources of mounts, which have none. */
export function settingsWithoutMacros(settings: RunSettings, facts: MacroFacts): RunSettings {
  const replaced = (text: string): string => replaceMacros(text, facts);
  const { user, mounts, labels, outputs } = settings;
  return {
    ...settings,
    user: user === null ? null : replaced(user),
    mounts: mounts.map((mount) => ({ ...mount, target: replaced(mount.target) })),
    labels: environmentWithoutMacros(labels, facts),
    outputs: outputs.map(replaced),
  };
}

/** The same for the values of variables (and of labels); names have no macros. */
export const environmentWithoutMacros = (
  env: Readonly<Record<string, string>>,
  facts: MacroFacts,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, replaceMacros(value, facts)]),
  );
