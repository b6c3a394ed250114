import { AppError } from '../../../shared/errors.ts';

/** Ids, whole or as builders shorten them. They go into the path of a request as they are, so nothing else may pass. */
export function checkId(id: string): string {
  if (/^(?:[0-9a-f]{64}|[0-9a-f]{12})$/.test(id)) return id;
  throw new AppError('E_NOT_FOUND', `"${id.slice(0, 100)}" is not the id of a container.`, {
    next: 'Update Docker and launch again: it named the container in a way that no engine does.',
  });
}
