import { AppError } from '../../../shared/errors.ts';

/** Oldest API that is spoken: that of Docker 20.10. */
const OLDEST = '1.41';
/** Newest API that is asked for: every engine from Docker 25 on takes it. */
const NEWEST = '1.44';

const minor = (version: string): number => {
  const match = /^1\.(\d{1,4})$/.exec(version);
  return match ? Number(match[1]) : Number.NaN;
};

export interface EngineVersions {
  Version: string;
  ApiVersion: string;
  MinAPIVersion?: string | undefined;
}

/** An engine that refuses the version it was asked in, as one does that was exchanged meanwhile; null for other words. */
export function refusedVersion(text: string, cause: unknown): AppError | null {
  const match = /client version (\S+) is too (old|new)\b.*?API version is ([0-9.]+\d)/is.exec(text);
  if (!match) return null;
  const [, asked, fault, bound] = match;
  const needs = fault === 'old' ? `at least ${bound}` : `at most ${bound}`;
  return new AppError(
    'E_ENGINE_VERSION',
    `The Docker engine does not speak API ${asked}: it speaks ${needs}, Slipway ${OLDEST} to ${NEWEST}.`,
    { next: 'Update Docker to version 20.10 or newer, or update Slipway.', detail: text, cause },
  );
}

/** The API version both sides speak, or `E_ENGINE_VERSION` naming both. */
export function negotiate(engine: EngineVersions): string {
  const newest = Math.min(minor(engine.ApiVersion), minor(NEWEST));
  const oldest = Math.max(minor(engine.MinAPIVersion ?? OLDEST), minor(OLDEST));
  if (newest >= oldest) return `1.${newest}`;
  throw new AppError(
    'E_ENGINE_VERSION',
    `Docker Engine ${engine.Version} speaks API ${engine.MinAPIVersion ?? '?'} to ${engine.ApiVersion}; Slipway needs one of ${OLDEST} to ${NEWEST}.`,
    { next: 'Update Docker to version 20.10 or newer, or update Slipway.' },
  );
}
