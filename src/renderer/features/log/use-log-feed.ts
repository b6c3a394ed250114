import { useEffect, useState } from 'react';
import type { LogKind } from '../../../shared/contract/log-stream.ts';
import { openLogFeed, type LogFeed } from './log-feed.ts';

/** Opens a log while it is on screen; null for the first moment. */
export function useLogFeed(runId: string, kind: LogKind): LogFeed | null {
  const [feed, setFeed] = useState<LogFeed | null>(null);
  useEffect(() => {
    const opened = openLogFeed(runId, kind);
    setFeed(opened);
    return () => {
      opened.close();
      setFeed(null);
    };
  }, [runId, kind]);
  return feed;
}
