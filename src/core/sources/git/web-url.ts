/** A ref and a path within the repository. */
export interface RefPath {
  ref: string;
  /** From the root of the repository; empty for the root. */
  path: string;
}

/** What the address of a page of a code hosting site points at. */
export interface WebLink {
  /**
   * A ref may hold slashes, and the address does not say where it ends: every way to read it, the
   * longest ref first. The first whose ref exists is the right one.
   */
  candidates: RefPath[];
  /** True when the path is one of a file, not of a folder. */
  isFile: boolean;
}

interface WebUrl {
  /** The path of the repository itself, with `.git`. */
  repository: string;
  link: WebLink;
}

interface Page {
  /** Segments that come before the ref, as a pattern; the repository is what stands before them. */
  pattern: RegExp;
  isFile: boolean;
  /** The ref is one segment, whatever follows. */
  isCommit?: boolean;
  host?: RegExp;
}

/** How sites write the addresses of their pages: `$1` is the repository, `$2` the ref and the path. */
const PAGES: readonly Page[] = [
  // GitLab
  { pattern: /^(\/.+?)\/-\/(?:tree|commits|tags)\/(.+)$/, isFile: false },
  { pattern: /^(\/.+?)\/-\/(?:blob|raw|blame|edit)\/(.+)$/, isFile: true },
  { pattern: /^(\/.+?)\/-\/commit\/(.+)$/, isFile: false, isCommit: true },
  // Gitea, Forgejo: whether it is a file cannot be told
  { pattern: /^(\/[^/]+\/[^/]+)\/src\/(?:branch|tag)\/(.+)$/, isFile: false },
  { pattern: /^(\/[^/]+\/[^/]+)\/src\/commit\/(.+)$/, isFile: false, isCommit: true },
  // Bitbucket
  { pattern: /^(\/[^/]+\/[^/]+)\/src\/(.+)$/, isFile: false, host: /(^|\.)bitbucket\./ },
  { pattern: /^(\/[^/]+\/[^/]+)\/branch\/(.+)$/, isFile: false, host: /(^|\.)bitbucket\./ },
  // GitHub
  { pattern: /^(\/[^/]+\/[^/]+)\/(?:tree|commits|releases\/tag)\/(.+)$/, isFile: false },
  { pattern: /^(\/[^/]+\/[^/]+)\/(?:blob|raw|blame|edit)\/(.+)$/, isFile: true },
  { pattern: /^(\/[^/]+\/[^/]+)\/commit\/(.+)$/, isFile: false, isCommit: true },
];

/** Reads the path of a pasted web address; null when it is the path of a repository. */
export function splitWebUrl(host: string, path: string): WebUrl | null {
  if (/\.git\/*$/.test(path)) return null;
  for (const page of PAGES) {
    const match = page.pattern.exec(path);
    if (!match || (page.host && !page.host.test(host))) continue;
    const segments = (match[2] ?? '').split('/').filter((segment) => segment !== '');
    if (segments.length === 0) continue;
    const link = { candidates: candidatesOf(segments.map(decoded), page), isFile: page.isFile };
    return { repository: `${(match[1] ?? '').replace(/\.git$/, '')}.git`, link };
  }
  return null;
}

function candidatesOf(segments: string[], { isFile, isCommit }: Page): RefPath[] {
  const longest = isCommit ? 1 : segments.length - (isFile && segments.length > 1 ? 1 : 0);
  return Array.from({ length: longest }, (_, shorter) => {
    const end = longest - shorter;
    return { ref: segments.slice(0, end).join('/'), path: segments.slice(end).join('/') };
  });
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
