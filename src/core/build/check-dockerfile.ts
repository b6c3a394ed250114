import type { PreflightFinding, PreflightReport } from '../engines/engine.ts';
import type { BuilderAbilities, BuildOptions, Finding } from './check-types.ts';
import { checkFlags } from './check-flags.ts';
import { checkShape } from './check-shape.ts';
import { checkSyntaxLine } from './check-syntax-line.ts';
import { readDockerfile } from './dockerfile-facts.ts';
import { neededImages, stagesOf, type NeededImage } from './dockerfile-stages.ts';

export interface DockerfileCheck extends PreflightReport {
  /** Images to be had before the build. */
  images: NeededImage[];
}

/**
 * What of a Dockerfile an engine cannot build, by its text alone, with a rewrite that keeps the line
 * numbers and means the same. The rewrite is null when nothing is to be rewritten, or when something
 * would stay that cannot be built.
 */
export function checkDockerfile(
  text: string,
  options: BuildOptions,
  abilities: BuilderAbilities,
): DockerfileCheck {
  const facts = readDockerfile(text);
  const stages = stagesOf(facts, options.args, abilities.platform);
  const findings = [
    ...checkShape(facts, stages, options),
    ...checkSyntaxLine(text, facts, abilities),
    ...checkFlags(facts, stages, abilities),
  ].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return {
    findings: findings.map(shown),
    rewritten: rewrite(text, findings),
    images: neededImages(facts, stages),
  };
}

const shown = ({ rule, blocks, line, message, next }: Finding): PreflightFinding => ({
  rule,
  blocks,
  line,
  message,
  next,
});

function rewrite(text: string, findings: readonly Finding[]): string | null {
  if (findings.some(({ blocks, edits }) => blocks && !edits)) return null;
  const edits = findings.flatMap((finding) => finding.edits ?? []);
  if (edits.length === 0) return null;
  let result = text;
  // From the end, so that what comes before keeps its place.
  for (const { start, end, text: put } of edits.toSorted((a, b) => b.start - a.start)) {
    result = result.slice(0, start) + put + result.slice(end);
  }
  return result;
}
