const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Counts Ctrl-C (and the other signals that ask a program to end) while `use` runs, instead of dying of
 * them. `onInterrupt` gets 1 for the first, 2 for the second, ...
 */
export async function handlingInterrupts<T>(
  onInterrupt: (count: number) => void,
  use: () => Promise<T>,
): Promise<T> {
  let count = 0;
  const handler = () => onInterrupt(++count);
  for (const signal of SIGNALS) process.on(signal, handler);
  try {
    return await use();
  } finally {
    for (const signal of SIGNALS) process.off(signal, handler);
  }
}

/** Runs one operation that Ctrl-C cancels. */
export function withInterrupt<T>(use: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const cancel = new AbortController();
  return handlingInterrupts(
    () => cancel.abort(),
    () => use(cancel.signal),
  );
}
