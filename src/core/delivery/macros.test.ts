import { describe, expect, test } from 'vitest';
import { DEFAULT_RUN_SETTINGS } from '../../shared/domain/launch-spec.ts';
import { replaceMacros, settingsWithoutMacros, type MacroFacts } from './macros.ts';

const FACTS: MacroFacts = {
  projectName: 'proj',
  entityName: 'local',
  runId: 'abc',
  runName: 'brisk-1',
  imageUri: 'img:1',
  author: 'ada',
};

describe('macros', () => {
  test.each([
    ['${project_name}', 'proj'],
    ['${entity_name}/${project_name}/${run_id}', 'local/proj/abc'],
    ['${run_name} ${image_uri} ${author}', 'brisk-1 img:1 ada'],
    ['$${run_id}', '$abc'],
    ['${${run_id}}', '${abc}'],
    ['$run_id', '$run_id'],
    ['${ run_id }', '${ run_id }'],
    ['${unknown}', '${unknown}'],
    ['${RUN_ID}', '${RUN_ID}'],
    ['${constructor} ${toString} ${__proto__}', '${constructor} ${toString} ${__proto__}'],
    ['no macro', 'no macro'],
  ])('%s is %s', (text, replaced) => {
    expect(replaceMacros(text, FACTS)).toBe(replaced);
  });

  test('variables of this process are not read', () => {
    expect(process.env['PATH']).toBeDefined();
    expect(replaceMacros('${PATH} ${HOME}', FACTS)).toBe('${PATH} ${HOME}');
  });

  test('a value that looks like a macro is not replaced again', () => {
    expect(replaceMacros('${run_name}', { ...FACTS, runName: '${author}' })).toBe('${author}');
  });

  test('the texts of run settings', () => {
    const settings = {
      ...DEFAULT_RUN_SETTINGS,
      user: '${author}',
      labels: { team: '${project_name}' },
      mounts: [{ source: '/data/${run_id}', target: '/out/${run_id}', readOnly: false }],
      outputs: ['results/${run_name}'],
      metricPatterns: ['${run_id} loss: {loss}'],
    };
    expect(settingsWithoutMacros(settings, FACTS)).toMatchObject({
      user: 'ada',
      labels: { team: 'proj' },
      mounts: [{ source: '/data/${run_id}', target: '/out/abc' }],
      outputs: ['results/brisk-1'],
      metricPatterns: ['${run_id} loss: {loss}'],
    });
  });
});
