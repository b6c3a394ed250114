import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const IDENTITY = {
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
};

/** A repository to test with: made and asked with the git program itself, as a second witness. */
export class TestRepository {
  readonly folder: string;

  constructor(folder: string, branch = 'main') {
    mkdirSync(folder, { recursive: true });
    this.folder = folder;
    this.git('init', '--quiet', `--initial-branch=${branch}`);
  }

  /** Runs git in the repository; gives back what it printed, without the last line end. */
  git(...args: string[]): string {
    return this.gitWith('', ...args);
  }

  /** As {@link git}, with something to read. */
  gitWith(input: string | Buffer, ...args: string[]): string {
    const options = { cwd: this.folder, env: { ...process.env, ...IDENTITY }, input };
    const settings = ['-c', 'protocol.file.allow=always', '-c', 'commit.gpgSign=false'];
    return execFileSync('git', [...settings, ...args], { ...options, stdio: 'pipe' })
      .toString('utf8')
      .replace(/\n$/, '');
  }

  write(path: string, content: string | Buffer, mode = 0o644): void {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content, { mode });
  }

  /** Commits everything there is. Returns the commit. */
  commit(message = 'a change'): string {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '-m', message);
    return this.git('rev-parse', 'HEAD');
  }
}
