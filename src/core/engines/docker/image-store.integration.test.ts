import { randomBytes } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { LABELS } from '../../build/image-key.ts';
import { ImageStore, type BuiltImage } from './image-store.ts';
import { docker } from './testing/docker-cli.ts';
import { never, Workbench } from './testing/workbench.ts';

const bench = new Workbench();
const store = new ImageStore(undefined);

const ours = async (): Promise<BuiltImage[]> =>
  (await store.built(never)).filter(({ labels }) => labels[LABELS.instance] === bench.instanceId);

afterAll(() => bench.dispose());

const text = (bytes: number): string => randomBytes(bytes / 2).toString('hex');

interface CacheRecord {
  ID: string;
  Shared: string;
  Size: string;
}

/** What builders keep of layers of a size that this test makes. */
async function keptByBuilder(): Promise<CacheRecord[]> {
  const answer = await docker(['system', 'df', '-v', '--format', '{{json .BuildCache}}']);
  return (JSON.parse(answer) as CacheRecord[]).filter(({ Size }) => Size === '2.35MB');
}

test('images take what is theirs alone, and all of it is freed, also what the builder keeps', async () => {
  const earlier = new Set((await keptByBuilder()).map(({ ID }) => ID));
  const shared = { 'shared.txt': text(3_000_000) };
  const one = await bench.build({ ...shared, 'one.txt': text(1_234_000) });
  const two = await bench.build({ 'two.txt': text(2_345_000) });
  const found = await ours();
  expect(found.map(({ name }) => name).toSorted()).toEqual(
    [one.environment.name, two.environment.name].toSorted(),
  );
  const ids = [one.environment.id, two.environment.id];
  const [first = 0, second = 0] = await store.bytesOf(ids, never);
  // The layer of each is its code: what is below it belongs to the first that is asked for.
  expect(first).toBeGreaterThanOrEqual(4_234_000);
  expect(Math.abs(second - 2_345_000)).toBeLessThan(0.02 * 2_345_000);

  const layers = (await keptByBuilder()).filter(
    ({ ID, Shared }) => Shared === 'true' && !earlier.has(ID),
  );
  expect(layers.length).toBeGreaterThan(0);
  const removing = await store.removing(never);
  const image = found.find(({ id }) => id === two.environment.id)!;
  expect(await removing.remove(image, never)).toBe(true);
  await removing.end(never);
  expect((await ours()).map(({ name }) => name)).toEqual([one.environment.name]);
  const left = await keptByBuilder();
  expect(left.filter(({ ID }) => layers.some((layer) => layer.ID === ID))).toEqual([]);
});

test('one that a container is made of stays', async () => {
  const { environment } = await bench.build({ 'main.py': text(2000) });
  const container = await docker(['create', environment.name, 'true']);
  try {
    const image = (await ours()).find(({ id }) => id === environment.id)!;
    expect(image).toMatchObject({ hasContainer: true, isTagged: true, otherNames: [] });
    const removing = await store.removing(never);
    expect(await removing.remove(image, never)).toBe(false);
    expect((await ours()).some(({ id }) => id === environment.id)).toBe(true);
  } finally {
    await docker(['rm', container]);
  }
});
