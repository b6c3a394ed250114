import { userInfo } from 'node:os';
import { DEFAULT_RUN_SETTINGS, type Delivery } from '../../shared/domain/launch-spec.ts';
import type { JobVersion } from '../../shared/domain/job.ts';
import type { Run } from '../../shared/domain/run.ts';
import {
  environmentWithoutMacros,
  settingsWithoutMacros,
  type MacroFacts,
} from '../delivery/macros.ts';
import { wandbEnvironment } from '../delivery/wandb-environment.ts';
import type { CreateRequest, SecretValue } from '../engines/engine.ts';
import { checkMounts } from '../launch/check-mounts.ts';
import { SHORTEST_MASKED } from '../logs/mask-forms.ts';
import type { AttendParts, Attended } from './attended.ts';
import { whenThereIsSpace } from './patience.ts';
import { refuseProblems } from '../launch/refuse-problems.ts';
import { readSecrets, stampsOf } from './run-secrets.ts';

type Given = Pick<CreateRequest, 'argv' | 'env' | 'files' | 'secrets' | 'run' | 'live'>;

/** What a run is created in. */
export interface Place {
  version: JobVersion;
  /** As a person sees it: an image tag, a folder. */
  environment: string;
}

/**
 * What an engine is told to give a run: as it was stored when it was launched, with the macros and the
 * secrets as they are now. A run from before inputs were kept is given its words alone.
 * @throws AppError `E_SECRET_MISSING`, `E_SECRET_STORE`; `E_MOUNT` for a folder that may not be used any more
 */
export async function deliverRun(
  parts: AttendParts,
  attended: Attended,
  { version, environment }: Place,
  signal: AbortSignal,
): Promise<Given> {
  const { run, attempt } = attended;
  const inputs = parts.repos.specs.of(run.id);
  const delivery = inputs?.delivery ?? { ...NOTHING, argv: run.entryPoint };
  const facts = macroFacts(run, environment);
  const settings = settingsWithoutMacros(inputs?.spec.settings ?? DEFAULT_RUN_SETTINGS, facts);
  // Since the launch was planned a link may lead elsewhere, or the folder be off the list.
  const rules = { granted: parts.settings().mountFolders, forbidden: parts.forbiddenMounts };
  refuseProblems(checkMounts(settings.mounts, rules));
  // Before they are read: what is exchanged in between is then taken for another one, which is safe.
  const secretStamps = stampsOf(parts.secrets, delivery.secrets);
  if (delivery.secrets.length > 0) {
    await whenThereIsSpace(signal, () => parts.repos.runs.mark(attempt.id, { secretStamps }));
  }
  attended.secrets = await readSecrets(parts.secrets, delivery.secrets, signal);
  for (const text of unmasked(attended.secrets)) {
    await whenThereIsSpace(signal, () =>
      parts.repos.runs.note(attended.run.id, text, parts.clock.now()),
    );
  }
  return {
    argv: delivery.argv,
    env: environmentOf(run, version, delivery, facts),
    files: delivery.files.map(({ path, text }) => ({ path, bytes: Buffer.from(text) })),
    secrets: attended.secrets,
    run: settings,
    live: await parts.live.make(attempt.id),
  };
}

const unmasked = (secrets: readonly SecretValue[]): string[] =>
  secrets
    .filter(({ value }) => Buffer.byteLength(value) < SHORTEST_MASKED)
    .map(
      ({ variable }) =>
        `${variable} is shorter than ${SHORTEST_MASKED} bytes: it is not masked in the log`,
    );

const NOTHING: Omit<Delivery, 'argv'> = { env: {}, secrets: [], files: [], config: {} };

function macroFacts(run: Run, environment: string): MacroFacts {
  const owner = userInfo().username;
  return {
    projectName: run.projectName,
    entityName: owner,
    runId: run.id,
    runName: run.name,
    imageUri: environment,
    author: owner,
  };
}

/** What the person gives comes before what the SDK is told, a secret of that name too. */
function environmentOf(
  run: Run,
  { source }: JobVersion,
  { env, secrets, config }: Delivery,
  facts: MacroFacts,
): Record<string, string> {
  const given = environmentWithoutMacros(env, facts);
  const taken = Object.fromEntries(secrets.map(({ variable }) => [variable, '']));
  const told = {
    ...{ runId: run.id, runName: run.name, projectName: run.projectName, jobName: run.jobName },
    config,
    hasSecrets: secrets.length > 0,
    git: source.kind === 'git' ? { remote: source.remote, commit: source.commit } : null,
  };
  return { ...wandbEnvironment(told, { ...given, ...taken }), ...given };
}
