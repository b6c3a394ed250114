import type { Comparison, FileChange, FileComparison } from '../../shared/domain/comparison.ts';
import type { JobVersion } from '../../shared/domain/job.ts';

const side = (size: number) =>
  ({ kind: 'file', size, executable: false, target: null }) satisfies FileChange['before'];

const changes: FileChange[] = [
  {
    change: 'added',
    path: 'configs/large-batch.yaml',
    from: null,
    before: null,
    after: side(1_022),
    contentDiffers: true,
  },
  {
    change: 'renamed',
    path: 'models/transformer.py',
    from: 'models/net.py',
    before: side(14_100),
    after: side(14_320),
    contentDiffers: true,
  },
  {
    change: 'removed',
    path: 'notes.txt',
    from: null,
    before: side(310),
    after: null,
    contentDiffers: true,
  },
  {
    change: 'changed',
    path: 'train.py',
    from: null,
    before: side(6_310),
    after: side(6_432),
    contentDiffers: true,
  },
];

const nothing = { fields: [], requirements: { added: [], removed: [] } };

/** Two versions as the fake main process compares them: the same, or different in everything. */
export function makeComparison(before: JobVersion, after: JobVersion): Comparison {
  const name = ({ id, jobId, number, digest }: JobVersion) => ({
    jobId,
    versionId: id,
    label: `default/job:v${number}`,
    digest,
  });
  const same = before.id === after.id;
  return {
    before: name(before),
    after: name(after),
    same,
    source: same ? [] : [{ name: 'commit', before: '3f9a1c20b7', after: '81be02ffa1' }],
    entryPoint: same
      ? null
      : { name: 'entry point', before: 'python train.py', after: 'python train.py --epochs 20' },
    build: [],
    environment: same
      ? nothing
      : {
          fields: [{ name: 'python', before: '3.10', after: '3.11' }],
          requirements: { added: ['torch==2.5.1'], removed: ['torch==2.4.0'] },
        },
    inputs: same ? [] : [{ name: 'optimizer.lr', before: '0.001', after: '0.0003' }],
    outputs: [],
    files: {
      changes: same ? [] : changes,
      counts: same
        ? { added: 0, removed: 0, changed: 0, renamed: 0 }
        : { added: 1, removed: 1, changed: 1, renamed: 1 },
    },
  };
}

export const fileComparison: FileComparison = {
  kind: 'text',
  added: 2,
  removed: 1,
  patch: `--- train.py
+++ train.py
@@ -6,5 +6,6 @@
 def main() -> None:
     parser = argparse.ArgumentParser()
-    parser.add_argument("--epochs", type=int, default=10)
+    parser.add_argument("--epochs", type=int, default=20)
+    parser.add_argument("--lr", type=float, default=3e-4)
     args = parser.parse_args()
`,
};
