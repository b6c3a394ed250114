import { safeName } from '../../shared/domain/names.ts';
import type { Source } from '../../shared/domain/job.ts';
import { parseImageReference } from '../build/image-reference.ts';

/**
 * A derived name that no job from elsewhere has. Different addresses may come to the same name,
 * since all that is no letter becomes `_`; the later one gets a number.
 */
export function distinctName(
  name: string,
  source: Source,
  sourceOf: (jobName: string) => Source | null,
): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : safeName(`${name}-${number}`);
    const other = sourceOf(candidate);
    if (!other || originOf(other) === originOf(source)) return candidate;
  }
}

function originOf(source: Source): string {
  switch (source.kind) {
    case 'code':
      return `folder ${source.folder ?? ''}`;
    case 'git':
      return `git ${source.remote}`;
    case 'image':
      return `image ${parseImageReference(source.reference).name}`;
  }
}
