import { basename, isAbsolute } from 'node:path';
import type { Json } from '../../../shared/domain/json.ts';
import type { LaunchSpec } from '../../../shared/domain/launch-spec.ts';
import type { EngineKind } from '../../../shared/domain/run.ts';
import { settingsInWords } from '../../../shared/domain/settings-in-words.ts';
import { eachFlatValue } from '../../../shared/flat-values.ts';
import { formatEntryPoint } from '../../detect/entry-point.ts';
import type { ComparedRun, Named } from './compared-run.ts';
import { packagesOf } from './packages.ts';

const ENGINES: Record<EngineKind, string> = { docker: 'Docker', process: 'Process' };
/** Digits of a commit or digest that tell it from others. */
const SHORT = 12;

/** Leaves out what there is none of. */
const named = (entries: readonly (readonly [string, Json | undefined])[]): Named =>
  new Map(
    entries.filter((entry): entry is [string, Json] => entry[1] !== undefined && entry[1] !== null),
  );

/** Nested values by their paths, as the columns of lists have them. */
export function flat(values: Record<string, unknown> | null): Named {
  const found = new Map<string, Json>();
  // What a run was configured with and what it came to are stored as JSON.
  eachFlatValue(values ?? {}, (name, value) => found.set(name, value as Json));
  return found;
}

/** Where its code came from and how it starts. */
export function codeNames({ run, version, inputs }: ComparedRun): Named {
  const { source } = version;
  const words = inputs?.entryPoint ?? run.entryPoint;
  return named([
    ['Job', `${run.projectName}/${run.jobName}`],
    ['Version', `v${version.number}`],
    ...(source.kind === 'image'
      ? ([
          ['Image', source.reference],
          ['Digest', source.digest.replace('sha256:', '').slice(0, SHORT)],
          ['Platform', source.platform],
        ] as const)
      : []),
    ...(source.kind === 'code' ? ([['Folder', source.folder]] as const) : []),
    ...(source.kind === 'git'
      ? ([
          ['Repository', source.remote],
          ['Branch or tag', source.ref === source.commit ? null : source.ref],
          ['Commit', source.commit.slice(0, SHORT)],
          ['Changes on top', source.dirty && 'yes, not committed'],
        ] as const)
      : []),
    ['Entry point', words.length > 0 ? formatEntryPoint(words) : null],
  ]);
}

/** What it was given, beside the defaults of the code. */
export function inputNames({ inputs }: ComparedRun): Named {
  const found = new Map<string, Json>();
  if (inputs) putInputs(found, inputs.spec);
  return found;
}

function putInputs(found: Map<string, Json>, spec: LaunchSpec): void {
  const put = (before: string, values: Record<string, Json>) => {
    for (const [name, value] of Object.entries(values)) {
      // Under a name of ours, since those of the tracker itself are left out there.
      eachFlatValue({ x: value }, (path, each) =>
        found.set(before + name + path.slice(1), each as Json),
      );
    }
  };
  put('', spec.values);
  put('config ', spec.config);
  if (spec.args.length > 0) found.set('More arguments', formatEntryPoint(spec.args));
  for (const [path, values] of Object.entries(spec.files)) put(`${path} `, values);
  for (const [name, value] of Object.entries(spec.env)) found.set(`$${name}`, value);
  for (const { variable, secret } of spec.secrets) found.set(`$${variable}`, `secret ${secret}`);
}

/** How it was executed, as far as that was set. */
export const settingNames = ({ inputs }: ComparedRun): Named =>
  new Map(
    (inputs ? settingsInWords(inputs.spec.settings) : []).map(({ label, text }) => [label, text]),
  );

/** What it was executed in, without the packages. */
export function environmentNames({ run, version }: ComparedRun): Named {
  const { build, environment } = version;
  return named([
    ['Engine', run.engine === null ? 'elsewhere: imported' : ENGINES[run.engine]],
    ['Environment', run.environment && placeName(run.environment.name)],
    ['Python', environment.python?.version],
    ['Base image', build.baseImage],
    ['Dockerfile', build.dockerfile],
    ['Dockerfile as rewritten', run.rewrite ? 'yes' : undefined],
    ['Build stage', build.target],
    ['Build context', build.context || undefined],
    ...Object.entries(build.args).map(([name, value]) => [`Argument ${name}`, value] as const),
    ['Packages from', environment.dependencies?.path],
  ]);
}

/** An image by its name; a virtual environment by that of its folder, which says what it was made from. */
const placeName = (name: string): string =>
  isAbsolute(name) ? `virtual environment ${basename(name).slice(0, SHORT)}` : name;

/**
 * Versions of packages, by name. What was seen installed says more than what was asked for, and counts when
 * it is known of all.
 */
export function packageNames(runs: readonly ComparedRun[]): Named[] {
  const isKnown = runs.every(({ installed }) => installed !== null);
  return runs.map(({ installed, version }) =>
    packagesOf(isKnown ? installed! : version.environment.requirements),
  );
}
