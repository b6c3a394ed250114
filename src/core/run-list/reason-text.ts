/** Most runs end alike. */
let last: { json: string; text: string } = { json: '', text: '' };

/** The words of a reason as it is stored. */
export function reasonText(json: string | null): string | null {
  if (json === null) return null;
  if (json !== last.json) last = { json, text: (JSON.parse(json) as { text: string }).text };
  return last.text;
}
