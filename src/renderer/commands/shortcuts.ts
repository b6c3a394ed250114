import { useEffect } from 'react';
import { back, forward, useUi } from '../stores/ui.ts';
import { isPlainKey, matchesShortcut } from './keys.ts';
import { isEnabled, type Command } from './command.ts';
import { COMMANDS } from './registry.ts';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.matches('input:not([type="checkbox"], [type="radio"]), textarea, [contenteditable]');

/** What is chosen in a list is taken away from it, and from nowhere else. */
const inList = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('[role="grid"], [role="treegrid"], [role="listbox"]') !== null;

const dialogOpen = (): boolean => document.querySelector('[role="dialog"]') !== null;

/** What is opened over another page. A queue is a place of its own, which is gone to from the sidebar. */
const DETAILS = ['job', 'run', 'sweep', 'compare', 'new-job', 'engine', 'settings', 'projects'];

/** Esc leaves a page for where it was opened from. What was typed into a form is not left by it. */
function leaveOnEscape(event: KeyboardEvent): void {
  const { page } = useUi.getState().history.at;
  if (DETAILS.includes(page) && !isTyping(event.target)) back();
}

function takes(event: KeyboardEvent, shortcut: string): boolean {
  if (!matchesShortcut(event, shortcut)) return false;
  if (shortcut === 'Delete') return inList(event.target) && !isTyping(event.target);
  return !isPlainKey(shortcut) || !isTyping(event.target);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || dialogOpen()) return;
  if (event.key === 'Escape') return leaveOnEscape(event);
  const hits = Object.values<Command>(COMMANDS).filter(
    ({ shortcut }) => shortcut && takes(event, shortcut),
  );
  if (hits.length === 0) return;
  event.preventDefault();
  hits.find(isEnabled)?.run();
}

/** The buttons at the side of a mouse. */
function onMouseUp(event: MouseEvent): void {
  if (event.button !== 3 && event.button !== 4) return;
  event.preventDefault();
  if (dialogOpen()) return;
  if (event.button === 3) back();
  else forward();
}

/** Listens for the shortcuts of all commands. */
export function useShortcuts(): void {
  useEffect(() => {
    window.addEventListener('keydown', onKeyDown);
    window.addEventListener('mouseup', onMouseUp);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('mouseup', onMouseUp);
    };
  }, []);
}
