import { useEffect, useRef, useState, type RefObject } from 'react';
import type { SettingsSection } from '../../stores/route.ts';

/** A section whose top is so near that of the page, in px, is the one that is looked at. */
const NEAR = 80;

const panelsOf = (body: HTMLElement): HTMLElement[] => [
  ...body.querySelectorAll<HTMLElement>('[data-section]'),
];

const idOf = (panel: HTMLElement): SettingsSection => panel.dataset['section'] as SettingsSection;

/** The section at the top of the page, which scrolls to the one that was asked for. */
export function useSectionInView(
  ready: boolean,
  wanted: SettingsSection | undefined,
): { body: RefObject<HTMLDivElement | null>; at: SettingsSection; onScroll: () => void } {
  const body = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<SettingsSection>(wanted ?? 'general');
  useEffect(() => {
    const panel = body.current && panelsOf(body.current).find((each) => idOf(each) === wanted);
    if (!ready || !body.current || !panel) return;
    // Not scrollIntoView, which moves the frame of the window as well.
    body.current.scrollTop = panel.offsetTop;
    setAt(idOf(panel));
  }, [ready, wanted]);

  const onScroll = (): void => {
    if (!body.current) return;
    const { scrollTop, scrollHeight, clientHeight } = body.current;
    const panels = panelsOf(body.current);
    const above = panels.filter((panel) => panel.offsetTop <= scrollTop + NEAR);
    const atEnd = scrollTop + clientHeight >= scrollHeight - 1;
    const seen = atEnd ? panels.at(-1) : above.at(-1);
    if (seen) setAt(idOf(seen));
  };
  return { body, at, onScroll };
}
