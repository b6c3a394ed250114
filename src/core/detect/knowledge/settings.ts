import type { Handler, Knowledge, Machine } from '../reading/machine.ts';
import { textOf } from '../reading/plain.ts';
import type { ClassValue } from '../reading/values.ts';
import { classFields } from './fields.ts';
import { fieldDraft } from './flavours.ts';

/** Of what a settings class of pydantic reads from the environment: `PREFIX_` and the name. */
function settingsDrafts(machine: Machine, of: ClassValue): void {
  const prefix = prefixOf(machine, of);
  for (const field of classFields(machine, of)) {
    const variable = field.alias ?? `${prefix}${field.path.join('__')}`.toUpperCase();
    const target = { kind: 'environment' as const, variable };
    machine.findings.drafts.push(fieldDraft(field, variable, target, 'pydantic'));
  }
}

/** `SettingsConfigDict(env_prefix=...)`, or the inner class `Config` of older versions. */
function prefixOf(machine: Machine, of: ClassValue): string {
  const config = machine.member(of, 'model_config');
  if (config?.kind === 'dict') return textOf(config.entries.get('env_prefix')?.value) ?? '';
  const inner = machine.member(of, 'Config');
  return inner?.kind === 'class'
    ? (textOf(machine.member(inner, 'env_prefix') ?? undefined) ?? '')
    : '';
}

const settings: Handler = (machine, _call, receiver) => {
  if (receiver.kind === 'instance') settingsDrafts(machine, receiver.of);
  return null;
};

const dict: Handler = (_machine, call) => ({
  kind: 'dict',
  entries: new Map(
    [...call.named].map(([key, value]) => [key, { key, value, evidence: call.evidence }]),
  ),
});

export const SETTINGS: Knowledge = {
  functions: {
    'pydantic_settings.BaseSettings': settings,
    'pydantic.BaseSettings': settings,
    'pydantic_settings.SettingsConfigDict': dict,
    'pydantic.ConfigDict': dict,
  },
};
