import { useEffect } from 'react';
import { back, useUi } from '../stores/ui.ts';
import { matchesShortcut } from './keys.ts';
import { isEnabled, type Command } from './command.ts';
import { COMMANDS } from './registry.ts';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, [contenteditable]');

const dialogOpen = (): boolean => document.querySelector('[role="dialog"]') !== null;

/** Esc leaves a detail page for where it was opened from. */
function leaveOnEscape(event: KeyboardEvent): void {
  const { page } = useUi.getState().history.at;
  if (['job', 'run', 'sweep'].includes(page) && !isTyping(event.target)) back();
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || dialogOpen()) return;
  if (event.key === 'Escape') return leaveOnEscape(event);
  const hit = Object.values<Command>(COMMANDS).find(
    (entry) => entry.shortcut && matchesShortcut(event, entry.shortcut),
  );
  if (!hit) return;
  event.preventDefault();
  if (isEnabled(hit)) hit.run();
}

/** Listens for the shortcuts of all commands. */
export function useShortcuts(): void {
  useEffect(() => {
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
