const LIMIT = 500;

/** What is wrong with a pattern of printed metrics, `loss: {loss} acc {acc}`, as the end of a sentence. */
export function checkMetricPattern(pattern: string): string | null {
  if (pattern.length > LIMIT) return `is longer than ${LIMIT} characters`;
  const names = [...pattern.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
  const around = pattern.replace(/\{[^{}]*\}/g, '');
  if (/[{}]/.test(around)) return 'has a brace without its other';
  if (!names.some((name) => name !== 'step')) return 'names no metric';
  if (names.some((name) => !/^[\w./@ -]+$/.test(name))) return 'has a name that is none';
  if (new Set(names).size < names.length) return 'has the same name twice';
  return around.trim() === '' ? 'has no text around its names' : null;
}
