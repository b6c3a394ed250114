import { useCallback, useEffect, useRef, useState } from 'react';
import type { ErrorData } from '../../shared/errors.ts';

/**
 * Reads what a page is of when it opens, and once more when it was there and is not any more: the answer
 * says what became of it. Returns what went wrong, and how to try again.
 */
export function useRead(
  read: (id: string) => Promise<ErrorData | null>,
  id: string,
  isThere: boolean,
): { error: ErrorData | null; again: () => void } {
  const [error, setError] = useState<ErrorData | null>(null);
  const asked = useRef<string | null>(null);
  const again = useCallback(() => void read(id).then(setError), [read, id]);
  useEffect(() => {
    if (isThere && asked.current === id) return;
    asked.current = id;
    again();
  }, [id, isThere, again]);
  return { error, again };
}
