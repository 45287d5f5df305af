import type { ContractFault } from '../contract/contract.js';

/** One way each to break the contract. */
export type Flaw =
  | 'quotes the secret it refuses'
  | 'cannot read its placeholder'
  | 'repeats a repository'
  | 'invents a repository'
  | 'reads ahead'
  | 'ignores an abort'
  | 'ignores the meter'
  | 'claims metadata'
  | 'hands out a wrong credential'
  | 'renews too late'
  | 'renews for every caller'
  | 'gives up for all'
  | 'is disposed once'
  | `mistakes ${ContractFault}`
  | 'drops the cause'
  | 'skips a permission'
  | 'throws from verify'
  | 'prints a secret';
