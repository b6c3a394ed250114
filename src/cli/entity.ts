import { userInfo } from 'node:os';
import { say } from './output.ts';

/** Commands written for W&B name an entity; here everything belongs to the local user. */
export function checkEntity(entity: string | undefined): void {
  const owner = userInfo().username;
  if (entity !== undefined && entity !== owner) {
    say(`  the entity "${entity}" is left aside: on this machine everything belongs to ${owner}`);
  }
}
