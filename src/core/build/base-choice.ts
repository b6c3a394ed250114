import type { TreeCode } from '../engines/engine.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import { satisfies } from '../detect/python-version.ts';
import { imageReferenceText, parseImageReference, type ImageReference } from './image-reference.ts';

/**
 * What a generated Dockerfile starts from: the image the job names; else that of the settings, when
 * the code asks for no Python version, for its own, or when it is no image of Python and so was chosen
 * on purpose; else the image of the same name for the version that is asked for.
 * @throws AppError `E_SETTING` for a reference that is none
 */
export function baseImageFor({ plan, build }: TreeCode, settings: Settings): string {
  if (build.baseImage !== null) return textOf(build.baseImage);
  const usual = parseImageReference(settings.baseImage);
  const version = plan.python && versionOf(usual);
  if (!plan.python || !version || fits(version, plan.python)) return imageReferenceText(usual);
  const suffix = /^\d+\.\d+(?:\.\d+)?(-.+)?$/.exec(usual.tag ?? '')?.[1] ?? '';
  return textOf(`${usual.name}:${plan.python.version}${suffix}`);
}

const textOf = (reference: string): string => imageReferenceText(parseImageReference(reference));

/** `3.11` of `host/python:3.11-slim`; null for other images. */
const versionOf = ({ name, tag }: ImageReference): string | null =>
  /(?:^|\/)python$/.test(name) ? (/^(\d+\.\d+)(?:[.-]|$)/.exec(tag ?? '')?.[1] ?? null) : null;

const fits = (version: string, wanted: NonNullable<TreeCode['plan']['python']>): boolean =>
  wanted.requires === undefined ? wanted.version === version : satisfies(version, wanted.requires);
