import { describe, expect, it, onTestFinished } from 'vitest';
import type { Changes } from '../../shared/contract/events.ts';
import { AppError } from '../../shared/errors.ts';
import { ChangeFeed } from './change-feed.ts';
import { testDatabase } from './testing.ts';

function feedOn(parts: ReturnType<typeof testDatabase>) {
  const feed = new ChangeFeed(parts.db, parts.repos);
  onTestFinished(() => feed.close());
  return (): Promise<Changes> => new Promise((resolve) => feed.on(resolve));
}

describe('ChangeFeed', () => {
  it('tells what this process wrote, in its newest state', async () => {
    const own = testDatabase();
    const next = feedOn(own)();
    own.repos.projects.ensure('a', 1);
    own.repos.projects.ensure('b', 1);
    expect((await next).projects.map((project) => project.name).sort()).toEqual(['a', 'b']);
  });

  it('tells what another connection wrote, and nothing twice', async () => {
    const own = testDatabase();
    const other = testDatabase(own.folder);
    const nextOf = feedOn(own);
    const first = nextOf();
    other.repos.projects.ensure('theirs', 1);
    expect((await first).projects.map((project) => project.name)).toEqual(['theirs']);
    const second = nextOf();
    other.repos.projects.ensure('more', 1);
    expect((await second).projects.map((project) => project.name)).toEqual(['more']);
  });

  it('tells later what could not be read at once', async () => {
    const own = testDatabase();
    const next = feedOn(own)();
    const { projects } = own.repos;
    const changedSince = projects.changedSince.bind(projects);
    projects.changedSince = () => {
      projects.changedSince = changedSince;
      throw new AppError('E_DATA_DIR', 'the disk does not answer');
    };
    projects.ensure('a', 1);
    expect((await next).projects.map((project) => project.name)).toEqual(['a']);
  });
});
