/**
 * The image the tests build on and run: a small Debian with Python, pip and git. It is made with
 * debootstrap where that is possible, because not every machine may pull from Docker Hub.
 */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../paths.mjs';
import { step } from '../progress.mjs';
import { capture, hasCommand, runLogged } from '../run.mjs';

const baseImage = 'slipway-test/python:3.11';

/** What is pulled, and given the name above, where debootstrap cannot be used. */
const hubImage = 'python:3.11-bookworm';

/** Raise it whenever the file system below is made differently. */
const recipe = 1;
const packages = ['python3', 'python3-venv', 'python3-pip', 'git', 'ca-certificates'];
const imageSettings = [
  'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  'ENV LANG=C.UTF-8',
  'CMD ["python3"]',
  `LABEL slipway.test.recipe=${recipe}`,
];

/**
 * @returns {Promise<string | { missing: string }>} the image's name
 */
export async function ensureBaseImage() {
  if ((await docker('image', 'inspect', baseImage)).status === 0) return baseImage;
  if (await canBootstrap()) return importImage(await ensureArchive());
  return pullImage();
}

async function importImage(archive) {
  const changes = imageSettings.flatMap((setting) => ['--change', setting]);
  const { status, stderr } = await step('importing the base image', () =>
    docker('import', ...changes, archive, baseImage),
  );
  return status === 0
    ? baseImage
    : { missing: `the base image was not imported: ${stderr.trim()}` };
}

async function pullImage() {
  const { status, stderr } = await step(`pulling ${hubImage}`, () => docker('pull', hubImage));
  if (status !== 0) return { missing: `the base image was not pulled: ${stderr.trim()}` };
  await docker('tag', hubImage, baseImage);
  return baseImage;
}

const canBootstrap = async () =>
  process.platform === 'linux' && process.getuid() === 0 && (await hasCommand('debootstrap'));

/** The file system as a tar file, from the cache or made now. */
async function ensureArchive() {
  const folder = cacheFolder('base-image');
  const archive = join(folder, `python-3.11-bookworm-${recipe}.tar`);
  if (!existsSync(archive)) {
    const work = mkdtempSync(join(folder, 'new-'));
    try {
      await step('making the base image (about a minute, once)', () => bootstrap(work, archive));
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
  return archive;
}

async function bootstrap(work, archive) {
  const tree = join(work, 'tree');
  mkdirSync(tree);
  const include = `--include=${packages.join(',')}`;
  await runLogged(
    'debootstrap',
    ['--variant=minbase', include, 'bookworm', tree, 'http://deb.debian.org/debian'],
    join(cacheFolder('logs'), 'debootstrap.log'),
  );
  trim(tree);
  const archiveLog = join(cacheFolder('logs'), 'base-image-tar.log');
  const partial = join(work, 'tree.tar');
  await runLogged('tar', ['--numeric-owner', '-C', tree, '-cf', partial, '.'], archiveLog);
  renameSync(partial, archive);
}

/** Makes it look like the usual Python image: `python` is there, and pip may install without a venv. */
function trim(tree) {
  symlinkSync('/usr/bin/python3', join(tree, 'usr/local/bin/python'));
  rmSync(join(tree, 'usr/lib/python3.11/EXTERNALLY-MANAGED'), { force: true });
  for (const cache of ['var/cache/apt', 'var/lib/apt/lists']) {
    rmSync(join(tree, cache), { recursive: true, force: true });
    mkdirSync(join(tree, cache, 'partial'), { recursive: true });
  }
}

const docker = (...args) => capture('docker', args);
