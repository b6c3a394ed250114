import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { LimitMeter } from './source-limits.ts';

const errorOf = (action: () => void): AppError => {
  try {
    action();
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('No AppError was thrown.');
};

describe('LimitMeter', () => {
  it('lets a source at its limit pass', () => {
    const meter = new LimitMeter({ files: 2, bytes: 10 });
    meter.add('a', 5);
    meter.add('b', 5);
    expect(() => meter.finish()).not.toThrow();
  });

  it('names the biggest folders by bytes', () => {
    const meter = new LimitMeter({ files: 100, bytes: 3e9 });
    meter.add('data/raw/deep/x', 2e9);
    meter.add('data/raw/y', 1e9);
    meter.add('small', 1);
    const error = errorOf(() => meter.finish());
    expect(error.code).toBe('E_SOURCE_LIMIT');
    expect(error.message).toContain('3.0 GB');
    expect(error.next).toContain('data/raw (3.0 GB), small (1 B)');
  });

  it('names the biggest folders by files', () => {
    const meter = new LimitMeter({ files: 3, bytes: 100 });
    for (const name of ['a/1', 'b/1', 'b/2', 'b/3']) meter.add(name, 0);
    expect(errorOf(() => meter.finish()).next).toContain('b (3 files), a (1 file)');
  });

  it('stops a walk that goes on and on', () => {
    const meter = new LimitMeter({ files: 1, bytes: 100 });
    const error = errorOf(() => {
      for (;;) meter.add('a/b', 0);
    });
    expect(error.code).toBe('E_SOURCE_LIMIT');
  });
});
