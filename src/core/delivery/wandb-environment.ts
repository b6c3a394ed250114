import type { JsonValues } from '../../shared/domain/json.ts';

/** What the W&B SDK is told of a run. */
export interface WandbFacts {
  /** In the shape of the SDK's own: 8 of `a-z0-9`. */
  runId: string;
  runName: string;
  projectName: string;
  jobName: string;
  config: JsonValues;
  /** Where the code comes from; null when that is not known. */
  git: { remote: string; commit: string } | null;
  /** The SDK then keeps no copy of what is printed, where they would not be masked. */
  hasSecrets: boolean;
}

/** What the SDK puts into one variable; longer configs are in numbered ones. */
const CHUNK = 32_670;

/**
 * The variables by which `wandb.init()` takes its config, project and names from the launch, without an
 * account or a server. What the person gives in `given` is left to them. Never `WANDB_ARTIFACTS`: with a
 * job in it, the SDK ends with an error when it is offline.
 */
export function wandbEnvironment(
  facts: WandbFacts,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const { projectName, runName, jobName, runId, git, hasSecrets } = facts;
  const all: Record<string, string> = {
    WANDB_MODE: 'offline',
    WANDB_LAUNCH: 'True',
    WANDB_ENTITY: 'local',
    WANDB_PROJECT: projectFor(projectName),
    WANDB_RUN_ID: runId,
    WANDB_NAME: runName,
    WANDB_JOB_NAME: jobName,
    ...(hasSecrets && { WANDB_CONSOLE: 'off' }),
    ...(git && { WANDB_GIT_REMOTE_URL: git.remote, WANDB_GIT_COMMIT: git.commit }),
    ...(Object.keys(given).some(isConfig) ? {} : configVariables(facts.config)),
  };
  const entries = Object.entries(all).filter(
    ([name, value]) => value !== '' && !Object.hasOwn(given, name),
  );
  return Object.fromEntries(entries);
}

/** Whether every run has the variable, or may have it, without anybody giving it. */
export const isGivenToRuns = (name: string): boolean =>
  isConfig(name) ||
  /^(?:HOME|PATH|WANDB_(?:MODE|DIR|DATA_DIR|LAUNCH|ENTITY|PROJECT|RUN_ID|NAME|JOB_NAME))$/.test(
    name,
  );

const isConfig = (name: string): boolean => /^WANDB_CONFIG(?:_\d+)?$/.test(name);

function configVariables(config: JsonValues): Record<string, string> {
  if (Object.keys(config).length === 0) return {};
  const text = JSON.stringify(config);
  if (text.length <= CHUNK) return { WANDB_CONFIG: text };
  return Object.fromEntries(chunksOf(text).map((chunk, at) => [`WANDB_CONFIG_${at}`, chunk]));
}

/** Pieces of a text; no character of two halves is cut in two. */
function chunksOf(text: string): string[] {
  const chunks: string[] = [];
  for (let at = 0; at < text.length;) {
    const end = at + CHUNK;
    const isCut = end < text.length && /^[\uD800-\uDBFF]$/.test(text.charAt(end - 1));
    chunks.push(text.slice(at, isCut ? end - 1 : end));
    at = isCut ? end - 1 : end;
  }
  return chunks;
}

const PROJECT_LENGTH = 128;

/** The SDK refuses some characters in names of projects, and long ones. */
const projectFor = (name: string): string =>
  name.replace(/[/\\#?%:]/g, '-').slice(0, PROJECT_LENGTH);
