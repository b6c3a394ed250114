/** Longest style kept: a log that only ever adds to it forgets what came first. */
const LONGEST = 128;

/** The style after an SGR sequence: all sequences since the last reset. */
export function withStyle(style: string, parameters: string, source: string): string {
  if (!/^[\d:;]*$/.test(parameters)) return style;
  if (/^0*$/.test(parameters)) return '';
  const reset = /^0*;/.test(parameters);
  const next = reset ? source : style + source;
  if (next.length <= LONGEST) return next;
  const cut = next.indexOf('\x1b', next.length - LONGEST);
  return cut === -1 ? '' : next.slice(cut);
}
