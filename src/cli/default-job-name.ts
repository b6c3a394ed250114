import { safeName } from '../shared/domain/names.ts';

/**
 * The name of a job made from a folder without one: `job-`, the path as it was given and the script,
 * as W&B derives it (`--uri . -E "python main.py"` gives `job-main.py`), but with the script's own
 * word where W&B takes the last one.
 */
export function defaultJobName(uri: string, entryPoint: string): string {
  const words = entryPoint.split(/\s+/);
  const script = words.find((word) => /\.\w+$/.test(word)) ?? words[0] ?? '';
  const path = uri.replace(/^(?:\.\.?(?:\/|$))+|^\/+/, '').replace(/\/+$/, '');
  return safeName(`job-${[path, script.replace(/^\.\//, '')].filter(Boolean).join('_')}`);
}
