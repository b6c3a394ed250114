import { refuseLocal } from './requirements.ts';

/**
 * The lines of a run's frozen list (`requirements.frozen.txt`: what `pip freeze` says) that can be
 * installed elsewhere. Editable and local ones were on the computer of the run alone: each is left
 * out, and told.
 */
export function frozenRequirements(text: string): { requirements: string; notes: string[] } {
  const notes: string[] = [];
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#') && !line.includes('\0'));
  const kept = lines.filter((line) => {
    if (isInstallable(line)) return true;
    notes.push(
      `Not installed, since it was on the computer of the run alone: ${line.slice(0, 200)}`,
    );
    return false;
  });
  return { requirements: kept.map((line) => `${line}\n`).join(''), notes };
}

function isInstallable(line: string): boolean {
  if (/^(?:-e|--editable)\b/.test(line) || !/^[A-Za-z0-9]/.test(line)) return false;
  try {
    refuseLocal(line, 'the frozen list');
    return true;
  } catch {
    return false;
  }
}
