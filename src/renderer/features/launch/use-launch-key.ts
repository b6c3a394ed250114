import { useEffect, useRef } from 'react';

/** Ctrl or Cmd with Enter launches from wherever the focus is. */
export function useLaunchKey(onLaunch: () => void): void {
  const newest = useRef(onLaunch);
  useEffect(() => {
    newest.current = onLaunch;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      newest.current();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
