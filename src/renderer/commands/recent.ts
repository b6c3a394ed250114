const KEY = 'slipway.recent';
const LIMIT = 20;

/** Ids of what was chosen in the palette, the last one first. */
export function readRecent(): string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

export function addRecent(id: string): void {
  const others = readRecent().filter((each) => each !== id);
  localStorage.setItem(KEY, JSON.stringify([id, ...others].slice(0, LIMIT)));
}
