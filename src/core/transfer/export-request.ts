import type { ManifestDraft } from './manifest.ts';

/** What goes into an archive, and where that is written. */
export interface ExportRequest {
  file: string;
  /** Whether a file that is there already is replaced. */
  replace: boolean;
  manifest: ManifestDraft;
}

export interface ExportedArchive {
  /** Full path. */
  file: string;
  /** Different contents it holds. */
  files: number;
  /** Bytes of the archive itself. */
  size: number;
}
