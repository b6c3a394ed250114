import type { CommandInput } from '../../../shared/contract/commands.ts';

/** What is typed about a job that is to be made; empty fields leave it to Slipway. */
export interface JobDraft {
  name: string;
  project: string;
  entryPoint: string;
  description: string;
  /** Separated by spaces or commas. */
  aliases: string;
  context: string;
  dockerfile: string;
  /** One `NAME=value` a line. */
  args: string;
  target: string;
  baseImage: string;
  /** A JSON Schema of the inputs, as JSON or YAML. */
  schema: string;
}

export const noDraft: JobDraft = {
  name: '',
  project: '',
  entryPoint: '',
  description: '',
  aliases: '',
  context: '',
  dockerfile: '',
  args: '',
  target: '',
  baseImage: '',
  schema: '',
};

export type SourceInput = CommandInput<'createJob'>['source'];

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

const ARGUMENT = /^([A-Za-z_]\w*)=(.*)$/;

/** The lines that are no `NAME=value`. */
export const badArguments = (text: string): string[] =>
  lines(text).filter((line) => !ARGUMENT.test(line));

function argumentsOf(text: string): Record<string, string> {
  const found = lines(text).map((line) => ARGUMENT.exec(line));
  return Object.fromEntries(found.map((match) => [match?.[1] ?? '', match?.[2] ?? '']));
}

/** The fields that hold something, trimmed. */
function filled<T extends Record<string, string>>(fields: T): Partial<T> {
  const entries = Object.entries(fields).map(([name, value]) => [name, value.trim()]);
  return Object.fromEntries(entries.filter(([, value]) => value)) as Partial<T>;
}

/** The request a draft comes to; what was left empty is not sent. */
export function createInput(
  draft: JobDraft,
  source: SourceInput,
): Omit<CommandInput<'createJob'>, 'operationId'> {
  const { name, entryPoint, description, context, dockerfile, target, baseImage } = draft;
  const args = argumentsOf(draft.args);
  const build = {
    ...filled({ context, dockerfile, target, baseImage }),
    ...(Object.keys(args).length > 0 && { args }),
  };
  const aliases = draft.aliases.split(/[\s,]+/).filter(Boolean);
  return {
    source,
    project: draft.project,
    ...filled({ name, entryPoint, description, schema: draft.schema }),
    ...(Object.keys(build).length > 0 && { build }),
    ...(aliases.length > 0 && { aliases }),
  };
}
