import type { Result } from '../result.ts';
import type { CommandInput, CommandName, CommandOutput } from './commands.ts';
import type { EventName, EventPayload } from './events.ts';
import type { LogKind, LogReply, LogRequest } from './log-stream.ts';

/** IPC channel names, used by preload and main only. */
export const CHANNELS = {
  command: 'slipway:command',
  event: 'slipway:event',
  grantFolder: 'slipway:grant-folder',
  openLog: 'slipway:open-log',
} as const;

/** A folder that was dropped on the window, and what it holds at first sight. */
export interface DroppedFolder {
  folder: string;
  /** Tracked runs in it. */
  runs: number;
  /** There is nothing else in it. */
  only: boolean;
}

export interface LogConnection {
  send(request: LogRequest): void;
  close(): void;
}

/** What preload puts on `window.slipway`: one function per command, and three that commands cannot be. */
export interface Bridge {
  commands: {
    [N in CommandName]: (input: CommandInput<N>) => Promise<Result<CommandOutput<N>>>;
  };
  /** Calls back on every push of that name; returns the unsubscribe. */
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
  /** Opens a run's log port. */
  openLog(runId: string, kind: LogKind, onReply: (reply: LogReply) => void): LogConnection;
  /** The folder behind a dropped file, granted for preview and snapshot; an error for anything else. */
  grantDroppedFolder(file: File): Promise<Result<DroppedFolder>>;
}

declare global {
  interface Window {
    readonly slipway: Bridge;
  }
}
