import { burst } from './burst.ts';
import { cancels } from './cancels.ts';
import { engineAnswers } from './engine-answers.ts';
import { engineRestarts } from './engine-restarts.ts';
import { flood } from './flood.ts';
import { killApp } from './kill-app.ts';
import { killCore } from './kill-core.ts';
import { longLog } from './long-log.ts';
import { migrationKills } from './migration-kills.ts';
import type { Scenario } from './scenario.ts';
import { secrets } from './secrets.ts';
import { singleFaults } from './single-faults.ts';
import { writerKills } from './writer-kills.ts';

/** In the order in which they are done: the quickest answer first. */
export const SCENARIOS: readonly Scenario[] = [
  writerKills,
  migrationKills,
  engineAnswers,
  killCore,
  killApp,
  engineRestarts,
  cancels,
  secrets,
  singleFaults,
  burst,
  longLog,
  flood,
];
