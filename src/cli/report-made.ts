import { fileSize } from '../shared/units.ts';
import { versionLabel, type JobVersion } from '../shared/domain/job.ts';
import { plural } from '../shared/format.ts';
import type { MadeJob } from '../core/jobs/job-request.ts';
import { say } from './output.ts';
import { reportLeftOut } from './report-left-out.ts';

/** Tells which version a source became, what it holds, and what a person should know of it. */
export function reportMade({ job, version, created, leftOut, notes }: MadeJob): void {
  const what = created ? 'created' : 'unchanged';
  say(`job ${job.fullName}:${versionLabel(version)} ${what} (${holds(version)})`);
  reportLeftOut(leftOut);
  const all = new Set([...notes, ...(created ? version.environment.notes : [])]);
  for (const note of all) say(`  ${note}`);
}

function holds({ source }: JobVersion): string {
  if (source.kind === 'image') return `${source.reference}, ${source.digest.slice(0, 19)}`;
  const files = `${plural(source.files, 'file')}, ${fileSize(source.bytes)}`;
  if (source.kind === 'code') return files;
  const dirty = source.dirty ? ' with changes' : '';
  return `commit ${source.commit.slice(0, 12)}${dirty}, ${files}`;
}
