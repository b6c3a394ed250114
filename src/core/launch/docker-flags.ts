import type { Json } from '../../shared/domain/json.ts';
import { isRecord } from '../../shared/is-record.ts';
import type { Mount, RunSettings } from '../../shared/domain/launch-spec.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { readMemory } from '../../shared/units.ts';

/** What flags come to. */
export interface Gathered {
  settings: Partial<RunSettings>;
  env: Record<string, string>;
  cpuQuota: number | null;
  cpuPeriod: number | null;
}

/** Why a flag cannot be kept to: the end of a sentence that begins with its name. */
export interface Refusal {
  text: string;
  code?: ErrorCode;
  next?: string;
}

/** Takes a flag's value, or says why not; a text is the note on a flag that changes nothing. */
export type FlagMeaning = ((value: Json, into: Gathered) => Refusal | null) | string;

const refusal = (text: string, next?: string, code?: ErrorCode): Refusal => ({
  text,
  ...(next !== undefined && { next }),
  ...(code !== undefined && { code }),
});

/** A number, or text that is one. */
function numberOf(value: Json): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** A number of bytes, or text such as `4g`. */
const bytesOf = (value: Json): number | null => {
  if (typeof value === 'string') return readMemory(value);
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
};

const number =
  (take: (value: number, into: Gathered) => void): FlagMeaning =>
  (value, into) => {
    const found = numberOf(value);
    if (found === null) return refusal('takes a number', 'Write it as 2 or 0.5.');
    take(found, into);
    return null;
  };

const size =
  (key: 'memoryBytes' | 'shmBytes'): FlagMeaning =>
  (value, { settings }) => {
    const bytes = bytesOf(value);
    if (bytes === null) return refusal('takes a size', 'Write it as 512m or 4g.');
    settings[key] = bytes;
    return null;
  };

const gpus: FlagMeaning = (value, { settings }) => {
  const count = numberOf(value);
  if (value !== 'all' && count === null) {
    return refusal('takes "all" or a number of GPUs here', 'Which ones cannot be chosen.');
  }
  settings.gpus = count ?? 'all';
  return null;
};

const network: FlagMeaning = (value, { settings }) => {
  if (value === 'none') settings.network = false;
  else if (value === 'bridge' || value === 'default') settings.network = true;
  else return refusal('takes "none" or "bridge" here', 'Networks of the host are not for runs.');
  return null;
};

const user: FlagMeaning = (value, { settings }) => {
  if (typeof value !== 'string' && typeof value !== 'number')
    return refusal('takes a user', 'Give a number or a name: 1000 or app.');
  settings.user = String(value);
  return null;
};

/** A list, one alone, or an object: `["A=1"]`, `"A=1"`, `{"A": "1"}`. */
function pairsOf(value: Json): (readonly [string, string | null])[] | null {
  if (isRecord(value)) {
    const entries = Object.entries(value);
    return entries.every(([, each]) => isPlain(each))
      ? entries.map(([name, each]) => [
          name,
          typeof each === 'string' ? each : JSON.stringify(each),
        ])
      : null;
  }
  const list = Array.isArray(value) ? value : [value];
  if (!list.every((each) => typeof each === 'string')) return null;
  return list.map((text) => {
    const at = text.indexOf('=');
    return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
  });
}

const isPlain = (value: Json): boolean => ['string', 'number', 'boolean'].includes(typeof value);

const env: FlagMeaning = (value, into) => {
  const pairs = pairsOf(value);
  if (!pairs) return refusal('takes variables', 'Write them as ["A=1"] or {"A": "1"}.');
  const [bare] = pairs.find(([, text]) => text === null) ?? [];
  if (bare !== undefined) {
    const next = `Give it one (${bare}=...), or keep it as a secret.`;
    return refusal(
      `gives "${bare}" no value: those of this app are not passed on`,
      next,
      'E_ENV_VALUE',
    );
  }
  for (const [name, text] of pairs) into.env[name] = text ?? '';
  return null;
};

const label: FlagMeaning = (value, { settings }) => {
  const pairs = pairsOf(value);
  if (!pairs)
    return refusal('takes labels', 'Write them as ["team=vision"] or {"team": "vision"}.');
  const labels = pairs.map(([name, text]) => [name, text ?? '']);
  settings.labels = { ...settings.labels, ...Object.fromEntries(labels) };
  return null;
};

const volume: FlagMeaning = (value, { settings }) => {
  const list = Array.isArray(value) ? value : [value];
  const mounts = list.map((each) => (typeof each === 'string' ? mountOf(each) : null));
  const found = mounts.filter((each) => each !== null);
  const next = 'Write it as /folder:/path or /folder:/path:ro.';
  if (found.length < mounts.length) {
    return refusal('takes folders of this machine and where they go', next, 'E_MOUNT');
  }
  settings.mounts = [...(settings.mounts ?? []), ...found];
  return null;
};

/** Of `/folder:/path[:ro]`; a volume of docker (a name) is none. */
function mountOf(text: string): Mount | null {
  const [, source, target, mode] = /^(\/[^:]*):(\/[^:]*)(?::(ro|rw))?$/.exec(text) ?? [];
  return source === undefined || target === undefined
    ? null
    : { source, target, readOnly: mode === 'ro' };
}

const privileged: FlagMeaning = () =>
  refusal('would give the program the whole machine', 'Leave it away.');

const pids = number((value, { settings }) => (settings.pids = value));
const cpus = number((value, { settings }) => (settings.cpus = value));

/** Flags of `docker run` by their names without dashes; those of one letter as they are. */
export const FLAGS: ReadonlyMap<string, FlagMeaning> = new Map<string, FlagMeaning>([
  ['cpus', cpus],
  ['cpu', cpus],
  ['cpu-quota', number((value, into) => (into.cpuQuota = value))],
  ['cpu-period', number((value, into) => (into.cpuPeriod = value))],
  ['memory', size('memoryBytes')],
  ['m', size('memoryBytes')],
  ['shm-size', size('shmBytes')],
  ['pids-limit', pids],
  ['gpus', gpus],
  ['env', env],
  ['e', env],
  ['network', network],
  ['net', network],
  ['user', user],
  ['u', user],
  ['label', label],
  ['l', label],
  ['volume', volume],
  ['v', volume],
  ['privileged', privileged],
  ['rm', 'Containers are removed once their log and results are kept.'],
  ['name', 'Containers have names of Slipway; the name of the resource arguments is not used.'],
]);
