import { create } from 'zustand';

/** What is written of a log to a file: every byte, what is on the screen, or what went to stderr. */
export type SaveChoice = 'exact' | 'shown' | 'stderr';
/** Which streams are shown. */
export type StreamChoice = 'both' | 'stdout' | 'stderr';

/** The log on the screen, as its commands see it. */
export interface LogHere {
  /** Streams are told apart in what a run prints, not in a build. */
  hasStreams: boolean;
  hasMatches: () => boolean;
  hasFailure: () => boolean;
  find: () => void;
  /** To the next (1) or previous (-1) line that matches. */
  step: (by: 1 | -1) => void;
  onlyMatches: () => void;
  follow: () => void;
  choose: (streams: StreamChoice) => void;
  copy: () => void;
  copyLink: () => void;
  save: (choice: SaveChoice) => void;
  toFailure: () => void;
  jump: () => void;
}

export const useLogHere = create<{ log: LogHere | null }>(() => ({ log: null }));

export const logHere = (): LogHere | null => useLogHere.getState().log;

/** Says which log the commands are about, until the end that is returned. */
export function putLogHere(log: LogHere): () => void {
  useLogHere.setState({ log });
  return () => useLogHere.setState((now) => (now.log === log ? { log: null } : now));
}
