import type { InputField, InputTarget } from '../../../shared/domain/inputs.ts';
import { matches } from '../../stores/selectors.ts';
import { fieldLabel } from './field-words.ts';

/** Inputs that are nested in one another by their names: `model.encoder.width`. */
export interface InputGroup {
  id: string;
  title: string;
  fields: InputField[];
  groups: InputGroup[];
}

/** Inputs that go the same way, and where that is known from. */
export interface InputSection extends InputGroup {
  /** How they are known: "argparse, train.py". */
  origin: string;
  /** Folded until something in it matters: what one seldom sets. */
  folded: boolean;
  count: number;
}

const TITLES: Readonly<Record<InputTarget['kind'], string>> = {
  argument: 'Arguments',
  config: 'wandb.config',
  file: 'Config file',
  environment: 'Environment variables',
  secret: 'Secrets',
  constant: 'Fixed in the code',
};
const ORDER = Object.keys(TITLES);
const SELDOM: readonly string[] = ['environment', 'constant', 'file'];

const kindOf = (field: InputField): InputTarget['kind'] => field.targets[0]?.kind ?? 'constant';

function sectionKey(field: InputField): { key: string; title: string } {
  const target = field.targets[0];
  const kind = kindOf(field);
  if (target?.kind === 'file') return { key: `file ${target.path}`, title: target.path };
  return { key: kind, title: TITLES[kind] };
}

/** "argparse, train.py line 12" without its line. */
const withoutLine = (text: string): string => text.replace(/,? line \d+$/, '');

function originOf(fields: readonly InputField[]): string {
  const texts = new Set(
    fields.flatMap(({ origins }) => origins.map(({ text }) => withoutLine(text))),
  );
  const [first = '', ...others] = texts;
  return others.length > 0 ? `${first} and ${others.length} more` : first;
}

const emptyGroup = (id: string, title: string): InputGroup => ({
  id,
  title,
  fields: [],
  groups: [],
});

function groupAt(root: InputGroup, path: readonly string[]): InputGroup {
  let group = root;
  for (const title of path) {
    let next = group.groups.find((candidate) => candidate.title === title);
    if (!next) group.groups.push((next = emptyGroup(`${group.id}/${title}`, title)));
    group = next;
  }
  return group;
}

/** The inputs in the order to show them. Names are nested as the schema says, order kept. */
export function sectionsOf(fields: readonly InputField[]): InputSection[] {
  const byKey = Map.groupBy(fields, (field) => sectionKey(field).key);
  const sections = [...byKey].map(([key, own]): InputSection => {
    const root = emptyGroup(key, sectionKey(own[0]!).title);
    for (const field of own) groupAt(root, field.group).fields.push(field);
    const kind = kindOf(own[0]!);
    const seldom = SELDOM.includes(kind) && byKey.size > 1;
    return { ...root, origin: originOf(own), folded: seldom, count: own.length };
  });
  return sections.toSorted(
    (a, b) => ORDER.indexOf(a.id.split(' ')[0]!) - ORDER.indexOf(b.id.split(' ')[0]!),
  );
}

/** The sub-commands of the inputs, in order; empty when there are none. */
export const commandsOf = (fields: readonly InputField[]): string[] => [
  ...new Set(fields.flatMap(({ command }) => command ?? [])),
];

/** The inputs that matter: of the chosen sub-command, and with the words of the filter. */
export const shownFields = (
  fields: readonly InputField[],
  command: string | null,
  filter: string,
): InputField[] =>
  fields.filter(
    (field) =>
      (field.command === null || field.command === command) &&
      (filter === '' || matches(`${field.name} ${fieldLabel(field)} ${field.help ?? ''}`, filter)),
  );

/** The names of inputs from the top of the form to its end. */
export const namesIn = (groups: readonly InputGroup[]): string[] =>
  groups.flatMap(({ fields, groups: inner }) => [
    ...fields.map(({ name }) => name),
    ...namesIn(inner),
  ]);
