/** Of the rules; another value has every stored result made again. */
export const matcherVersion = '5';
