import { useEffect, useRef, useState } from 'react';
import type { LogKind } from '../../../shared/contract/log-stream.ts';
import { openLogSession, type LogSession } from './log-session.ts';

/** Opens a log while it is on screen, at a line that is asked for; null for the first moment. */
export function useLogSession(
  runId: string,
  kind: LogKind,
  line: number | null = null,
): LogSession | null {
  const [session, setSession] = useState<LogSession | null>(null);
  const opensAt = useRef(line);
  useEffect(() => {
    const opened = openLogSession({
      runId,
      kind,
      place: `${runId}/${kind}`,
      line: opensAt.current,
    });
    setSession(opened);
    return () => {
      opened.close();
      setSession(null);
    };
  }, [runId, kind]);
  useEffect(() => {
    // One that is asked for later is gone to in the log that is open.
    if (session && line !== null && line !== opensAt.current) void session.showLinked(line);
    if (line === null) opensAt.current = null;
  }, [session, line]);
  return session;
}
