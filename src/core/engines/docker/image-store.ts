import * as z from 'zod/mini';
import { LABELS } from '../../build/image-key.ts';
import { checkCancelled } from '../../scope.ts';
import { BuildCache } from './build-cache.ts';
import { Connector, QUICK_MS, SLOW_MS } from './connector.ts';
import { harmless, orNull } from './http-status.ts';
import { bytesBeyond, chainOf, layerSizes, type Layered } from './image-layers.ts';
import { dial } from './modem.ts';

const idSchema = z.string().check(z.regex(/^sha256:[0-9a-f]{64}$/));
const names = z.optional(z.nullable(z.array(z.string())));

const listSchema = z.array(
  z.object({
    Id: idSchema,
    Created: z.number(),
    Size: z.number(),
    RepoTags: names,
    RepoDigests: names,
    Labels: z.optional(z.nullable(z.record(z.string(), z.string()))),
  }),
);
const layersSchema = z.object({
  Id: idSchema,
  Parent: z.optional(z.string()),
  RepoTags: names,
  RepoDigests: names,
  Size: z.number(),
  RootFS: z.object({ Layers: names }),
});
const historySchema = z.array(z.object({ CreatedBy: z.string(), Size: z.number() }));
const containersSchema = z.array(z.object({ ImageID: z.optional(z.string()) }));

/** An image that Slipway built. */
export interface BuiltImage {
  id: string;
  /** Its tag, or a part of its id when another image has taken that. */
  name: string;
  isTagged: boolean;
  /** What it was also called by somebody else: it stays then, whatever is removed here. */
  otherNames: string[];
  labels: Record<string, string>;
  createdAt: number;
  /** Whether there is a container of it, of anybody. */
  hasContainer: boolean;
}

/** The images that are on an engine, for who cleans up. Nothing is contacted before first use. */
export class ImageStore {
  readonly #engine: Connector;
  readonly #cache: BuildCache;

  constructor(dockerHost: string | undefined) {
    this.#engine = new Connector(dockerHost);
    this.#cache = new BuildCache(this.#engine);
  }

  /** Those that Slipway built, of any data folder; the newest first. */
  async built(signal: AbortSignal): Promise<BuiltImage[]> {
    const used = await this.#used(signal);
    const all = await this.#list({ label: [`${LABELS.app}=1`] }, signal);
    return all.map((image) => {
      const tags = (image.RepoTags ?? []).filter((tag) => tag !== '<none>:<none>');
      const own = tags.find((tag) => tag.startsWith('slipway/job:'));
      return {
        id: image.Id,
        name: own ?? image.Id.slice(7, 19),
        isTagged: own !== undefined,
        otherNames: tags.filter((tag) => tag !== own),
        labels: image.Labels ?? {},
        createdAt: image.Created * 1000,
        hasContainer: used.has(image.Id),
      };
    });
  }

  /**
   * What each of these images takes beyond all other images of the engine, in the engine's own bytes. Layers
   * that they share are counted for the first: so much is freed when they are removed from the last on.
   */
  async bytesOf(ids: readonly string[], signal: AbortSignal): Promise<number[]> {
    const ours = new Set(ids);
    const others = new Set<string>();
    for (const { Id } of await this.#list({}, signal)) {
      if (ours.has(Id)) continue;
      checkCancelled(signal, 'Measuring the images');
      const image = await this.#inspect(Id, signal);
      for (const layer of chainOf(image?.RootFS.Layers ?? [])) others.add(layer);
    }
    const layered: Layered[] = [];
    for (const id of ids) layered.push(await this.#layered(id, others, signal));
    return bytesBeyond(layered, others);
  }

  /** Begins to remove images: what builders keep of them goes at the end. */
  async removing(signal: AbortSignal): Promise<Removing> {
    return new Removing(this.#engine, this.#cache, await this.#cache.shared(signal));
  }

  async #list(filters: Record<string, string[]>, signal: AbortSignal) {
    const what = 'Listing the images';
    const answer = await this.#engine.call(what, SLOW_MS, signal, (docker, abortSignal) =>
      docker.listImages({ filters, abortSignal } as Record<string, unknown>),
    );
    return this.#engine.check(what, listSchema, answer).toSorted((a, b) => b.Created - a.Created);
  }

  async #used(signal: AbortSignal): Promise<Set<string>> {
    const what = 'Listing the containers';
    const answer = await this.#engine.call(what, QUICK_MS, signal, (docker, abortSignal) =>
      docker.listContainers({ all: true, abortSignal }),
    );
    const containers = this.#engine.check(what, containersSchema, answer);
    return new Set(containers.flatMap(({ ImageID }) => ImageID ?? []));
  }

  async #inspect(id: string, signal: AbortSignal) {
    return inspectImage(this.#engine, id, signal);
  }

  /** Where steps and layers do not fit together, all beyond the others is one layer. */
  async #layered(id: string, others: ReadonlySet<string>, signal: AbortSignal): Promise<Layered> {
    const image = await this.#inspect(id, signal);
    if (!image) return { chain: [], sizes: [] };
    const chain = chainOf(image.RootFS.Layers ?? []);
    const what = 'Looking at how the image was made';
    const answer = await this.#engine.call(what, QUICK_MS, signal, (docker, abortSignal) =>
      dial(docker, 'GET', `/images/${id}/history`, {}, 200, abortSignal),
    );
    const history = this.#engine
      .check(what, historySchema, answer)
      .map(({ CreatedBy, Size }) => ({ createdBy: CreatedBy, bytes: Size }));
    const sizes = layerSizes(history, chain.length);
    if (sizes) return { chain, sizes };
    const below = chain.filter((layer) => others.has(layer)).length;
    const above = history.reduce((sum, { bytes }) => sum + bytes, 0);
    return { chain, sizes: chain.map((_, at) => (at === below ? above : 0)) };
  }
}

async function inspectImage(engine: Connector, id: string, signal: AbortSignal) {
  const what = 'Looking at the image';
  const answer = await engine.call(what, QUICK_MS, signal, (docker, abortSignal) =>
    orNull(dial(docker, 'GET', `/images/${id}/json`, {}, 200, abortSignal), 404),
  );
  return answer === null ? null : engine.check(what, layersSchema, answer);
}

/** Removes images one after the other. */
export class Removing {
  readonly #engine: Connector;
  readonly #cache: BuildCache;
  readonly #sharedBefore: ReadonlySet<string>;

  constructor(engine: Connector, cache: BuildCache, sharedBefore: ReadonlySet<string>) {
    this.#engine = engine;
    this.#cache = cache;
    this.#sharedBefore = sharedBefore;
  }

  /**
   * Removes an image, never by force: one that a container is made of stays. Images between it and its base,
   * which the classic builder leaves, go with it. False when it stays.
   */
  async remove(
    { id, labels }: Pick<BuiltImage, 'id' | 'labels'>,
    signal: AbortSignal,
  ): Promise<boolean> {
    let next: string | undefined = id;
    for (let at = 0; next !== undefined && next !== ''; at++) {
      const image = await inspectImage(this.#engine, next, signal);
      if (!image || (at > 0 && isOthers(image, labels[LABELS.baseId]))) break;
      if (!(await this.#removeOne(next, signal))) return at > 0;
      next = image.Parent;
    }
    return true;
  }

  /** Frees what builders keep of the images that were removed, and of nothing else. */
  async end(signal: AbortSignal): Promise<void> {
    await this.#cache.removeUnshared(this.#sharedBefore, signal);
  }

  #removeOne(id: string, signal: AbortSignal): Promise<boolean> {
    return this.#engine.call('Removing the image', SLOW_MS, signal, (docker, abortSignal) =>
      harmless(docker.getImage(id).remove({ noprune: true, abortSignal }), 404, 409),
    );
  }
}

/** A base image is never removed: not when it lost its name, since it may not be had again. */
const isOthers = (
  { Id, RepoTags, RepoDigests }: z.infer<typeof layersSchema>,
  baseId: string | undefined,
): boolean => Id === baseId || (RepoTags ?? []).length > 0 || (RepoDigests ?? []).length > 0;
