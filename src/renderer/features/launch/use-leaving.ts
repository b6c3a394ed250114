import { useEffect, useRef } from 'react';

/** Tells when a field is left: what is in it is checked at once then. */
export function useLeaving(onLeave: () => void): void {
  const newest = useRef(onLeave);
  useEffect(() => {
    newest.current = onLeave;
  });
  useEffect(() => {
    const leave = (): void => newest.current();
    window.addEventListener('focusout', leave);
    return () => window.removeEventListener('focusout', leave);
  }, []);
}
