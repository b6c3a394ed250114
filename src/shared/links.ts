/** A place that a `slipway://` link leads to. */
export type LinkTarget =
  | { page: 'run'; runId: string; line: number | null }
  | { page: 'job'; jobId: string }
  | { page: 'sweep'; sweepId: string };

const FORM = /^slipway:\/\/(run|job|sweep)\/([0-9a-z-]{1,64})(?:\/log\/([1-9]\d{0,9}))?\/?$/;

/** Writes a link. Lines count from 1 in links, as people read them, and from 0 everywhere else. */
export function formatLink(target: LinkTarget): string {
  if (target.page === 'job') return `slipway://job/${target.jobId}`;
  if (target.page === 'sweep') return `slipway://sweep/${target.sweepId}`;
  const line = target.line === null ? '' : `/log/${target.line + 1}`;
  return `slipway://run/${target.runId}${line}`;
}

/** Reads a link; null for anything that is none. Links come from anywhere: nothing else in them counts. */
export function parseLink(text: string): LinkTarget | null {
  const [, page, id, line] = FORM.exec(text) ?? [];
  if (!page || !id || (line && page !== 'run')) return null;
  if (page === 'job') return { page, jobId: id };
  if (page === 'sweep') return { page, sweepId: id };
  return { page: 'run', runId: id, line: line ? Number(line) - 1 : null };
}
