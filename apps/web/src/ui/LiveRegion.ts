/** The kit's part as it is; pages reach it through this file. */
export { default as LiveRegion } from '@cloudscape-design/components/live-region';
