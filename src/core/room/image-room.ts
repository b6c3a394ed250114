import { LABELS } from '../build/image-key.ts';
import type { BuiltImage, ImageStore } from '../engines/docker/image-store.ts';
import { checkCancelled } from '../scope.ts';
import { measured, nothing, oldestFirst, type Found, type Measured } from './found.ts';
import { KeepRules } from './keep-rules.ts';
import type { RoomFacts } from './room-facts.ts';
import { toErrorData } from '../../shared/errors.ts';

/** An image of ours, and what is decided of it. */
export interface JudgedImage {
  image: BuiltImage;
  free: boolean;
  because: string;
  jobId: string | null;
  usedAt: number | null;
}

export interface ImageRoomParts {
  images: Pick<ImageStore, 'built' | 'bytesOf' | 'removing'>;
  instanceId: string;
  now(): number;
}

/** The images that were built here. Those of other data folders, and of anybody else, are not looked at. */
export class ImageRoom {
  readonly #parts: ImageRoomParts;

  constructor(parts: ImageRoomParts) {
    this.#parts = parts;
  }

  /** An engine that is away is told as the problem. Throws only when it was cancelled. */
  async measure(facts: RoomFacts, signal: AbortSignal): Promise<Measured> {
    try {
      return measured(await this.#find(facts, signal));
    } catch (error) {
      checkCancelled(signal, 'Measuring the images');
      return nothing(toErrorData(error).message);
    }
  }

  /** Removes images by their keys, unless they are needed by now. */
  async free(facts: RoomFacts, keys: ReadonlySet<string>, signal: AbortSignal): Promise<string[]> {
    const { images } = this.#parts;
    const chosen = (await this.#judged(facts, signal)).filter(
      ({ image, free }) => free && keys.has(keyOf(image)),
    );
    if (chosen.length === 0) return [];
    const removing = await images.removing(signal);
    const problems: string[] = [];
    try {
      for (const { image } of chosen) {
        if (await removing.remove(image, signal)) continue;
        problems.push(`The image ${image.name} is used by something else and stays.`);
      }
    } finally {
      // Also when it was cancelled: what builders keep of removed images could not be told later.
      await removing.end(AbortSignal.timeout(END_MS));
    }
    return problems;
  }

  /** In the order in which they stay: what goes first is the last. */
  async #find(facts: RoomFacts, signal: AbortSignal): Promise<Found[]> {
    const judged = await this.#judged(facts, signal);
    const ids = judged.map(({ image }) => image.id);
    const bytes = await this.#parts.images.bytesOf(ids, signal);
    return judged.map(({ image, free, ...told }, at) => ({
      ...told,
      ...{ kind: 'images' as const, key: keyOf(image), runId: null, name: image.name },
      bytes: bytes[at]!,
      freeable: free ? bytes[at]! : 0,
    }));
  }

  async #judged(facts: RoomFacts, signal: AbortSignal): Promise<JudgedImage[]> {
    const { images, instanceId, now } = this.#parts;
    const rules = new KeepRules(facts, now());
    const jobs = new Set([...facts.jobs.map(({ id }) => id), ...facts.deletedJobs]);
    const ours = (await images.built(signal)).filter(({ labels }) => {
      const instance = labels[LABELS.instance];
      return instance === undefined ? jobs.has(labels[LABELS.job] ?? '') : instance === instanceId;
    });
    const all = ours.map((image) => judge(image, rules, facts));
    const kept = all.filter(({ free }) => !free);
    return [...kept, ...oldestFirst(all.filter(({ free }) => free)).toReversed()];
  }
}

const END_MS = 60_000;

const keyOf = ({ id }: BuiltImage): string => `images ${id}`;

/** Pure: whether an image may go, and why. */
export function judge(
  image: BuiltImage,
  rules: KeepRules,
  facts: Pick<RoomFacts, 'jobs'>,
): JudgedImage {
  const job = image.labels[LABELS.job] ?? null;
  const ofJob = facts.jobs.some(({ id }) => id === job) ? job : null;
  const verdict = rules.of(image.name);
  const told = { image, jobId: verdict.jobId ?? ofJob, usedAt: verdict.usedAt };
  const stays = (because: string): JudgedImage => ({ ...told, free: false, because });
  if (image.hasContainer) return stays('a container uses it');
  if (image.otherNames.length > 0) return stays(`it is also called ${image.otherNames[0]}`);
  if (!image.isTagged) return { ...told, free: true, because: 'another image has taken its place' };
  return { ...told, free: !verdict.keep, because: verdict.because };
}
