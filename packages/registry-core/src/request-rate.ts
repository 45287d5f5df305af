/** A token bucket: `burst` requests at once, then `perSecond`. */
export interface RequestRate {
  readonly perSecond: number;
  readonly burst: number;
}

/**
 * How often a registry is asked for lists on behalf of one connection. Amazon ECR does not publish the rates of its listing
 * operations; a few a second stay clear of them, and of what else the account does.
 */
export const listingRate: RequestRate = { perSecond: 5, burst: 10 };
