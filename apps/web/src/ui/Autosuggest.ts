/** The kit's part as it is; pages reach it through this file. */
export { default as Autosuggest } from '@cloudscape-design/components/autosuggest';
