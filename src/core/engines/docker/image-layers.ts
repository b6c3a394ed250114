/** One step of how an image was made, the newest first, as the engine tells it. */
export interface HistoryEntry {
  createdBy: string;
  bytes: number;
}

/** Steps that change nothing but what the image says of itself: they have no layer. */
const WORDS =
  'ENV|CMD|LABEL|USER|ENTRYPOINT|EXPOSE|ARG|VOLUME|HEALTHCHECK|SHELL|STOPSIGNAL|MAINTAINER|ONBUILD';
const SAYS_ONLY = new RegExp(String.raw`^(?:/bin/sh -c #\(nop\)\s+)?(?:${WORDS})\b`);
const MAY_SAY_ONLY = /^(?:\/bin\/sh -c #\(nop\)\s+)?WORKDIR\b/;

/** Names of layers with all that is below them: equal names are stored once. Lowest first. */
export function chainOf(layers: readonly string[]): string[] {
  const chain: string[] = [];
  for (const layer of layers) chain.push(`${chain.at(-1) ?? ''}/${layer}`);
  return chain;
}

/**
 * Bytes of each of `count` layers, the lowest first. The engine tells the sizes of steps, and not which of
 * them have a layer: what has a size has one, what only says something has none. Null when the two lists
 * do not fit together.
 */
export function layerSizes(history: readonly HistoryEntry[], count: number): number[] | null {
  const oldestFirst = history.toReversed();
  const sizesWhere = (isEmpty: (entry: HistoryEntry) => boolean) =>
    oldestFirst.filter((entry) => entry.bytes > 0 || !isEmpty(entry)).map(({ bytes }) => bytes);
  const says = ({ createdBy }: HistoryEntry) => SAYS_ONLY.test(createdBy);
  const maySay = (entry: HistoryEntry) => says(entry) || MAY_SAY_ONLY.test(entry.createdBy);
  return (
    [sizesWhere(says), sizesWhere(maySay), sizesWhere(() => true)].find(
      (sizes) => sizes.length === count,
    ) ?? null
  );
}

/** An image with its layers. */
export interface Layered {
  chain: string[];
  /** Bytes of each layer. */
  sizes: number[];
}

/**
 * What each of some images takes beyond `others`, with layers that they share counted for the first of
 * them: so is what removing the last of them, the last but one, and so on, frees.
 */
export function bytesBeyond(images: readonly Layered[], others: ReadonlySet<string>): number[] {
  const seen = new Set(others);
  return images.map(({ chain, sizes }) => {
    let bytes = 0;
    for (const [at, layer] of chain.entries()) {
      if (!seen.has(layer)) bytes += sizes[at] ?? 0;
      seen.add(layer);
    }
    return bytes;
  });
}
