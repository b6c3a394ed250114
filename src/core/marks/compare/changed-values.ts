import type { Json } from '../../../shared/domain/json.ts';
import type { RunChanges } from '../../../shared/domain/run-comparison.ts';
import type { ComparedRun, Named } from './compared-run.ts';
import {
  codeNames,
  environmentNames,
  flat,
  inputNames,
  packageNames,
  settingNames,
} from './named-values.ts';
import { allNames, isSame } from './rows.ts';

type Change = RunChanges['changes'][number];

/** Changes of one kind that are listed. */
const LISTED = 50;
/** Of a value, in characters. */
const SHOWN = 500;

const BUILD = [
  'Python',
  'Base image',
  'Dockerfile',
  'Dockerfile as rewritten',
  'Build stage',
  'Build context',
];

/**
 * What is different beside the files of the code, in the order in which it is likeliest to matter: packages,
 * what they are installed on, how it starts, what it was given and found, how and where it was executed.
 */
export function changedValues(good: ComparedRun, run: ComparedRun, codeChanged: boolean): Change[] {
  const of = (names: (each: ComparedRun) => Named) => [names(good), names(run)] as const;
  const environment = changes('environment', of(environmentNames));
  const about = (texts: readonly string[]) =>
    environment.filter(({ text }) => texts.includes(text));
  const isBuild = ({ text }: Change) => BUILD.includes(text) || text.startsWith('Argument ');
  const inputs = changes('inputs', of(inputNames));
  const given = new Set(inputs.map(({ text }) => text.replace(/^config /, '')));
  const packages = packageNames([good, run]) as [Named, Named];
  const found = [
    ...clipped(changes('environment', packages), 'packages'),
    ...environment.filter(isBuild),
    ...changes('code', of(codeNames)).filter(({ text }) => text === 'Entry point'),
    ...clipped(inputs, 'inputs'),
    ...clipped(
      changes(
        'config',
        of((each) => flat(each.run.config)),
      ).filter(({ text }) => !given.has(text)),
      'values of the config',
    ),
    ...changes('settings', of(settingNames)),
    ...about(['Engine']),
  ];
  // Made anew for any change of the above: worth telling when it is all there is.
  return found.length > 0 || codeChanged ? found : about(['Environment']);
}

function changes(section: Change['section'], [before, after]: readonly [Named, Named]): Change[] {
  return allNames([after, before])
    .filter((name) => !isSame(before.get(name), after.get(name)))
    .map((name) => ({
      section,
      text: name,
      before: textOf(before.get(name)),
      after: textOf(after.get(name)),
    }));
}

function clipped(all: Change[], what: string): Change[] {
  if (all.length <= LISTED) return all;
  const text = `${all.length - LISTED} more ${what}`;
  const { section } = all[0]!;
  return [...all.slice(0, LISTED), { section, text, before: null, after: null }];
}

function textOf(value: Json | undefined): string | null {
  if (value === undefined) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
