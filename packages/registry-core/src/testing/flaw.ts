import type { ContractFault } from '../contract/contract.js';

/** One way each to break the contract. */
export type Flaw =
  | 'quotes the secret it refuses'
  | 'loses its place'
  | 'takes what is not allowed'
  | 'quotes a secret in its guide'
  | 'cannot read its placeholder'
  | 'repeats a repository'
  | 'invents a repository'
  | 'reads ahead'
  | 'ignores an abort'
  | 'ignores the meter'
  | 'claims metadata'
  | 'claims names of tags'
  | 'hands out a wrong credential'
  | 'renews too late'
  | 'renews for every caller'
  | 'gives up for all'
  | 'pulls from any host'
  | 'is disposed once'
  | `mistakes ${ContractFault}`
  | 'drops the cause'
  | 'skips a permission'
  | 'tells the rows at the end'
  | 'throws from verify'
  | 'prints a secret';
