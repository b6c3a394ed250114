import { describe, expect, it } from 'vitest';
import { failedLine, pipFailure } from './pip-failure.ts';

const REQUIREMENTS =
  '# first\nnumpy==1.26\r\nScikit_Learn>=1\n<<<<<<< HEAD\ntorch @ https://h/torch.whl\n';

describe('failedLine', () => {
  it.each([
    ['ERROR: No matching distribution found for numpy==1.26', 2],
    [
      'ERROR: Could not find a version that satisfies the requirement scikit-learn>=1 (from versions: none)',
      3,
    ],
    ["ERROR: Invalid requirement: '<<<<<<< HEAD' (from line 4 of requirements.txt)", 4],
    ['  ERROR: Failed building wheel for torch', 5],
    ['ERROR: Cannot install -r requirements.txt (line 2) and numpy==2 because these conflict', 2],
    ['ERROR: No matching distribution found for some-dependency', null],
    ['Killed', null],
    ['ERROR: bad (from line 99 of requirements.txt)', null],
  ])('%s', (output, line) => {
    expect(failedLine(`Collecting numpy\n${output}\n`, REQUIREMENTS)).toBe(line);
  });
});

describe('pipFailure', () => {
  it('tells an index that cannot be reached from a name that is not there', () => {
    const text =
      "WARNING: Retrying: NewConnectionError('refused')\nERROR: No matching distribution found for numpy";
    expect(pipFailure(text, 'numpy')).toMatchObject({
      code: 'E_BUILD',
      message: 'Line 1 of the requirements could not be installed: numpy',
      next: expect.stringContaining('could not be reached') as string,
      detail: text,
    });
  });

  it.each([
    'ERROR: Could not install packages: [Errno 28] No space left on device',
    'ERROR: Could not install packages due to an OSError: [Errno 122] Disk quota exceeded',
    'ERROR: Failed building wheel for numpy\nfatal error: error writing to /tmp/a.s: No space left on device',
  ])('tells a full disk: %s', (text) => {
    expect(pipFailure(text, 'numpy')).toMatchObject({
      code: 'E_DISK_FULL',
      message: 'The disk is full: there is no room for the virtual environment.',
      detail: text,
    });
  });
});
