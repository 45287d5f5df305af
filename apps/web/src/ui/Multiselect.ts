/** The kit's part as it is; pages reach it through this file. */
export { default as Multiselect } from '@cloudscape-design/components/multiselect';
