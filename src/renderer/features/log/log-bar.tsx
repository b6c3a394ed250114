import { Copy, WrapText } from 'lucide-react';
import { COMMANDS } from '../../commands/registry.ts';
import { useUi } from '../../stores/ui.ts';
import { Button, CommandButton } from '../../ui/button.tsx';
import { copyLines, type LineRange } from './copy-lines.ts';
import type { LogFeed } from './log-feed.ts';

/** The controls of a log. */
export function LogBar({ feed, selection }: { feed: LogFeed; selection: LineRange | null }) {
  const wrap = useUi((ui) => ui.wrapLog);
  return (
    <>
      <CommandButton
        command={COMMANDS.toggleWrap}
        look="quiet"
        icon={<WrapText />}
        aria-label="Wrap lines"
        aria-pressed={wrap}
      />
      <Button
        look="quiet"
        icon={<Copy />}
        title="Copies the chosen lines, or the whole log. Click a line number to choose, with Shift for more."
        onClick={() => void copyLines(feed, selection)}
      >
        {selection ? 'Copy lines' : 'Copy log'}
      </Button>
    </>
  );
}
