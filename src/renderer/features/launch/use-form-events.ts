import { useEffect, useRef } from 'react';

interface FormEvents {
  onLaunch: () => void;
  /** A field was left. */
  onLeave: () => void;
}

/** Ctrl or Cmd with Enter launches from wherever the focus is; a field that is left is checked at once. */
export function useFormEvents(events: FormEvents): void {
  const newest = useRef(events);
  useEffect(() => {
    newest.current = events;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      newest.current.onLaunch();
    };
    const onLeave = (): void => newest.current.onLeave();
    window.addEventListener('keydown', onKeyDown);
    window.addEventListener('focusout', onLeave);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('focusout', onLeave);
    };
  }, []);
}
