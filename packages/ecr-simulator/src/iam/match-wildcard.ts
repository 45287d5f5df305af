/**
 * IAM wildcard match: `*` is any run of characters, `?` is exactly one, everything else stands for itself. Linear in the product of the
 * lengths, whatever the pattern.
 */
export function matchWildcard(pattern: string, value: string): boolean {
  let patternIndex = 0;
  let valueIndex = 0;
  let starIndex = -1;
  let resumeIndex = 0;
  while (valueIndex < value.length) {
    const symbol = pattern[patternIndex];
    if (symbol === '*') {
      starIndex = patternIndex;
      resumeIndex = valueIndex;
      patternIndex += 1;
    } else if (symbol !== undefined && (symbol === '?' || symbol === value[valueIndex])) {
      patternIndex += 1;
      valueIndex += 1;
    } else if (starIndex >= 0) {
      resumeIndex += 1;
      valueIndex = resumeIndex;
      patternIndex = starIndex + 1;
    } else {
      return false;
    }
  }
  while (pattern[patternIndex] === '*') patternIndex += 1;
  return patternIndex === pattern.length;
}
