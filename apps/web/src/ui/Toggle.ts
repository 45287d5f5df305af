/** The kit's part as it is; pages reach it through this file. */
export { default as Toggle } from '@cloudscape-design/components/toggle';
