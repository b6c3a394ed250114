import { canonicalName } from '../../build/image-reference.ts';
import type { ImageAnswer } from './schemas.ts';

/** What an engine knows about an image that it holds. */
export interface ImageFacts {
  /** `sha256:<64 hex>`. */
  id: string;
  labels: Record<string, string>;
  /** Where it was pulled from or pushed to: `name@sha256:...`. */
  repoDigests: string[];
  /** In Go's words (`linux`, `arm64`, `v8`); empty when the image does not say. */
  os: string;
  architecture: string;
  variant: string;
  /** Entry point and command as the image has them, of any length and with any characters. */
  command: string[];
  /** `NAME=value`, as the image has them. */
  env: string[];
}

export function imageFacts(image: ImageAnswer): ImageFacts {
  const config = image.Config;
  return {
    id: image.Id,
    labels: config?.Labels ?? {},
    repoDigests: image.RepoDigests ?? [],
    os: image.Os ?? '',
    architecture: image.Architecture ?? '',
    variant: image.Variant ?? '',
    command: [...(config?.Entrypoint ?? []), ...(config?.Cmd ?? [])],
    env: config?.Env ?? [],
  };
}

/** The digests under which registries hold an image by this name. */
export function digestsOf(image: Pick<ImageFacts, 'repoDigests'>, name: string): string[] {
  const canonical = canonicalName(name);
  return image.repoDigests
    .map((text) => /^(.+)@(sha256:[0-9a-f]{64})$/.exec(text))
    .flatMap((match) =>
      match?.[1] && match[2] && canonicalName(match[1]) === canonical ? [match[2]] : [],
    );
}

const WORDS_SHOWN = 50;
const WORD_LENGTH = 300;

/**
 * The command of an image as it can be stored and shown: of bounded size, with control characters
 * written out. What starts the container is the image's own, which never comes through here.
 */
export function shownCommand(command: readonly string[]): string[] {
  const words = command.slice(0, WORDS_SHOWN).map(shownWord);
  return command.length > WORDS_SHOWN ? [...words, '…'] : words;
}

/** The text of one word, inert and clipped to 300 characters. */
function shownWord(word: string): string {
  const clipped = word.length > WORD_LENGTH ? `${word.slice(0, WORD_LENGTH)}…` : word;
  // Control, format (bidi) and lone surrogate characters.
  return clipped.replaceAll(
    /[\p{Cc}\p{Cf}\p{Cs}]/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}
