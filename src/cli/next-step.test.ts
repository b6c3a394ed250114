import { expect, it } from 'vitest';
import type { LaunchProblem } from '../shared/domain/launch-spec.ts';
import { checkMounts } from '../core/launch/check-mounts.ts';
import { checkSecrets } from '../core/launch/check-secrets.ts';
import { Findings } from '../core/delivery/findings.ts';
import { inTerminal } from './next-step.ts';

/** As core tells it, so that a change of its words shows here. */
const inWords = ({ code, message, next }: LaunchProblem) =>
  inTerminal({ code: code as 'E_MOUNT', message, next: next ?? undefined }).next;

it('names the command that keeps a secret', () => {
  const findings = new Findings();
  const secrets = [{ variable: 'TOKEN', secret: 'run:HF_TOKEN' }];
  checkSecrets({ secrets, env: {}, kept: [] }, findings);
  expect(inWords(findings.problems[0]!)).toContain('(slipway secret set run HF_TOKEN)');
});

it('names the command that allows a folder', () => {
  const mount = { source: '/usr/share', target: '/data', readOnly: true };
  const [problem] = checkMounts([mount], { granted: [], forbidden: [] });
  expect(inWords(problem!)).toContain('(slipway mount allow "/usr/share")');
});

it('names the option that gives a missing input', () => {
  const error = { code: 'E_PARAM_REQUIRED', message: '"data" has to be given.' } as const;
  expect(inTerminal(error).next).toBe('Give --param data=value.');
});

it('leaves other errors as they are', () => {
  const error = { code: 'E_MOUNT', message: '"/x" cannot be mounted: it is not there.' } as const;
  expect(inTerminal(error)).toBe(error);
});
