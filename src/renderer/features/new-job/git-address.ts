import type { CommandInput } from '../../../shared/contract/commands.ts';

type GitInput = Extract<CommandInput<'inspectSource'>['source'], { kind: 'git' }>;

/** Which repository, as it is typed or chosen. */
export interface GitAddress {
  address: string;
  /** Empty for the remote's own default branch. */
  ref: string;
  /** The address is the folder of a clone, taken with what changed in it. */
  clone: boolean;
}

export const emptyAddress: GitAddress = { address: '', ref: '', clone: false };

export const gitInput = ({ address, ref, clone }: GitAddress): GitInput => ({
  kind: 'git',
  address: address.trim(),
  ...(ref.trim() && !clone && { ref: ref.trim() }),
  ...(clone && { clone: true }),
});
