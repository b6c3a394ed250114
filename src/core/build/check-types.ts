import type { PreflightFinding } from '../engines/engine.ts';
import type { Span } from './dockerfile-facts.ts';

/** What an engine can do with Dockerfiles. */
export interface BuilderAbilities {
  builder: 'buildkit' | 'classic';
  /** Docker's major version: what its own frontend knows depends on it. */
  major: number;
  /** What it builds for: `linux/amd64`. */
  platform: string;
  /** Whether the image of a `# syntax` line is on the engine, or can be fetched. */
  hasFrontend: boolean;
}

export interface BuildOptions {
  args: Record<string, string>;
  target: string | null;
}

/** A finding, and what in the text makes it go away without another meaning; null when nothing does. */
export interface Finding extends PreflightFinding {
  edits: Edit[] | null;
}

export interface Edit extends Span {
  text: string;
}
